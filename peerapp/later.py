"""Which modules are loaded only when somebody asks for them?

Each stands on a library of many megabytes that most processes never use: a process of pages under SQLite sets hardly any
password, changes no schema, opens no round and never speaks to PostgreSQL. `later.postgres.connect(...)` loads
`peerapp/postgres.py` at that moment and keeps it, as any import does. tests/house/test_memory.py names the libraries.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerapp import calendars, founding, guessing, postgres, prime_numbers, revisions

__all__ = ["calendars", "founding", "guessing", "postgres", "prime_numbers", "revisions"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"peerapp.{name}")

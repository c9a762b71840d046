"""Which module of the box is loaded only when a paper comes in?

The one that checks its signature: it stands on OpenSSL's weight, and most processes never see a paper.
`later.papers.part_of(...)` loads it at that moment and keeps it.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerapp.ballotbox import papers

__all__ = ["papers"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"peerapp.ballotbox.{name}")

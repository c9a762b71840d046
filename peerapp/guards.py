"""Are the triggers there that keep an open round and a release as they are, and how are they made again?

Which ones there have to be say the revisions that make them, each with a list GUARDS of (name, table, event, condition).
"""

from collections.abc import Iterator
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text

from peerapp.db import db, only_reading
from peerapp.migrate import FOLDER, schema_change

_THERE = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"),
}


def missing() -> list[str]:
    """The names of those that are not there, or are switched off."""
    with only_reading(), db.engine.connect() as connection:
        there = set(connection.scalars(_THERE[connection.dialect.name]))
    return sorted({name for module in _revisions() for name, *_rest in module.GUARDS} - there)


def make_again() -> None:
    """Make all of them anew, those that are there included; in one transaction."""
    with schema_change() as connection, Operations.context(MigrationContext.configure(connection)):
        for module in _revisions():
            for name, table, *_rest in module.GUARDS:
                of = f" ON {table}" if connection.dialect.name == "postgresql" else ""
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{of}")
            module.guard_everything()


def _revisions() -> Iterator[ModuleType]:
    for revision in reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions())):
        if hasattr(revision.module, "GUARDS"):
            yield revision.module

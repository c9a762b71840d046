"""Are the triggers there that keep an open round and a release as they are, and how are they made again?

Which ones there have to be say the revisions that make them, each with a list GUARDS of (name, table, event, condition).
"""

from sqlalchemy import text

from peerapp import later
from peerapp.db import db, only_reading
from peerapp.migrate import schema_change

_THERE = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"),
}


def missing() -> list[str]:
    """The names of those that are not there, or are switched off."""
    with only_reading(), db.engine.connect() as connection:
        there = set(connection.scalars(_THERE[connection.dialect.name]))
    return sorted({name for module in later.revisions.with_guards() for name, *_rest in module.GUARDS} - there)


def make_again() -> None:
    """Make all of them anew, those that are there included; in one transaction."""
    with schema_change() as connection:
        later.revisions.make_guards(connection)

"""Are the triggers there that keep an open round and a release as they are, word for word, and how are they made again?

What there has to be say the revisions that make them: their statements are laid beside what the database tells of itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from peerapp import later
from peerapp.db import db, only_reading
from peerapp.migrate import schema_change

TRIGGER = re.compile(r"CREATE TRIGGER (\w+) .*", re.DOTALL)
FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(\).*\$guard\$(.*)\$guard\$", re.DOTALL)
_THERE = {
    "sqlite": text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text(
        "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "UNION ALL SELECT 'function ' || proname, prosrc FROM pg_proc WHERE prorettype = 'trigger'::regtype"
    ),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Names of guards: gone or switched off, and there but not as they were made."""

    missing: list[str]
    changed: list[str]


def wrong() -> Wrong:
    """What is not as the revisions make it."""
    with only_reading(), db.engine.connect() as connection:
        wanted, there = _wanted(connection), _there(connection)
    return Wrong(
        missing=sorted(name for name in wanted if name not in there),
        changed=sorted(name for name in wanted if name in there and there[name] != wanted[name]),
    )


def make_again() -> None:
    """Make all of them anew, those that are there included; in one transaction."""
    with schema_change() as connection:
        later.revisions.make_guards(connection)


def _wanted(connection: Connection) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for statement in later.revisions.guard_statements(connection):
        if trigger := TRIGGER.fullmatch(statement.strip()):
            found[trigger[1]] = _plain(statement)
        elif function := FUNCTION.search(statement):
            found[f"function {function[1]}"] = _plain(function[2])
    return found


def _there(connection: Connection) -> Mapping[str, str]:
    rows = connection.execute(_THERE[connection.dialect.name])
    return {str(name): _plain(definition) for name, definition in rows}


def _plain(definition: str) -> str:
    """Without what does not change what it says: line breaks, quotes, the schema, and PostgreSQL's word for "once"."""
    return " ".join(definition.replace('"', "").replace(" public.", " ").replace(" FOR EACH STATEMENT", "").split())

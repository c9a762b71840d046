"""An empty database for the next test: asks which tables hold a row, and empties only those.

Asked and not remembered, because a test may have written from another process, too.
"""

from functools import cache

from sqlalchemy import Connection

from peerapp.db import db
from tests import rounds


def empty() -> None:
    """Forget every row, also those that triggers keep, and every ballot box."""
    db.session.remove()
    with db.engine.begin() as connection:
        full = set(connection.exec_driver_sql(_which_are_full()).scalars())
        if "round" in full:
            rounds.forget_boxes(connection)
        _empty(connection, [table.name for table in reversed(db.metadata.sorted_tables) if table.name in full])


def _empty(connection: Connection, tables: list[str]) -> None:
    """One by one on SQLite; PostgreSQL does it in one go and need not look whether anybody still names a row."""
    deletes = [f'DELETE FROM "{name}"' for name in tables]
    if connection.dialect.name == "postgresql":
        unguarded = ["PERFORM set_config('session_replication_role', 'replica', true)"]
        connection.exec_driver_sql(f"DO $$ BEGIN {'; '.join([*unguarded, *deletes])}; END $$")
        return
    guarded = not rounds.GUARDED.isdisjoint(tables)
    if guarded:
        rounds.lift_guards(connection)
    for statement in deletes:
        connection.exec_driver_sql(statement)
    if guarded:
        rounds.restore_guards(connection)


@cache
def _which_are_full() -> str:
    tables = (table.name for table in db.metadata.sorted_tables)
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)

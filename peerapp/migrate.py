"""How does the schema of an installed database become today's? In one transaction: all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from peerapp import later
from peerapp.db import db, only_reading

FOLDER = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_305_014  # the number of our lock on PostgreSQL


def to_newest() -> None:
    """Upgrade the database; harmless when it is up to date, and when two processes do it at once."""
    if present() != newest():
        with schema_change() as connection:
            later.revisions.upgrade(connection, "head")


@contextmanager
def schema_change() -> Iterator[Connection]:
    """A transaction that may change the schema, one process at a time.

    SQLite must not act on foreign keys meanwhile: a table that is rebuilt would take its children with it. They are
    checked at the end instead. That is set outside any transaction, on a connection that nobody uses afterwards.
    """
    with db.engine.connect() as connection:
        connection.detach()
        if connection.dialect.name == "sqlite":
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = '60s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            yield connection
            if connection.dialect.name == "sqlite":
                check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    """Raises where a row of SQLite names another that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise RuntimeError(f"a row of {broken[0]} names a row of {broken[2]} that is not there")


def newest() -> str:
    """The revision this version of peerapp needs: the last of the numbers that the files of `versions/` begin with."""
    return max(path.name.partition("_")[0] for path in FOLDER.glob("versions/[0-9]*_*.py"))


def present() -> str:
    """The revision the database has; empty before the first upgrade."""
    with only_reading(), db.engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str:
    """The same for a connection. Alembic keeps it in a table with one row."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")

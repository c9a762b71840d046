"""How does the schema of an installed database become today's? In one transaction: all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Connection, text

from peerapp.db import db, only_reading

FOLDER = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_305_014  # the number of our lock on PostgreSQL


def init_app(app: Flask) -> None:
    Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)


def to_newest() -> None:
    """Upgrade the database; harmless when it is up to date, and when two processes do it at once."""
    if present() != newest():
        with schema_change() as connection:
            upgrade(connection, "head")


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


def upgrade(connection: Connection, revision: str) -> None:
    """Upgrade to this revision on a connection of `schema_change`."""
    config = Config(FOLDER / "alembic.ini", attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, revision)


def check_foreign_keys(connection: Connection) -> None:
    """Raises where a row of SQLite names another that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise RuntimeError(f"a row of {broken[0]} names a row of {broken[2]} that is not there")


def newest() -> str:
    """The revision this version of peerapp needs."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def present() -> str:
    """The revision the database has; empty before the first upgrade."""
    with only_reading(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""

"""How is the schema of a database changed? By Alembic, loaded only when there is something to change (later.py)."""

from collections.abc import Iterator
from types import ModuleType

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from peerapp import migrate


def upgrade(connection: Connection, revision: str) -> None:
    """Upgrade to this revision on a connection of `migrate.schema_change`."""
    config = Config(migrate.FOLDER / "alembic.ini", attributes={"connection": connection})
    config.set_main_option("script_location", str(migrate.FOLDER).replace("%", "%%"))
    command.upgrade(config, revision)


def with_guards() -> Iterator[ModuleType]:
    """The revisions that make triggers, the oldest first."""
    for revision in reversed(list(ScriptDirectory(str(migrate.FOLDER)).walk_revisions())):
        if hasattr(revision.module, "GUARDS"):
            yield revision.module


def make_guards(connection: Connection) -> None:
    """Make all triggers anew, those that are there included."""
    with Operations.context(MigrationContext.configure(connection)):
        for module in with_guards():
            for name, table, *_rest in module.GUARDS:
                of = f" ON {table}" if connection.dialect.name == "postgresql" else ""
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{of}")
            module.guard_everything()


def guard_statements(connection: Connection) -> list[str]:
    """The statements that make all triggers on this database, made by nobody."""
    statements: list[str] = []
    with Operations.context(MigrationContext.configure(connection)) as op:
        op.execute = lambda statement, **_options: statements.append(str(statement))  # type: ignore[method-assign]  # written down, not run
        for module in with_guards():
            module.guard_everything()
    return statements

"""An installation of any earlier revision comes up to today's, with all its rows; killed on the way it is as it was."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import MetaData, Table, select

from peerapp import later, migrate
from peerapp.db import db
from tests.reliability import everything
from tests.reliability.processes import KILLED, die_at, forked, statements_of

POINTS, POINTS_LONG = 3, 20
REVISIONS = [each.revision for each in ScriptDirectory(str(migrate.FOLDER)).walk_revisions()]
NEWEST, *EARLIER = REVISIONS
FIRST = "0001 as it was first installed"  # pairs had no day on which a pause ends
Rows = dict[str, list[tuple[Any, ...]]]


def downgrade(revision: str) -> None:
    """Back to an earlier revision; only tests do that, to have its tables with rows in them."""
    with migrate.schema_change() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrate.FOLDER))
        command.downgrade(config, revision)


def tables() -> list[Table]:
    """As the database has them now, without what models say."""
    found = MetaData()
    found.reflect(db.engine)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def rows_of(these: list[Table]) -> Rows:
    with db.engine.connect() as connection:
        return {each.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(each))) for each in these}


def guards() -> list[str]:
    """The triggers there are."""
    where = (
        "sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "pg_trigger WHERE NOT tgisinternal"
    )
    name = "name" if db.engine.dialect.name == "sqlite" else "tgname"
    with db.engine.connect() as connection:
        return sorted(row[0] for row in connection.exec_driver_sql(f"SELECT {name} FROM {where}"))


@pytest.fixture(params=[*EARLIER, FIRST])
def revision(request: pytest.FixtureRequest, new_app: Flask) -> str:
    """An installation of this revision with something in every table."""
    migrate.to_newest()
    everything.enter()
    db.session.remove()
    number = str(request.param).partition(" ")[0]
    downgrade(number)
    if request.param == FIRST:
        with migrate.schema_change() as connection, Operations.context(MigrationContext.configure(connection)) as op:
            op.drop_column("pair", "paused_until")
    return number


def test_an_upgrade_keeps_every_row_and_one_that_is_killed_leaves_what_was_there(revision: str, long: bool) -> None:
    theirs, guarded, points = tables(), guards(), POINTS_LONG if long else POINTS
    before, statements = rows_of(theirs), statements_of(rehearsed)
    assert [name for name, rows in before.items() if not rows] == []
    for point in range(points):
        assert forked(killed_at(statements * point // points)) == KILLED
        assert (migrate.present(), guards(), rows_of(tables())) == (revision, guarded, before)
    migrate.to_newest()
    assert (migrate.present(), rows_of(theirs)) == (NEWEST, before)
    assert differences() == []


def differences() -> list[object]:
    """Between the schema and what the models say."""
    with db.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata)


def killed_at(statement: int) -> Callable[[], None]:
    def work() -> None:
        die_at(statement)
        migrate.to_newest()

    return work


class Enough(Exception):  # noqa: N818 - what it says
    """The rehearsal is over."""


def rehearsed() -> None:
    """An upgrade that is taken back at its end."""
    with suppress(Enough), migrate.schema_change() as connection:
        later.revisions.upgrade(connection, "head")
        raise Enough

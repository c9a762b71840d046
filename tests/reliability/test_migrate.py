"""A change of the schema is made as a whole, once, and takes nobody's rows with it."""

import threading
from uuid import uuid4

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import Column, Connection, MetaData, String, Table, func, inspect, select

from peerapp import clock, later, migrate
from peerapp.db import db
from peerapp.models import Comment, Letter
from tests import cast
from tests.factories import make_goal, make_pair


class Killed(Exception):  # noqa: N818 - what it says
    """What a test raises in the middle."""


def rebuild_goals(connection: Connection) -> None:
    """What a later migration may do."""
    with Operations(MigrationContext.configure(connection)).batch_alter_table("goal", recreate="always") as goal:
        goal.add_column(Column("mood", String(20)))


def comments() -> int:
    return db.session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_table_that_is_rebuilt_keeps_its_children(new_app: Flask) -> None:
    migrate.to_newest()
    people = cast.enter()
    goal = make_goal(make_pair(people["ana"], people["ben"]), by=people["ana"])
    db.session.add(Comment(goal_id=goal.id, author_id=people["ben"].id, body="Yes", written_at=clock.now()))
    db.session.commit()
    if db.engine.dialect.name == "sqlite":  # PostgreSQL changes tables in place
        with migrate.schema_change() as connection:
            rebuild_goals(connection)
    assert comments() == 1


def test_foreign_keys_are_kept_again_after_a_change(new_app: Flask) -> None:
    migrate.to_newest()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_eight_who_start_at_once_make_one_schema(new_app: Flask) -> None:
    begin, problems = threading.Barrier(8), []

    def work() -> None:
        with new_app.app_context():
            begin.wait()
            try:
                migrate.to_newest()
            except Exception as error:  # noqa: BLE001 - counted below
                problems.append(error)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert problems == []
    assert migrate.present() == migrate.newest()


def test_a_change_that_is_stopped_half_way_leaves_the_schema_as_it_was(new_app: Flask) -> None:
    def half_way() -> None:
        with migrate.schema_change() as connection:
            later.revisions.upgrade(connection, "head")
            raise Killed

    with pytest.raises(Killed):
        half_way()
    assert migrate.present() == ""
    assert inspect(db.engine).get_table_names() == []


def test_a_letter_that_waits_during_an_upgrade_is_still_a_letter(new_app: Flask) -> None:
    at = {"made_at": clock.now(), "due_at": clock.now()}
    with migrate.schema_change() as connection:
        later.revisions.upgrade(connection, "0002")
        before = Table("letter", MetaData(), autoload_with=connection)
        words = {
            "id": uuid4() if connection.dialect.name == "postgresql" else uuid4().hex,
            "subject": "Planned",
            "body": "Hello",
        }
        connection.execute(before.insert().values(address="ben@example.com", tries=0, last_problem="", **words, **at))
    migrate.to_newest()
    assert db.session.execute(select(Letter.subject, Letter.calendar)).one() == ("Planned", "")

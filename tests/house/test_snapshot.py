"""Does going back really go back? Whoever asks a thousand things of one world relies on it."""

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from peerapp.db import db
from peerapp.models import Goal, Pair, Person, Round
from tests.house.pages import everything_is_newer
from tests.house.snapshot import go_back_to, snapshot
from tests.house.world import make_world
from tests.rounds import lift_guards


def a_goal_takes_its_steps_along() -> None:
    db.session.execute(delete(Goal))


def somebody_writes_in_every_way() -> None:
    db.session.execute(update(Person).values(site="Elsewhere"))
    db.session.execute(text("UPDATE \"pair\" SET overall_goal = overall_goal || '!'"))
    db.session.add(Person(key="x", email="x@example.com", name="New", sort_name="new"))


def an_open_round_is_bent() -> None:
    lift_guards(db.session.connection())
    db.session.execute(update(Round).values(title="Bent"))


@pytest.mark.parametrize(
    "happens", [a_goal_takes_its_steps_along, somebody_writes_in_every_way, an_open_round_is_bent, everything_is_newer]
)
def test_everything_is_as_it_was_whatever_happened_in_between(app: Flask, happens) -> None:
    make_world()
    before = snapshot()
    happens()
    changed = snapshot()
    go_back_to(before)
    assert changed != before
    assert snapshot() == before
    assert len(before[Pair.__tablename__]) > 1

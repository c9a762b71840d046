"""The agenda in the browser: the two shape it as they talk."""

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import AgendaPoint
from peerapp.rules.states import SessionState
from tests.factories import make_goal, make_pair, make_session


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


def point(kind="goal"):
    db.session.expire_all()
    return db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == kind)).one()


def words(as_, here):
    order = db.session.scalars(
        select(AgendaPoint).where(AgendaPoint.removed_at.is_(None)).order_by(AgendaPoint.position),
    )
    return [each.words for each in order]


def test_points_are_added_moved_ticked_and_removed(as_, here):
    ana = as_("ana")
    ana.post(f"{here}/agenda", {"point": "The open day", "minutes": "15"})
    new = point("")
    for step in ("up", "up", "tick"):
        assert ana.post(f"{here}/agenda/{new.id}/{step}").status_code == 303
    assert words(as_, here)[3] == "The open day"
    assert point("").done_at
    ana.post(f"{here}/agenda/{new.id}/untick")
    ana.post(f"{here}/agenda/{new.id}/remove")
    assert "The open day" not in words(as_, here)


def test_a_removed_point_can_be_brought_back(as_, here):
    there, ana = f"{here}/agenda/{point().id}", as_("ana")
    ana.post(f"{there}/remove")
    assert f'action="{there}/restore"' in ana.get(here).text
    ana.post(f"{there}/restore")
    assert "One goal" in as_("ben").get(here).text


def test_the_goal_point_names_a_goal_of_the_board(as_, here, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, "Brief three speakers", by=cast["ana"])
    there, goal_id = f"{here}/agenda/{point().id}", goal.id
    assert f'<option value="{goal_id}"' in as_("ana").get(f"{there}/edit").text
    as_("ana").post(there, {"point": "One goal", "minutes": "20", "goal": str(goal_id), "seen": "1"})
    assert "One goal: Brief three speakers" in as_("ben").get(here).text


def test_a_goal_of_another_pair_is_not_found(as_, here, cast):
    other = make_goal(make_pair(cast["ana"], cast["caro"]), by=cast["caro"])
    answer = as_("ana").post(
        f"{here}/agenda/{point().id}", {"point": "One goal", "minutes": "20", "goal": str(other.id), "seen": "1"}
    )
    assert answer.status_code == 404


def test_two_who_rename_a_point_see_both(as_, here):
    there = f"{here}/agenda/{point().id}"
    as_("ben").post(there, {"point": "Speakers", "minutes": "25", "seen": "1"})
    clash = as_("ana").post(there, {"point": "The budget", "minutes": "10", "seen": "1"})
    assert clash.status_code == 409
    for said in ("Speakers", "The budget", "25 minutes", 'name="minutes" value="10"'):
        assert said in clash.text


@pytest.mark.parametrize(
    ("typed", "minutes", "sentence"),
    [
        ("", "5", "Name the point."),
        ("x" * 121, "5", "under 120"),
        ("Fine", "0", "between 1 and 240"),
        ("Fine", "", "how many"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(as_, here, typed, minutes, sentence):
    for there in (f"{here}/agenda", f"{here}/agenda/{point().id}"):
        answer = as_("ana").post(there, {"point": typed, "minutes": minutes, "seen": "1"})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert typed in answer.text


def test_the_proposed_points_are_in_the_readers_language_and_the_pairs_own_are_not(as_, here):
    there = f"{here}/agenda/{point('how').id}"
    as_("ana").post(there, {"point": "100 % honest: {how} %(are)s you", "minutes": "5", "seen": "1"})
    assert "100 % honest: {how} %(are)s you" in as_("ana").get(here).text

"""Two who change the same goal at the same moment: one change, or both, or a page with both texts; never a lost one."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Comment, Goal, GoalEvent, Notice, Pair, Person
from peerapp.models.goals import GoalChange
from peerapp.once import new_key
from peerapp.rules.states import Column
from tests.clients import PeerClient
from tests.factories import make_goal
from tests.races import at_once, statuses_at_once

ROUNDS, ROUNDS_LONG = 4, 1_000
SAVED, CLASH = 303, 409
As = Callable[[str], PeerClient]


@pytest.fixture
def rounds(long: bool) -> range:
    return range(ROUNDS_LONG if long else ROUNDS)


@pytest.fixture
def two(as_: As) -> tuple[PeerClient, PeerClient]:
    """Ana and Ben, each in a browser."""
    return as_("ana"), as_("ben")


@pytest.fixture
def new_goal(ana_and_ben: Pair, cast: dict[str, Person]) -> Callable[..., tuple[Goal, str]]:
    """A goal, and its address."""

    pair_id, ana_id = ana_and_ben.id, cast["ana"].id

    def make(**values: object) -> tuple[Goal, str]:
        goal = make_goal(db.session.get_one(Pair, pair_id), by=db.session.get_one(Person, ana_id), **values)
        return goal, f"/pairs/{pair_id}/goals/{goal.id}"

    return make


def now(goal: Goal) -> Goal:
    db.session.expire_all()
    return db.session.get_one(Goal, goal.id)


def changes(goal: Goal, kind: GoalChange) -> int:
    of_it = select(func.count()).select_from(GoalEvent).where(GoalEvent.goal_id == goal.id, GoalEvent.kind == kind)
    return db.session.scalar(of_it) or 0


def fields(**said: object) -> dict[str, object]:
    return {"title": "Brief three speakers", "areas": "communication", "owner": "me", "version": 1} | said


def test_of_two_who_move_a_goal_one_is_shown_where_it_went(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal()
        places = [{"column": each, "version": 1} for each in ("next", "parked")]
        acts = [partial(who.post, f"{here}/move", place) for who, place in zip(two, places, strict=True)]
        assert statuses_at_once(*acts) == [SAVED, CLASH]
        assert (changes(goal, GoalChange.MOVED), now(goal).version) == (1, 2)


def test_two_who_move_a_goal_to_the_same_place_move_it_once(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal()
        assert statuses_at_once(*[partial(who.post, f"{here}/move", {"column": "doing", "version": 1}) for who in two])
        assert (changes(goal, GoalChange.MOVED), now(goal).column) == (1, Column.DOING)


def test_of_two_who_reword_a_goal_one_is_shown_both_texts(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal()
        texts = ("Speak to forty people", "Speak to sixty people")
        acts = [partial(who.post, f"{here}/edit", fields(why=why)) for who, why in zip(two, texts, strict=True)]
        answers = at_once(*acts)
        clash = next(each for each in answers if each.status_code == CLASH)
        assert sorted(each.status_code for each in answers) == [SAVED, CLASH]
        assert all(words in clash.text for words in texts)
        assert (now(goal).why in texts, changes(goal, GoalChange.EDITED)) == (True, 1)


def test_two_who_change_different_things_of_a_goal_both_have_their_way_or_are_asked(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal()
        said = ({"why": "Because it matters"}, {"need": "Half an hour a week"})
        acts = [partial(who.post, f"{here}/edit", fields(**each)) for who, each in zip(two, said, strict=True)]
        statuses = statuses_at_once(*acts)
        kept = [now(goal).why, now(goal).need]
        assert statuses.count(SAVED) == sum(bool(each) for each in kept)


def test_one_who_moves_and_one_who_rewords_both_have_their_way(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal()
        moving = partial(two[0].post, f"{here}/move", {"column": "next", "version": 1})
        wording = partial(two[1].post, f"{here}/edit", fields(why="Because it matters"))
        assert statuses_at_once(moving, wording) == [SAVED, SAVED]
        assert (now(goal).column, now(goal).why) == (Column.NEXT, "Because it matters")


def test_a_goal_of_both_is_done_when_both_say_so_at_once(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for _ in rounds:
        goal, here = new_goal(owner_id=None)
        at_once(*[partial(who.post, f"{here}/move", {"column": "done", "version": 1}) for who in two])
        again = [who.post(f"{here}/move", {"column": "done", "version": now(goal).version}) for who in two]
        assert {each.status_code for each in again} == {SAVED}
        assert (now(goal).column, changes(goal, GoalChange.MOVED)) == (Column.DONE, 1)


def test_a_form_that_is_sent_four_times_makes_one_goal(as_: As, ana_and_ben: Pair, rounds: range) -> None:
    windows, goals = [as_("ana") for _ in range(4)], f"/pairs/{ana_and_ben.id}/goals"
    for _ in rounds:
        form = fields(column="ideas", once=new_key())
        answers = at_once(*[partial(window.post, goals, form) for window in windows])
        assert {each.status_code for each in answers} == {SAVED}
        assert len({each.location for each in answers}) == 1
        db.session.delete(db.session.scalars(select(Goal)).one())
        db.session.commit()


def test_the_same_key_of_two_people_is_two_forms(
    two: Sequence[PeerClient], new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    for number in rounds:
        _, here = new_goal()
        form = {"body": "Well done", "once": new_key()}
        assert statuses_at_once(*[partial(who.post, f"{here}/comments", form) for who in two]) == [SAVED, SAVED]
        assert db.session.scalar(select(func.count()).select_from(Comment)) == 2 * (number + 1)


def test_a_change_is_taken_back_once_however_often_one_asks(
    as_: As, ana_and_ben: Pair, new_goal: Callable[..., tuple[Goal, str]], rounds: range
) -> None:
    windows, take_back = [as_("ana") for _ in range(3)], f"/pairs/{ana_and_ben.id}/undo"
    for _ in rounds:
        goal, here = new_goal()
        windows[0].post(f"{here}/move", {"column": "next", "version": 1})
        event = db.session.scalars(select(GoalEvent).where(GoalEvent.goal_id == goal.id)).one()
        undo = {"change": str(event.id)}
        at_once(*[partial(window.post, take_back, undo) for window in windows])
        assert (now(goal).column, changes(goal, GoalChange.UNDONE)) == (Column.IDEAS, 1)
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 0

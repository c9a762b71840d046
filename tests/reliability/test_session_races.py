"""Two people, or two windows, at the same moment: beginning, ending, moving and writing have exactly one effect each."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select

from peerapp import clock
from peerapp.actions.sessions import mark_missed
from peerapp.db import db
from peerapp.models import Action, AgendaPoint, Letter, NoteBlock, Notice, Pair, Session, SessionMove, Submission
from peerapp.rules.states import SessionState
from tests.factories import make_session
from tests.races import at_once, statuses_at_once

ROUNDS, ROUNDS_LONG = 6, 1_000
PLAN = {"then": "plan", "at": "10:00", "minutes": "45", "place": ""}


@pytest.fixture
def rounds(long):
    return range(ROUNDS_LONG if long else ROUNDS)


@pytest.fixture
def two(as_):
    return as_("ana"), as_("ben")


def begin_anew() -> None:
    """Forget what a round left behind."""
    for table in (Action, SessionMove, NoteBlock, AgendaPoint, Session, Notice, Letter, Submission):
        db.session.execute(delete(table))
    db.session.commit()


def day(ahead: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=ahead):%Y-%m-%d}"


def states():
    return [session.state.value for session in db.session.scalars(select(Session).order_by(Session.number))]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def both(two, path, *forms):
    ana, ben = two
    return statuses_at_once(partial(ana.post, path, forms[0]), partial(ben.post, path, forms[-1]))


def test_two_who_start_on_the_spot_meet_in_one_session(two, ana_and_ben, rounds):
    for _ in rounds:
        begin_anew()
        assert both(two, f"/pairs/{ana_and_ben.id}/sessions/start", {}) == [303, 303]
        assert (states(), count(AgendaPoint)) == (["running"], 5)


def test_two_who_end_a_session_end_it_once_and_plan_one_next(two, ana_and_ben, rounds):
    for _ in rounds:
        begin_anew()
        session = make_session(ana_and_ben, state=SessionState.RUNNING, planned_for=clock.now())
        end = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/end"
        assert both(two, end, {**PLAN, "day": day(14)}, {**PLAN, "day": day(15)}) == [303, 303]
        assert (states(), count(Notice)) == (["held", "planned"], 1)


def test_two_who_plan_at_once_get_a_number_each(two, ana_and_ben, rounds):
    for _ in rounds:
        begin_anew()
        plan = {**PLAN, "day": day(7)}
        assert both(two, f"/pairs/{ana_and_ben.id}/sessions", plan) == [303, 303]
        assert sorted(db.session.scalars(select(Session.number))) == [1, 2]


def test_two_clicks_of_one_form_plan_once(as_, ana_and_ben, rounds):
    windows = [as_("ana") for _ in range(3)]
    for _ in rounds:
        begin_anew()
        plan, there = {**PLAN, "day": day(7), "once": uuid4().hex}, f"/pairs/{ana_and_ben.id}/sessions"
        assert statuses_at_once(*[partial(window.post, there, plan) for window in windows]) == [303] * 3
        assert count(Session) == 1


def test_of_two_who_move_a_session_one_is_shown_both_dates(two, ana_and_ben, rounds):
    for _ in rounds:
        begin_anew()
        session = make_session(ana_and_ben)
        move = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/move"
        forms = [{**PLAN, "day": day(ahead), "seen": "1"} for ahead in (7, 8)]
        assert both(two, move, *forms) == [303, 409]
        assert (count(SessionMove), count(Notice)) == (1, 1)


def test_a_session_begins_or_is_cancelled_never_both(two, ana_and_ben, rounds):
    ana, ben = two
    for _ in rounds:
        begin_anew()
        there = f"/pairs/{ana_and_ben.id}/sessions/{make_session(ana_and_ben).id}"
        statuses_at_once(partial(ana.post, f"{there}/start"), partial(ben.post, f"{there}/cancel"))
        assert states() in (["running"], ["cancelled"])
        assert count(Notice) == (1 if states() == ["cancelled"] else 0)


def test_the_tick_and_a_start_agree_on_what_became_of_a_session(two, ana_and_ben, rounds):
    ana, _ben = two

    def tick() -> int:
        missed = mark_missed(clock.now())
        db.session.commit()
        return missed

    for _ in rounds:
        begin_anew()
        session = make_session(ana_and_ben, planned_for=clock.now() - timedelta(days=3))
        start = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/start"
        at_once(tick, tick, partial(ana.post, start))
        assert (states(), count(Notice)) in ((["running"], 0), (["missed"], 2))


def test_of_two_who_edit_a_note_one_is_shown_both_texts_and_none_is_lost(two, ana_and_ben, rounds):
    (ana, _ben), pair_id = two, ana_and_ben.id
    for _ in rounds:
        begin_anew()
        here = f"/pairs/{pair_id}/sessions/{make_session(db.session.get_one(Pair, pair_id)).id}"
        ana.post(f"{here}/notes", {"body": "first"})
        note = db.session.scalars(select(NoteBlock)).one()
        edits = [{"body": body, "seen": "1"} for body in ("by Ana", "by Ben")]
        assert both(two, f"{here}/notes/{note.id}", *edits) == [303, 409]
        assert db.session.scalars(select(NoteBlock.version)).one() == 2


def test_two_who_write_at_once_both_stand_there_in_an_order(two, ana_and_ben, rounds):
    for _ in rounds:
        begin_anew()
        here = f"/pairs/{ana_and_ben.id}/sessions/{make_session(ana_and_ben).id}"
        assert both(two, f"{here}/notes", {"body": "by Ana"}, {"body": "by Ben"}) == [303, 303]
        assert len(set(db.session.scalars(select(NoteBlock.position)))) == 2


def test_two_who_tick_an_action_have_done_it_once(two, ana_and_ben, rounds):
    ana, _ben = two
    for _ in rounds:
        begin_anew()
        ana.post(f"/pairs/{ana_and_ben.id}/actions", {"action": "Brief Priya", "owner": "both"})
        action = db.session.scalars(select(Action)).one()
        tick = f"/pairs/{ana_and_ben.id}/actions/{action.id}/tick"
        assert both(two, tick, {"seen": "1"}) == [303, 303]
        assert db.session.scalars(select(Action.version)).one() == 2

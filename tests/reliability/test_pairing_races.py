"""Two people, or two windows, at the same moment: asking, answering, signing and ending have exactly one effect."""

from functools import partial

import pytest
from sqlalchemy import delete, func, select

from peerapp.actions.requests import lapse_requests
from peerapp.db import db
from peerapp.models import Block, Change, Goal, GoalArea, GoalEvent, Letter, Membership, Notice, Pair, Person, Request
from peerapp.rules.states import PairState, RequestState
from tests.factories import make_pair, make_request
from tests.races import at_once, statuses_at_once

ROUNDS, ROUNDS_LONG = 8, 1_000
ASK = {"area": "functional", "words": "SQL", "message": "Shall we be peers?"}
YES = {"area": "time", "words": "planning"}


@pytest.fixture
def rounds(long):
    return range(ROUNDS_LONG if long else ROUNDS)


def begin_anew() -> None:
    """Forget what a round left behind."""
    for table in (Change, GoalEvent, GoalArea, Goal, Membership, Pair, Request, Block, Notice, Letter):
        db.session.execute(delete(table))
    db.session.commit()


def count(table, *where):
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


def send(client, path, form=None):
    return partial(client.post, path, form or {})


def test_when_both_ask_each_other_there_is_one_request(as_, cast, rounds):
    ana, zoe = as_("ana"), as_("zoe")
    for _ in rounds:
        begin_anew()
        answers = statuses_at_once(
            send(ana, f"/people/{cast['zoe'].id}/ask", ASK), send(zoe, f"/people/{cast['ana'].id}/ask", ASK)
        )
        assert (answers, count(Request), count(Notice)) == ([303, 303], 1, 1)


def test_two_clicks_on_accept_make_one_pair(as_, cast, rounds):
    windows = [as_("zoe") for _ in range(3)]
    for _ in rounds:
        begin_anew()
        there = f"/requests/{make_request(cast['ana'], cast['zoe']).id}/accept"
        answers = statuses_at_once(*[send(window, there, YES) for window in windows])
        assert (answers, count(Pair), count(Membership), count(Goal)) == ([303] * 3, 1, 2, 2)
        assert count(Notice) == 1


def test_accepting_and_withdrawing_at_once_is_one_of_the_two(as_, cast, rounds):
    ana, zoe = as_("ana"), as_("zoe")
    for _ in rounds:
        begin_anew()
        there = f"/requests/{make_request(cast['ana'], cast['zoe']).id}"
        answers = statuses_at_once(send(zoe, f"{there}/accept", YES), send(ana, f"{there}/withdraw"))
        assert sorted(answers) == [303, 422]
        accepted = count(Request, Request.state == RequestState.ACCEPTED)
        assert (count(Pair), count(Notice)) == (accepted, 1)


def test_a_request_is_accepted_or_lapses_never_both(as_, cast, rounds):
    zoe = as_("zoe")

    def tick(moment) -> int:
        lapsed = lapse_requests(moment)
        db.session.commit()
        return lapsed

    for _ in rounds:
        begin_anew()
        asked = make_request(cast["ana"], cast["zoe"])
        lapses_at, there = asked.lapses_at, f"/requests/{asked.id}/accept"
        outcome = sorted(at_once(lambda t=there: zoe.post(t, YES).status_code, partial(tick, lapses_at)))
        assert (outcome, count(Pair)) in [([0, 303], 1), ([1, 422], 0)]


def test_somebody_with_room_for_one_pair_gets_one_of_two(as_, cast, rounds):
    """Two requests to the same person, accepted in two windows."""
    windows = [as_("zoe"), as_("zoe")]
    for _ in rounds:
        begin_anew()
        paths = [f"/requests/{make_request(cast[name], cast['zoe']).id}/accept" for name in ("ana", "caro")]
        answers = statuses_at_once(*[send(w, p, YES) for w, p in zip(windows, paths, strict=True)])
        assert (sorted(answers), count(Pair)) == ([303, 422], 1)


def test_two_who_accept_the_same_sender_do_not_overfill_them(as_, cast, rounds):
    zoe, caro = as_("zoe"), as_("caro")
    for _ in rounds:
        begin_anew()
        paths = [f"/requests/{make_request(cast['ana'], cast[name]).id}/accept" for name in ("zoe", "caro")]
        answers = statuses_at_once(send(zoe, paths[0], YES), send(caro, paths[1], YES))
        assert (sorted(answers), count(Pair)) == ([303, 422], 1)


def test_whoever_is_blocked_at_the_moment_of_asking_leaves_no_open_request_of_the_blocker(as_, cast, rounds):
    ana, zoe = as_("ana"), as_("zoe")
    for _ in rounds:
        begin_anew()
        answers = statuses_at_once(
            send(zoe, f"/people/{cast['ana'].id}/ask", ASK), send(zoe, f"/people/{cast['ana'].id}/block")
        )
        assert answers in ([303, 303], [303, 404])
        assert count(Request, Request.state == RequestState.WAITING) == 0
        assert ana.get(f"/people/{cast['zoe'].id}").status_code == 404


def test_both_sign_at_once_and_the_pair_begins_once(as_, cast, rounds):
    ana, ben = as_("ana"), as_("ben")
    for _ in rounds:
        begin_anew()
        there = f"/pairs/{make_pair(cast['ana'], cast['ben'], state=PairState.CHARTERING).id}/charter/sign"
        answers = statuses_at_once(send(ana, there, {"seen": "1"}), send(ben, there, {"seen": "1"}))
        assert (answers, count(Pair, Pair.state == PairState.ACTIVE)) == ([303, 303], 1)
        assert sorted(db.session.scalars(select(Notice.kind))) == ["charter_signed", "pair_started"]


def test_nobody_signs_words_that_change_under_the_pen(as_, cast, rounds):
    ana, ben = as_("ana"), as_("ben")
    for _ in rounds:
        begin_anew()
        there = f"/pairs/{make_pair(cast['ana'], cast['ben'], state=PairState.CHARTERING).id}/charter"
        statuses_at_once(
            send(ana, f"{there}/sign", {"seen": "1"}), send(ben, there, {"line_safe": "Mine.", "seen": "1"})
        )
        pair = db.session.scalars(select(Pair).execution_options(populate_existing=True)).one()
        assert (pair.charter_version, count(Membership, Membership.signed_at.is_not(None))) == (2, 0)


def test_a_pair_that_both_end_at_once_ends_once(as_, cast, rounds):
    ana, ben = as_("ana"), as_("ben")
    for _ in rounds:
        begin_anew()
        there = f"/pairs/{make_pair(cast['ana'], cast['ben']).id}/end"
        answers = statuses_at_once(send(ana, there, {"note": "a"}), send(ben, there, {"note": "b"}))
        assert (sorted(answers), count(Notice)) == ([303, 422], 1)
        assert count(Membership, Membership.leaving_note != "") == 1


def test_the_same_skill_added_in_two_windows_stands_there_once(as_, cast, rounds):
    windows = [as_("ana"), as_("ana")]
    for number in rounds:
        form = {"direction": "offered", "skill_area": "time", "skill_words": f"skill {number}"}
        assert sorted(statuses_at_once(*[send(w, "/profile/skills", form) for w in windows])) == [303, 422]
    assert db.session.get_one(Person, cast["ana"].id).room == 1

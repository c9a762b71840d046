"""What time does to requests: silence lapses, later comes back."""

from datetime import timedelta

from sqlalchemy import select

from peerapp import clock
from peerapp.actions.requests import lapse_requests
from peerapp.db import db
from peerapp.models import Notice, Request
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import RequestState
from tests.factories import make_request


def told() -> list[NoticeKind]:
    return list(db.session.scalars(select(Notice.kind).order_by(Notice.made_at)))


def test_a_week_of_silence_lets_a_request_lapse_once(cast):
    asked = make_request(cast["ana"], cast["zoe"])
    week = asked.sent_at + timedelta(days=7)
    assert [lapse_requests(week - timedelta(seconds=1)), lapse_requests(week), lapse_requests(week)] == [0, 1, 0]
    assert (asked.state, told()) == (RequestState.LAPSED, [NoticeKind.REQUEST_LAPSED])


def test_a_request_put_off_waits_again_on_its_day_and_lapses_a_week_later(cast):
    today = clock.now()
    asked = make_request(
        cast["ana"],
        cast["zoe"],
        state=RequestState.LATER,
        later_on=(today + timedelta(days=3)).date(),
        lapses_at=today + timedelta(days=10),
    )
    assert [lapse_requests(today), asked.state] == [0, RequestState.LATER]
    assert [lapse_requests(today + timedelta(days=3)), asked.state] == [0, RequestState.WAITING]
    assert [lapse_requests(today + timedelta(days=11)), asked.state] == [1, RequestState.LAPSED]
    assert told() == [NoticeKind.REQUEST_SENT, NoticeKind.REQUEST_LAPSED]


def test_what_was_answered_never_lapses(cast):
    for state in (RequestState.ACCEPTED, RequestState.DECLINED, RequestState.WITHDRAWN):
        make_request(cast["ana"], cast["zoe"], state=state)
    assert lapse_requests(clock.now() + timedelta(days=400)) == 0


def test_a_tick_that_was_away_for_long_lapses_what_was_put_off_without_asking_again(cast):
    now = clock.now()
    make_request(
        cast["ana"],
        cast["zoe"],
        state=RequestState.LATER,
        later_on=(now - timedelta(days=9)).date(),
        lapses_at=now - timedelta(days=2),
    )
    assert lapse_requests(now) == 1
    assert (told(), db.session.scalars(select(Request.state)).one()) == (
        [NoticeKind.REQUEST_LAPSED],
        RequestState.LAPSED,
    )

"""A clock that jumps does no harm: nothing is said twice, nothing that waits is lost, nobody is held back for long."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from peerapp import heartbeat, jobs, kept
from peerapp.actions import tries
from peerapp.db import db
from peerapp.models import Comment, Letter, Notice, Pair, Person, Request, Session
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import RequestState, SessionState
from tests.clients import PeerClient
from tests.factories import make_goal, make_session
from tests.house.objects import make_request
from tests.reliability.conftest import NOON, Clock, the_letter
from tests.reliability.mail_servers import Box, free_port, serving

JUMPS = [{"hours": 13}, {"days": 40}, {"days": -2}, {"hours": 1}, {"hours": -1}]
Put = Callable[..., Letter]


def notices() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice)) or 0


@pytest.fixture(params=JUMPS, ids=str)
def jump(request: pytest.FixtureRequest) -> dict[str, float]:
    return request.param


def back(jump: dict[str, float]) -> dict[str, float]:
    return {unit: -much for unit, much in jump.items()}


def test_a_letter_that_waits_leaves_under_any_clock(
    time: Clock, letter: Put, mail_to: Callable[[str], None], jump: dict[str, float]
) -> None:
    letter()
    mail_to(f"smtp://127.0.0.1:{free_port()}")
    jobs.tick()
    time.pass_(**jump)
    jobs.tick()
    time.pass_(**back(jump))
    jobs.tick()
    box = Box()
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        for _ in range(4):
            time.pass_(hours=2)
            jobs.tick()
    assert len(box.letters) == 1
    assert the_letter().given_up_at is None


def test_a_session_is_missed_once_however_the_clock_jumps(
    time: Clock, ana_and_ben: Pair, jump: dict[str, float]
) -> None:
    session = make_session(ana_and_ben, planned_for=time.now() + timedelta(days=3))
    for step in (jump, back(jump), {"days": 5}, jump, back(jump)):
        time.pass_(**step)
        jobs.tick()
    db.session.expire_all()
    assert db.session.get_one(Session, session.id).state is SessionState.MISSED
    assert notices() == 2


def test_a_request_lapses_once_however_the_clock_jumps(
    time: Clock, cast: dict[str, Person], jump: dict[str, float]
) -> None:
    request = make_request(cast["ana"], cast["ben"])
    db.session.commit()
    for step in (jump, back(jump), {"days": 8}, jump, back(jump)):
        time.pass_(**step)
        jobs.tick()
    db.session.expire_all()
    assert db.session.get_one(Request, request.id).state is RequestState.LAPSED
    assert db.session.scalars(select(Notice.kind)).all() == [NoticeKind.REQUEST_LAPSED]


def test_what_is_typed_while_the_clock_jumps_is_saved_or_carried_through_the_sign_in(
    time: Clock, as_: Callable[[str], PeerClient], cast: dict[str, Person], ana_and_ben: Pair, jump: dict[str, float]
) -> None:
    ana, goal = as_("ana"), make_goal(ana_and_ben, by=cast["ana"])
    time.pass_(**jump)
    answer = ana.post(f"/pairs/{ana_and_ben.id}/goals/{goal.id}/comments", {"body": "Well done, Ben"})
    if answer.status_code == 303:
        assert db.session.scalars(select(Comment.body)).all() == ["Well done, Ben"]
    else:
        carried = re.search(r'name="kept" value="([^"]+)"', answer.text)
        assert carried
        assert kept.unpack(carried[1]) == (answer.request.path, [("body", "Well done, Ben")])


def test_the_tick_goes_on_at_once_after_a_jump(time: Clock, app: Flask, jump: dict[str, float]) -> None:
    assert jobs.tick() is not None
    time.pass_(**jump)
    assert jobs.tick() is not None


def test_a_killed_tick_holds_the_next_one_up_for_minutes_whatever_the_clock_does(
    time: Clock, app: Flask, jump: dict[str, float]
) -> None:
    assert jobs._take("tick", "killed")  # noqa: SLF001 - what a killed tick leaves behind
    time.pass_(**jump)
    time.pass_(seconds=jobs.LASTS.seconds + 1)
    assert jobs.tick() is not None


def test_nobody_is_locked_out_for_longer_after_the_clock_was_set_back(time: Clock, app: Flask) -> None:
    while not tries.begin("ana@example.com", "192.0.2.1"):
        pass
    time.pass_(days=-2)
    assert tries.begin("ana@example.com", "192.0.2.1") <= timedelta(hours=1)


@pytest.mark.parametrize(
    "switch", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)], ids=["spring", "autumn"]
)
def test_a_session_at_the_hour_of_the_switch_is_missed_a_day_after_its_end_and_not_before(
    time: Clock, ana_and_ben: Pair, switch: datetime
) -> None:
    time.moment = switch - timedelta(days=1)
    session = make_session(ana_and_ben, planned_for=switch)
    over = switch + timedelta(minutes=session.minutes, days=1)
    told = []
    for moment in (over - timedelta(seconds=1), over, over + timedelta(seconds=1), over + timedelta(hours=2)):
        time.moment = moment
        jobs.tick()
        told.append(notices())
    assert told == [0, 0, 2, 2]


def test_the_heartbeat_waits_until_a_clock_that_jumped_has_been_steady(
    time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0.0
    monkeypatch.setattr(heartbeat, "monotonic", lambda: passed)
    watch = heartbeat.Watch()

    def after(seconds: float, jump: timedelta = timedelta(0)) -> bool:
        nonlocal passed
        passed += seconds
        time.moment += timedelta(seconds=seconds) + jump
        return watch.is_steady()

    assert after(30)
    assert not after(30, timedelta(days=40))
    assert not after(60, -timedelta(days=40))
    assert not after(599)
    assert after(1)
    assert time.moment == NOON + timedelta(seconds=720)

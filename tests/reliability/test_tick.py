"""A tick does what is due, once, whoever runs it and whatever fails."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from time import sleep

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, update

from peerapp import heartbeat, jobs
from peerapp.cli import main
from peerapp.db import db
from peerapp.models import Lease, Letter, Notice, Pair, Person, Session
from peerapp.queries import system
from peerapp.rules.states import SessionState
from tests.clients import make_sign_in
from tests.factories import make_session
from tests.reliability.conftest import Clock, the_letter

Put = Callable[..., Letter]


def notices() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice)) or 0


def soon(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    return any(condition() or sleep(0.05) for _ in range(200))


def state_of(session: Session) -> SessionState:
    db.session.expire_all()
    return db.session.get_one(Session, session.id).state


@pytest.fixture
def late(time: Clock, ana_and_ben: Pair) -> Session:
    """A session that was planned, and two days later nobody has begun it."""
    session = make_session(ana_and_ben, planned_for=time.now() + timedelta(hours=1))
    time.pass_(days=2)
    return session


def test_a_second_tick_finds_nothing_to_do(late: Session) -> None:
    first, second = jobs.tick(), jobs.tick()
    assert first
    assert second
    assert (first.counts["sessions missed"], first.counts["letters sent"], first.failed) == (1, 2, ())
    assert not any(second.counts.values())
    assert (state_of(late), notices()) == (SessionState.MISSED, 2)


def test_of_eight_who_tick_at_once_one_does_it(app: Flask, late: Session) -> None:
    begin, done = threading.Barrier(8), []

    def work() -> None:
        with app.app_context():
            begin.wait()
            done.append(jobs.tick())

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(done) == 8
    assert sum(each.counts["sessions missed"] for each in done if each) == 1
    assert notices() == 2


@pytest.mark.parametrize(("until", "taken"), [(-1, True), (60, False), (300, False), (60 * 60 * 24, True)])
def test_a_lease_is_taken_over_when_it_is_over_or_was_written_by_a_clock_since_set_back(
    time: Clock, app: Flask, until: int, taken: bool
) -> None:
    db.session.add(Lease(job="tick", holder="another", until=time.now() + timedelta(seconds=until)))
    db.session.commit()
    assert (jobs.tick() is not None) is taken


def test_whoever_lost_the_lease_stops(late: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> int:
        db.session.execute(update(Lease).values(holder="another"))
        return 1

    first = jobs.Job("slow", slow)
    monkeypatch.setattr(jobs, "jobs", lambda: (first, jobs.Job("next", lambda: pytest.fail("ran without the lease"))))
    assert jobs.tick() == jobs.Done({"slow": 1})
    assert db.session.scalars(select(Lease.holder)).one() == "another"


def test_a_job_that_fails_leaves_nothing_stops_nothing_and_tells_nobodys_words(
    letter: Put,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = jobs.jobs()

    def broken() -> int:
        db.session.execute(update(Letter).values(subject="by half"))
        raise ValueError("marma" + "lade")

    monkeypatch.setattr(jobs, "jobs", lambda: (jobs.Job("broken", broken), *real))
    letter()
    done = jobs.tick()
    assert done
    assert (done.failed, done.counts["letters sent"]) == (("broken",), 1)
    assert "Subject: A session is planned" in capsys.readouterr().out
    assert "broken: ValueError" in caplog.text
    assert "marmalade" not in caplog.text


def test_the_administrator_sees_when_it_last_ran(time: Clock, app: Flask) -> None:
    jobs.tick()
    assert system.last_done(system.TICK) == time.now()


def test_old_things_are_looked_for_once_an_hour(time: Clock, cast: dict[str, Person]) -> None:
    make_sign_in(cast["ana"])
    time.pass_(hours=23, minutes=30)
    assert jobs.forget() == 0
    time.pass_(minutes=59)
    assert jobs.forget() == 0
    time.pass_(minutes=1)
    assert jobs.forget() == 1


def test_the_command_says_what_it_did(app: Flask, late: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peerapp.commands.running.create_app", lambda: app)
    said = CliRunner().invoke(main, ["tick"])
    assert said.exit_code == 0
    assert all(words in said.stdout for words in ("sessions missed: 1,", "letters sent: 2,", "rows forgotten: 0"))


def test_the_heartbeat_ticks_until_it_is_stopped(app: Flask, letter: Put) -> None:
    letter()
    stop = heartbeat.start(app, every=0.05)
    assert soon(lambda: the_letter().sent_at is not None)
    stop.set()
    assert soon(lambda: "heartbeat" not in {thread.name for thread in threading.enumerate()})


def test_a_database_that_does_not_answer_does_not_end_the_heartbeat(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(jobs, "tick", lambda: 1 / 0)
    with caplog.at_level(logging.ERROR):
        heartbeat.once(app)
    assert "tick" in caplog.text

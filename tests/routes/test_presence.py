"""Who is here, and what they edit: only during a session, only the two, and never afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from peerapp import clock, create_app, live
from peerapp.db import db
from peerapp.models import Presence, Session
from peerapp.rules.states import SessionState
from tests.clients import PeerClient
from tests.conftest import settings
from tests.factories import make_session
from tests.routes.test_live_stream import Heard, listen, version


@pytest.fixture(autouse=True)
def lasting(app: Flask) -> Iterator[None]:
    hub = live.of(app).hub
    usual = hub.cap, hub.lasts
    hub.cap, hub.lasts = 5, 20.0
    yield
    live.of(app).end()
    for stream in hub.streams():
        hub.close(stream)
    hub.cap, hub.lasts = usual


@pytest.fixture
def url(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/live"


@pytest.fixture
def session(ana_and_ben) -> Session:
    """One under way."""
    made = make_session(ana_and_ben, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=5))
    db.session.commit()
    return made


def present() -> list[Presence]:
    db.session.rollback()
    return list(db.session.scalars(select(Presence)))


def test_in_a_session_one_hears_that_the_other_is_here_and_that_they_left(as_, cast, session, url):
    ana = listen(as_("ana"), url)
    assert ana.next() == version(1)
    ben = as_("ben").get(url)
    assert ana.next() == "event: here\ndata: 1 \n\n"
    ben.close()
    assert ana.next() == "event: here\ndata: 0 \n\n"
    assert [row.person_id for row in present()] == [cast["ana"].id]


def test_what_one_edits_is_told_to_the_other_and_to_nobody_else(as_, session, url):
    ana, ben = listen(as_("ana"), url), as_("ben")
    ana.next()
    note = f"note_{uuid4()}"
    assert ben.post(url.replace("/live", "/editing"), {"editing": note}).status_code == 200
    assert ana.next() == f"event: here\ndata: 1 {note}\n\n"
    ben.post(url.replace("/live", "/editing"), {"editing": ""})
    assert ana.next() == "event: here\ndata: 1 \n\n"


def test_outside_a_session_nobody_is_seen_and_nothing_is_kept(app, as_, url):
    ana, ben = listen(as_("ana"), url), listen(as_("ben"), url)
    ana.next(), ben.next()
    as_("ben").post(url.replace("/live", "/editing"), {"editing": f"goal_{uuid4()}"})
    live.of(app).watcher.look()
    assert present() == []


def test_the_end_of_the_session_is_the_end_of_being_here(app, as_, session, url):
    ana = listen(as_("ana"), url)
    ana.next()
    ben = listen(as_("ben"), url)
    assert ana.next() == "event: here\ndata: 1 \n\n"
    db.session.execute(update(Session).values(state=SessionState.HELD, ended_at=clock.now()))
    db.session.commit()
    assert ana.next() == "event: here\ndata: 0 \n\n"
    live.of(app).watcher.look()
    assert present() == []
    del ben


def test_somebody_whose_process_died_is_here_no_longer_than_their_moment(app, as_, cast, session, url):
    db.session.add(Presence(pair_id=session.pair_id, person_id=cast["ben"].id, until=clock.now(), editing=""))
    db.session.commit()
    ana = listen(as_("ana"), url)
    assert ana.next() == version(1)
    live.of(app).watcher.look()
    assert not live.of(app).hub.streams()[0].news.is_here


def test_who_has_no_stream_is_here_as_well_and_hears_of_the_other_when_they_say_so(as_, session, url):
    ana, ben = as_("ana"), as_("ben")
    note = f"note_{uuid4()}"
    assert ana.post(url.replace("/live", "/editing"), {"editing": ""}).text == "0 "
    assert ben.post(url.replace("/live", "/editing"), {"editing": note}).text == "1 "
    assert ana.post(url.replace("/live", "/editing"), {"editing": ""}).text == f"1 {note}"
    db.session.execute(update(Session).values(state=SessionState.HELD, ended_at=clock.now()))
    db.session.commit()
    assert ana.post(url.replace("/live", "/editing"), {"editing": ""}).text == "0 "


@pytest.mark.parametrize("what", ["note_1", "goal_" + "x" * 36, "<b>", "goal_5c379945-6ad1-40c0-910b-a9531bc96833\n"])
def test_only_ids_of_cards_and_notes_are_passed_on(as_, session, url, what):
    assert as_("ben").post(url.replace("/live", "/editing"), {"editing": what}).status_code == 400
    assert present() == []


def test_a_stranger_cannot_say_to_be_here(as_, session, url):
    assert as_("zoe").post(url.replace("/live", "/editing"), {"editing": ""}).status_code == 404


@pytest.fixture
def another(app: Flask, tmp_path) -> Iterator[Flask]:
    """The app as another process has it, on the same database."""
    other = create_app(settings(tmp_path, app.config["PEERAPP"].database_url))
    other.test_client_class = PeerClient
    live.of(other).hub.lasts = 20.0
    yield other
    live.of(other).end()
    with other.app_context():
        db.engine.dispose()


def test_two_who_are_served_by_two_processes_see_each_other_and_what_they_change(as_, cast, another, session, url):
    ana, ben = listen(as_("ana"), url), another.test_client()
    ana.next()
    ben.sign_in(cast["ben"])
    theirs = listen(ben, url)
    assert ana.next() == "event: here\ndata: 1 \n\n"
    assert "event: here\ndata: 1" in theirs.next() + theirs.next()
    ben.post(url.replace("/live", "/goals"), {"title": "Chair a meeting", "areas": "leadership", "owner": "me"})
    assert ana.next() == version(2)


@pytest.fixture
def both(as_, session, url) -> list[Heard]:
    """Ana's and Ben's streams, when each of them knows of the other."""
    heard = [listen(as_("ana"), url), listen(as_("ben"), url)]
    while heard[0].next() != "event: here\ndata: 1 \n\n":
        pass
    return heard


@pytest.mark.parametrize(("ana_has", "renewed"), [(10, {True}), (30, {False})])
def test_those_here_are_renewed_together_and_only_when_somebody_has_to_be(app, cast, both, ana_has, renewed):
    for name, left in (("ana", ana_has), ("ben", 30)):
        until = clock.now() + timedelta(seconds=left)
        db.session.execute(update(Presence).where(Presence.person_id == cast[name].id).values(until=until))
    db.session.commit()
    live.of(app).watcher.look()
    assert {row.until > clock.now() + timedelta(seconds=35) for row in present()} == renewed

"""Two processes on one database: what one commits, the streams of the other say before anybody looks."""

from collections.abc import Iterator
from threading import enumerate as threads
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text, update

from peerapp import live
from peerapp.db import db
from peerapp.live import neighbours, watcher
from peerapp.live.hub import News
from peerapp.models import Pair
from tests.clients import PeerClient
from tests.routes.test_live_stream import lasting, listen, url, version
from tests.routes.test_presence import another

__all__ = ["another", "lasting", "url"]
GOAL = {"title": "Chair a meeting", "areas": "leadership", "owner": "me"}


@pytest.fixture
def nobody_looks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The watcher looks when a stream begins, and then no more; a line that breaks is made anew at once."""
    monkeypatch.setattr(watcher, "EVERY", 600.0)
    monkeypatch.setattr(neighbours, "AGAIN", 0.01)
    yield
    live.of(app).watcher.look_soon()


@pytest.fixture
def ben(another, cast) -> PeerClient:
    client = another.test_client()
    client.sign_in(cast["ben"])
    return client


def test_what_the_other_does_in_another_process_is_heard(as_, ben, url, nobody_looks):
    ana = listen(as_("ana"), url)
    ana.next()
    ben.post(url.replace("/live", "/goals"), GOAL)
    assert ana.next() == version(2)
    ben.post(url.replace("/live", "/goals"), GOAL | {"title": "Ask a question"})
    assert ana.next() == version(3)


def test_what_another_process_took_back_is_not_told(as_, ben, another, url, nobody_looks):
    ana = listen(as_("ana"), url)
    ana.next()
    with another.app_context():
        db.session.get_one(Pair, UUID(url.split("/")[2])).touch()
        db.session.flush()
        db.session.rollback()
    ben.post(url.replace("/live", "/goals"), GOAL)
    assert ana.next() == version(2)


def test_a_line_that_broke_is_made_anew(as_, ben, url, nobody_looks, database_kind):
    ana = listen(as_("ana"), url)
    ana.next()
    ben.post(url.replace("/live", "/goals"), GOAL)
    assert ana.next() == version(2)
    if database_kind == "postgresql":
        db.session.execute(text("select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN %'"))
        db.session.commit()
    ben.post(url.replace("/live", "/goals"), GOAL | {"title": "Ask a question"})
    assert ana.next() == version(3)


def test_statements_past_the_objects_are_heard_where_the_file_is_asked(app, as_, url, nobody_looks, database_kind):
    ana = listen(as_("ana"), url)
    ana.next()
    db.session.execute(update(Pair).values(version=7))
    db.session.commit()
    live.of(app).watcher.look_soon() if database_kind == "postgresql" else None
    assert ana.next() == version(7)


def test_nobody_listens_when_the_process_stops(app, as_, url):
    listen(as_("ana"), url).next()
    live.of(app).end()
    assert "live ear" not in {thread.name for thread in threads()}


def test_a_look_that_comes_late_takes_no_version_back(app, as_, url):
    ana = listen(as_("ana"), url)
    ana.next()
    (stream,) = live.of(app).hub.streams()
    stream.tell_version(5)
    stream.tell(News(4))
    assert ana.next() == version(5)

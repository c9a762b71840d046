"""The stream of a pair: it says what changed, to the two alone, and only as long as they may know."""

import threading
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from peerapp import clock, create_app, live, serving
from peerapp.db import db
from peerapp.live.hub import EACH
from peerapp.models import Pair, Person, SignIn
from peerapp.rules.states import PairState
from peerapp.seats import Seats
from tests.clients import PeerClient
from tests.conftest import settings
from tests.statements import counted


@pytest.fixture(autouse=True)
def lasting(app: Flask) -> Iterator[None]:
    """Streams that last, four at a time."""
    hub = live.of(app).hub
    usual = hub.cap, hub.lasts
    hub.cap, hub.lasts = 4, 20.0
    yield
    live.of(app).end()
    for stream in hub.streams():
        hub.close(stream)
    hub.cap, hub.lasts = usual


@pytest.fixture
def url(ana_and_ben: Pair) -> str:
    return f"/pairs/{ana_and_ben.id}/live"


class Heard:
    """What a stream says, read as it comes."""

    def __init__(self, response: TestResponse) -> None:
        self._parts = iter(response.response)

    def next(self) -> str:
        part = next(self._parts)
        return part if isinstance(part, str) else part.decode()


def listen(client: PeerClient, url: str) -> Heard:
    return Heard(client.get(url))


def version(number: int) -> str:
    return f"id: {number}\nevent: version\ndata: {number}\n\n"


def test_a_stream_says_the_version_at_once_and_may_be_kept_by_nobody(as_, url):
    with counted() as sent:
        answer = as_("ana").get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert (answer.headers["X-Accel-Buffering"], answer.headers["Cache-Control"]) == ("no", "no-store")
    assert Heard(answer).next() == version(1)
    assert (
        len([each for each in sent if each.startswith("SELECT") and "token_hash IN" not in each]) == 1
    )  # the watcher's


def test_what_the_other_does_is_heard_at_once(as_, ana_and_ben, url):
    heard = listen(as_("ana"), url)
    heard.next()
    began = monotonic()
    as_("ben").post(
        f"/pairs/{ana_and_ben.id}/goals", {"title": "Chair a meeting", "areas": "leadership", "owner": "me"}
    )
    assert heard.next() == version(2)
    assert monotonic() - began < 0.9  # before the watcher would have found it


def test_what_another_process_did_is_found_within_a_second(as_, url):
    heard = listen(as_("ana"), url)
    heard.next()
    db.session.execute(update(Pair).values(version=7))
    db.session.commit()
    began = monotonic()
    assert heard.next() == version(7)
    assert monotonic() - began < 2


def test_a_change_that_was_taken_back_is_not_told(app, as_, ana_and_ben, url):
    heard = listen(as_("ana"), url)
    heard.next()
    ana_and_ben.touch()
    db.session.flush()
    db.session.rollback()
    live.of(app).watcher.look()
    as_("ben").post(
        f"/pairs/{ana_and_ben.id}/goals", {"title": "Chair a meeting", "areas": "leadership", "owner": "me"}
    )
    assert heard.next() == version(2)


def _sign_out(as_, _cast):
    db.session.execute(delete(SignIn))


def _leave(_as, cast):
    db.session.execute(update(Person).where(Person.id == cast["ana"].id).values(left_at=clock.now()))


def _part(_as, _cast):
    db.session.execute(update(Pair).values(state=PairState.ENDED))


@pytest.mark.parametrize("happens", [_sign_out, _leave, _part], ids=["signed out", "deactivated", "the pair ended"])
def test_a_stream_ends_within_a_second_when_its_reader_may_read_no_longer(as_, cast, url, happens):
    heard = listen(as_("ana"), url)
    heard.next()
    happens(as_, cast)
    db.session.commit()
    began = monotonic()
    assert heard.next() == "event: over\ndata: \n\n"
    assert monotonic() - began < 2


def test_signing_out_ends_it_at_once(as_, url):
    ana = as_("ana")
    heard = listen(ana, url)
    heard.next()
    began = monotonic()
    ana.post("/sign-out")
    assert heard.next() == "event: over\ndata: \n\n"
    assert monotonic() - began < 0.9


def test_beyond_the_cap_the_page_is_told_to_check_instead_and_a_closed_stream_frees_its_place(as_, url):
    ana, ben = as_("ana"), as_("ben")
    answers = [client.get(url) for client in (ana, ana, ben, ben)]
    refused = ana.get(url)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    answers[0].close()
    assert ana.get(url).status_code == 200


def test_nobody_takes_the_streams_of_everybody(as_, url):
    ana = as_("ana")
    assert [ana.get(url).status_code for _ in range(EACH + 1)] == [200] * EACH + [503]
    assert as_("ben").get(url).status_code == 200


def test_a_window_that_was_closed_does_not_count_any_more(as_, url):
    ana, gone = as_("ana"), {"waitress.client_disconnected": lambda: True}
    for _ in range(EACH):
        ana.get(url, environ_overrides=gone)
    assert ana.get(url).status_code == 200


def test_a_stream_is_over_after_a_while_and_the_page_opens_the_next(app, as_, url):
    live.of(app).hub.lasts = 0
    heard = listen(as_("ana"), url)
    assert (heard.next(), heard.next()) == (version(1), "event: again\ndata: \n\n")


def test_a_browser_that_hung_up_is_noticed(app, as_, url):
    heard = Heard(as_("ana").get(url, environ_overrides={"waitress.client_disconnected": lambda: True}))
    heard.next()
    assert heard.next() == "event: over\ndata: \n\n"


def test_open_streams_hold_no_connection_to_the_database(app, as_, url):
    heard = [listen(as_("ana"), url) for _ in range(3)]
    for each in heard:
        each.next()
    live.of(app).watcher.look()
    db.session.close()
    until = monotonic() + 10  # whoever watches for all of them may be asking just now
    while db.engine.pool.checkedout() and monotonic() < until:
        sleep(0.01)
    assert db.engine.pool.checkedout() == 0


def test_strangers_find_no_stream_and_visitors_are_asked_to_sign_in(as_, visitor, url):
    assert as_("zoe").get(url).status_code == 404
    assert visitor.get(url).status_code == 303


def test_waiting_threads_work_on_no_more_pages_than_there_are_seats(app):
    most, now, lock = [0], [0], threading.Lock()

    def slow(_environ, _start_response):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1
        return []

    seats = Seats(slow, 4)
    threads = [threading.Thread(target=seats, args=({}, lambda *_: None)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 4


def test_the_server_has_a_thread_for_every_stream_and_still_those_for_pages(tmp_path):
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path}/p.sqlite", streams=7, threads=3))
    server = serving.listen(app, "127.0.0.1", 0)
    try:
        assert (server.task_dispatcher.most, live.of(app).hub.cap) == (10, 7)
    finally:
        server.close()
        server.task_dispatcher.shutdown()


def test_a_process_that_stops_ends_its_streams_first(app, as_, url):
    heard = listen(as_("ana"), url)
    heard.next()
    live.of(app).hub.end()
    assert heard.next() == "event: over\ndata: \n\n"

"""Does a box on another machine do the same, and only for the registrar?"""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from werkzeug.test import Client

from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.listener import Listener
from peerapp.ballotbox.remote import RemoteSeam
from peerapp.ballotbox.seam import (
    OtherManifestError,
    SpoiledError,
    StillOpenError,
    UnknownRoundError,
    UnreachableError,
)
from peerapp.ballotbox.store import Store
from peerapp.ballotbox.wire import MAC_HEADER, TIME_HEADER, is_fresh, mac, stamp
from peerapp.rules.manifest import BadManifestError
from tests.ballotbox.kit import NOON, Clock, OpenRound, a_round

KEY = b"k" * 32
Serve = Callable[[Any], str]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a WSGI app on a free port of this machine; its address."""
    servers = []

    def start(app: Any) -> str:
        server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def remote(box: Box, clock: Clock, serve: Serve) -> RemoteSeam:
    return RemoteSeam(serve(Listener(box, KEY, clock)), KEY, clock)


def test_a_round_is_opened_collected_and_discarded_from_afar(remote: RemoteSeam, box: Box) -> None:
    opened = a_round()
    remote.deposit(opened.text)
    for number in range(9):
        assert box.count(opened.id, opened.body({"q1": 4, "c1": f"„{number}“"})) is Verdict.COUNTED
    collected = remote.collect(opened.id, opened.fingerprint.hex(), early=True)
    assert (
        collected
        == remote.collect(opened.id, opened.fingerprint.hex())
        == box.collect(opened.id, opened.fingerprint.hex())
    )
    remote.discard(opened.id)
    remote.discard(opened.id)
    with pytest.raises(UnknownRoundError):
        box.collect(opened.id, opened.fingerprint.hex())


def test_every_refusal_of_the_box_arrives_by_its_name(remote: RemoteSeam, opened: OpenRound) -> None:
    with pytest.raises(StillOpenError):
        remote.collect(opened.id, opened.fingerprint.hex())
    with pytest.raises(OtherManifestError):
        remote.collect(opened.id, "00" * 32)
    with pytest.raises(UnknownRoundError):
        remote.collect(uuid4(), opened.fingerprint.hex())
    with pytest.raises(BadManifestError):
        remote.deposit("{}")


def test_a_spoiled_round_is_told_from_afar(remote: RemoteSeam, opened: OpenRound, store: Store) -> None:
    with store.writing() as connection:
        connection.execute("DELETE FROM count_")
    with pytest.raises(SpoiledError):
        remote.collect(opened.id, opened.fingerprint.hex(), early=True)


def test_somebody_with_another_key_gets_nothing(box: Box, clock: Clock, opened: OpenRound, serve: Serve) -> None:
    stranger = RemoteSeam(serve(Listener(box, KEY, clock)), b"x" * 32, clock)
    with pytest.raises(UnreachableError):
        stranger.discard(opened.id)
    assert box.count(opened.id, opened.body({"q1": 4})) is Verdict.COUNTED


def test_somebody_else_who_answers_is_not_believed(opened: OpenRound, clock: Clock, serve: Serve) -> None:
    def impostor(_environ: Any, start_response: Any) -> list[bytes]:
        body = b'{"done": null}'
        time = stamp(clock())
        headers = [(TIME_HEADER, time), (MAC_HEADER, mac(b"x" * 32, "answer", "", time, "200", body))]
        start_response("200 OK", headers)
        return [body]

    with pytest.raises(UnreachableError):
        RemoteSeam(serve(impostor), KEY, clock).discard(opened.id)


def test_a_box_that_is_away_is_an_error_to_try_again(opened: OpenRound, clock: Clock) -> None:
    with pytest.raises(UnreachableError):
        RemoteSeam("http://127.0.0.1:9", KEY, clock).discard(opened.id)


def request(path: str = "/discard", body: bytes = b"{}", time: str = stamp(NOON), key: bytes = KEY) -> dict[str, Any]:
    headers = {TIME_HEADER: time, MAC_HEADER: mac(key, "request", path, time, body)}
    return {"path": path, "data": body, "headers": headers, "method": "POST"}


@pytest.mark.parametrize(
    "wrong",
    [
        request(key=b"x" * 32),
        request(time=stamp(NOON) + "0"),
        request(time="yesterday"),
        request() | {"data": b'{"round": 1}'},
        request() | {"path": "/collect"},
        request() | {"headers": {}},
        request() | {"method": "GET"},
        request(path="/elsewhere"),
    ],
)
def test_what_is_not_signed_for_this_very_request_is_refused(box: Box, clock: Clock, wrong: dict[str, Any]) -> None:
    answer = Client(Listener(box, KEY, clock)).open(**wrong)
    assert (answer.status_code, answer.data) == (403, b"{}")


def test_an_old_request_is_refused(box: Box, clock: Clock) -> None:
    clock.pass_(seconds=61)
    assert Client(Listener(box, KEY, clock)).open(**request()).status_code == 403


def test_a_signed_request_that_makes_no_sense_shows_nothing(
    box: Box, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    assert Client(Listener(box, KEY, clock)).open(**request(body=b'{"round": "secret"}')).status_code == 503
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize(("seconds", "fresh"), [(0, True), (60, True), (-60, True), (61, False), (-61, False)])
def test_a_message_is_fresh_for_a_minute(seconds: int, fresh: bool) -> None:
    assert is_fresh(str(int(NOON.timestamp()) + seconds), NOON) is fresh


def test_a_short_key_is_refused_at_start(box: Box, clock: Clock) -> None:
    for start in (lambda: Listener(box, b"short", clock), lambda: RemoteSeam("http://127.0.0.1:9", b"short", clock)):
        with pytest.raises(ValueError, match="32 bytes"):
            start()


def test_no_part_of_a_message_can_slip_into_another() -> None:
    assert mac(KEY, "ab", "c") != mac(KEY, "a", "bc")

"""How does the registrar reach a box on another machine? A listener of its own, never under /ballots.

POST /deposit, /collect and /discard, JSON both ways; what does not carry a fresh HMAC of the shared key gets 403.
The answer carries one too, over the request's own, so that nobody else can answer.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from peerapp.ballotbox.box import Clock
from peerapp.ballotbox.seam import Seam, SeamError
from peerapp.ballotbox.wire import BODY_MAX, MAC_HEADER, TIME_HEADER, is_fresh, is_same, mac, stamp
from peerapp.rules.manifest import BadManifestError


class Listener:
    """The WSGI app of the seam."""

    def __init__(self, box: Seam, key: bytes, clock: Clock) -> None:
        mac(key)  # a short key is refused at start
        self._box, self._key, self._clock = box, key, clock
        self._operations: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
            "/deposit": self._deposit,
            "/collect": self._collect,
            "/discard": self._discard,
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            status, answer, request_mac = self._answer(environ)
        except Exception:  # noqa: BLE001 - a traceback in a log could hold a comment
            status, answer, request_mac = HTTPStatus.SERVICE_UNAVAILABLE, {}, ""
        body = json.dumps(answer).encode()
        time = stamp(self._clock())
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            (TIME_HEADER, time),
            (MAC_HEADER, mac(self._key, "answer", request_mac, time, str(status.value), body)),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[HTTPStatus, Any, str]:
        operation = self._operations.get(environ["PATH_INFO"])
        length = environ.get("CONTENT_LENGTH") or "0"
        if environ["REQUEST_METHOD"] != "POST" or operation is None or not length.isdigit() or int(length) > BODY_MAX:
            return HTTPStatus.FORBIDDEN, {}, ""
        body = environ["wsgi.input"].read(int(length))
        time, given = environ.get("HTTP_X_BOX_TIME", ""), environ.get("HTTP_X_BOX_MAC", "")
        expected = mac(self._key, "request", environ["PATH_INFO"], time, body)
        if not is_same(given, expected) or not is_fresh(time, self._clock()):
            return HTTPStatus.FORBIDDEN, {}, ""
        try:
            return HTTPStatus.OK, {"done": operation(json.loads(body))}, expected
        except (SeamError, BadManifestError) as error:
            return HTTPStatus.CONFLICT, {"error": type(error).__name__}, expected

    def _deposit(self, asked: Mapping[str, Any]) -> None:
        self._box.deposit(asked["manifest"])

    def _collect(self, asked: Mapping[str, Any]) -> str:
        return self._box.collect(UUID(asked["round"]), asked["fingerprint"], early=asked["early"]).text()

    def _discard(self, asked: Mapping[str, Any]) -> None:
        self._box.discard(UUID(asked["round"]))

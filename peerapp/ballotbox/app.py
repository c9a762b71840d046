"""How does a browser hand in a ballot? POST /<round>, exactly 16,384 bytes, with nothing that says who it is.

No session, no cookie, no log, no body in any answer: what became of the paper is in the status alone.
204 counted · 400 not a ballot, or one that carries an identity · 403 forged, foreign or from another page · 409 this
paper has been counted · 410 closed, or never open · 413 too large · 429 a flood · 503 try again.
"""

from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from peerapp.ballotbox.box import Box, Clock, Verdict
from peerapp.ballotbox.flood import Flood
from peerapp.ballotbox.seam import UnreachableError
from peerapp.rules.ballot import SIZE

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
IDENTIFYING = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION")
NOBODY = "null"  # the Origin of a page that sends no referrer
WAIT_SECONDS = "2"


class BallotApp:
    """The WSGI app under /ballots. `origins` are the installation's own, `identity_header` the one a proxy may set."""

    def __init__(self, box: Box, clock: Clock, origins: Collection[str], identity_header: str = "") -> None:
        self._box, self._clock = box, clock
        self._origins = {NOBODY, *origins}
        self._refused_headers = [*IDENTIFYING]
        if identity_header:
            self._refused_headers.append("HTTP_" + identity_header.upper().replace("-", "_"))
        self._flood = Flood(clock())

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        headers = [*HEADERS]
        try:
            status = self._status(environ)
        except Exception:  # noqa: BLE001 - a traceback in a log could hold an answer
            status = HTTPStatus.SERVICE_UNAVAILABLE
        if status >= HTTPStatus.BAD_REQUEST:
            headers.append(("Content-Length", "0"))
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            headers.append(("Retry-After", WAIT_SECONDS))
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "POST"))
        start_response(f"{status.value} {status.phrase}", headers)
        return []

    def _status(self, environ: Environ) -> HTTPStatus:
        if self._flood.is_on(self._clock()):
            return HTTPStatus.TOO_MANY_REQUESTS
        status = self._refusal(environ) or self._verdict(environ)
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._flood.refused()
        return status

    def _refusal(self, environ: Environ) -> HTTPStatus | None:
        """What is wrong before a byte of the body is read."""
        if environ["REQUEST_METHOD"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED
        if any(name in environ for name in self._refused_headers):
            return HTTPStatus.BAD_REQUEST
        if environ.get("HTTP_ORIGIN", NOBODY) not in self._origins:
            return HTTPStatus.FORBIDDEN
        length = environ.get("CONTENT_LENGTH") or ""
        if not (length.isascii() and length.isdigit()) or environ.get("QUERY_STRING"):
            return HTTPStatus.BAD_REQUEST
        if len(length) > len(str(SIZE)) or int(length) > SIZE:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None if int(length) == SIZE else HTTPStatus.BAD_REQUEST

    def _verdict(self, environ: Environ) -> HTTPStatus:
        try:
            round_id = UUID(environ["PATH_INFO"].removeprefix("/"))
        except ValueError:
            return HTTPStatus(Verdict.LATE)
        body = environ["wsgi.input"].read(SIZE)
        try:
            return HTTPStatus(self._box.count(round_id, body))
        except UnreachableError:
            return HTTPStatus.SERVICE_UNAVAILABLE

"""The seam to a box on another machine: the same three operations, each one request to its listener."""

import json
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from peerapp.ballotbox.box import Clock
from peerapp.ballotbox.seam import (
    OtherManifestError,
    SpoiledError,
    StillOpenError,
    UnknownRoundError,
    UnreachableError,
)
from peerapp.ballotbox.wire import MAC_HEADER, TIME_HEADER, is_fresh, is_same, mac, stamp
from peerapp.rules.manifest import BadManifestError
from peerapp.rules.publication import Collected

TIMEOUT_SECONDS = 10
ERRORS: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (BadManifestError, OtherManifestError, SpoiledError, StillOpenError, UnknownRoundError)
}


class RemoteSeam:
    """`address` is http://host:port or https://host:port, `key` the one that both machines hold."""

    def __init__(self, address: str, key: bytes, clock: Clock) -> None:
        mac(key)  # a short key is refused at start
        self._address, self._key, self._clock = urlsplit(address), key, clock

    def deposit(self, manifest: str) -> None:
        self._ask("/deposit", {"manifest": manifest})

    def collect(self, round_id: UUID, fingerprint: str, *, early: bool = False) -> Collected:
        asked = {"round": str(round_id), "fingerprint": fingerprint, "early": early}
        return Collected.from_text(self._ask("/collect", asked))

    def discard(self, round_id: UUID) -> None:
        self._ask("/discard", {"round": str(round_id)})

    def _ask(self, path: str, asked: dict[str, Any]) -> Any:
        body = json.dumps(asked).encode()
        time = stamp(self._clock())
        request_mac = mac(self._key, "request", path, time, body)
        status, answer = self._exchange(path, body, {TIME_HEADER: time, MAC_HEADER: request_mac})
        if status == HTTPStatus.OK:
            return answer["done"]
        raise ERRORS.get(answer.get("error", ""), UnreachableError)

    def _exchange(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        kind = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
        connection = kind(self._address.hostname or "", self._address.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            data = response.read()
        except (OSError, HTTPException):
            raise UnreachableError from None
        finally:
            connection.close()
        if not self._is_the_box(response, headers[MAC_HEADER], data):
            raise UnreachableError
        return response.status, json.loads(data)

    def _is_the_box(self, response: HTTPResponse, request_mac: str, data: bytes) -> bool:
        time, given = response.getheader(TIME_HEADER, ""), response.getheader(MAC_HEADER, "")
        expected = mac(self._key, "answer", request_mac, time, str(response.status), data)
        return is_same(given, expected) and is_fresh(time, self._clock())

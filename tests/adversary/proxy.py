"""What a proxy in front of the house writes down, and the browser of somebody who answers through it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from flask import Flask

from peerapp import clock
from peerapp.models import Person, Round
from tests.adversary.evidence import Request
from tests.clients import PeerClient
from tests.rounds import body_of, prepare_paper

Wsgi = Callable[..., Iterable[bytes]]
WHO = "tests.who"  # whose browser it is; the proxy knows it only where a cookie came along
TOKEN = re.compile(r'data-token="([^"]+)"')
BYTES = {"Content-Type": "application/octet-stream"}
NOBODYS = {"Origin": "null"}


class Proxy:
    """Writes a line for every request: when, who if a cookie says so, what, and how long it and its answer were."""

    def __init__(self, app: Wsgi, lines: list[Request]) -> None:
        self._app, self._lines = app, lines

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        told: list[tuple[int, int]] = []

        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told.append((int(status[:3]), sum(len(name) + len(value) + 4 for name, value in headers)))
            return start_response(status, headers, *more)

        at, answer = clock.now(), self._app(environ, started)
        body = list(answer)
        if close := getattr(answer, "close", None):
            close()
        status, head = told[-1]
        user = environ[WHO] if "HTTP_COOKIE" in environ else ""
        path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        line = Request(at, user, environ["REQUEST_METHOD"], path, status, length, head + sum(map(len, body)))
        self._lines.append(line)
        return body


def browser(app: Flask, person: Person | None = None) -> PeerClient:
    """Somebody's own, signed in; without a person one that keeps and sends no cookie."""
    client = app.test_client(use_cookies=person is not None)
    assert isinstance(client, PeerClient)
    if person is not None:
        client.environ_base[WHO] = str(person.id)
        client.sign_in(person)
    return client


def answer_over_http(
    own: PeerClient,
    person: Person,
    round_: Round,
    answers: Mapping[str, int | str],
    *,
    wire: Callable[[bytes], bytes] = bytes,
    wait: Callable[[timedelta], object] = lambda _time: None,
) -> None:
    """As the browser does it: the form, a while, then the promise and the paper, and the ballot without a cookie."""
    nobodys = browser(own.application)
    blinded, unblinded = prepare_paper(person, round_)
    page = own.get(f"/rounds/{round_.id}/answer")
    token = TOKEN.search(page.text)
    assert token, page.status
    wait(timedelta(seconds=90))
    assert nobodys.get(f"/promises/{round_.public_id}/manifest").status_code == 200
    headers = BYTES | {"X-CSRFToken": token[1]}
    paper = own.open(f"/rounds/{round_.id}/paper", method="POST", data=blinded, headers=headers)
    assert paper.status_code == 200, paper.status
    wait(timedelta(milliseconds=200))
    body = wire(body_of(round_, unblinded(paper.data), answers))
    ballot = nobodys.open(f"/ballots/{round_.id}", method="POST", data=body, headers=BYTES | NOBODYS)
    assert ballot.status_code == 204, ballot.status

"""Does a ballot travel without saying whose it is, and does the app refuse what is none?"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import Client, TestResponse

from peerapp import create_app
from peerapp.ballotbox.app import HEADERS, BallotApp
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.flood import BURST, Flood
from peerapp.rules.ballot import SIZE
from tests.ballotbox.kit import NOON, Clock, OpenRound
from tests.conftest import settings

ORIGIN = "https://peerapp.example.com"
NOWHERE = UUID(int=7)
Send = Callable[..., TestResponse]


@pytest.fixture
def app(box: Box, clock: Clock) -> BallotApp:
    return BallotApp(box, clock, {ORIGIN}, identity_header="X-Remote-User")


@pytest.fixture
def send(app: BallotApp, opened: OpenRound) -> Send:
    def post(
        body: bytes, headers: dict[str, str] | None = None, path: str = f"/{opened.id}", **more: Any
    ) -> TestResponse:
        return Client(app, use_cookies=False).post(
            path, data=body, headers={"Origin": "null", **(headers or {})}, **more
        )

    return post


def test_a_ballot_is_answered_with_nothing(send: Send, opened: OpenRound) -> None:
    answer = send(opened.body({"q1": 4}))
    assert (answer.status_code, answer.data) == (204, b"")
    assert sorted(answer.headers) == sorted(HEADERS)


@pytest.mark.parametrize("origin", ["null", ORIGIN, None])
def test_the_page_itself_may_send(send: Send, opened: OpenRound, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    assert send(opened.body({}), headers).status_code == 204


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example.com", "http://peerapp.example.com", ORIGIN + ":8443", ""]
)
def test_another_site_may_not(send: Send, opened: OpenRound, origin: str) -> None:
    assert send(opened.body({}), {"Origin": origin}).status_code == 403


@pytest.mark.parametrize("header", ["Cookie", "Authorization", "Proxy-Authorization", "X-Remote-User", "x-remote-user"])
@pytest.mark.parametrize("value", ["ana", ""])
def test_what_says_who_sends_is_refused_and_the_paper_stays_good(
    send: Send, opened: OpenRound, header: str, value: str
) -> None:
    body = opened.body({"q1": 4})
    assert send(body, {header: value}).status_code == 400
    assert send(body).status_code == 204


@pytest.mark.parametrize(("length", "status"), [(0, 400), (1, 400), (SIZE - 1, 400), (SIZE + 1, 413), (10 * SIZE, 413)])
def test_one_byte_more_or_less_is_no_ballot(send: Send, opened: OpenRound, length: int, status: int) -> None:
    body = opened.body({"q1": 4})
    assert send(body[:length].ljust(length, b"\0")).status_code == status
    assert send(body).status_code == 204


def test_a_body_that_breaks_off_is_no_ballot(app: BallotApp, opened: OpenRound) -> None:
    broken = BytesIO(opened.body({"q1": 4})[: SIZE - 1])
    environ = {"wsgi.input": broken, "CONTENT_LENGTH": str(SIZE), "HTTP_ORIGIN": "null"}
    assert Client(app).post(f"/{opened.id}", environ_overrides=environ).status_code == 400


@pytest.mark.parametrize("length", ["", "-1", "1e4", "٣", "9" * 5000])
def test_a_length_that_is_no_number_is_refused(app: BallotApp, opened: OpenRound, length: str) -> None:
    environ = {"wsgi.input": BytesIO(opened.body({})), "CONTENT_LENGTH": length}
    assert Client(app).post(f"/{opened.id}", environ_overrides=environ).status_code in {400, 413}


def test_what_became_of_a_paper_is_in_the_status(send: Send, opened: OpenRound, clock: Clock) -> None:
    paper = opened.paper()
    body = opened.body({"q1": 4}, paper)
    assert send(opened.body({"q1": 9}, paper)).status_code == 400
    assert send(body[:100] + b"x" + body[101:]).status_code == 403
    assert send(body).status_code == 204
    assert send(body).status_code == 409
    clock.pass_(days=7)
    assert send(opened.body({"q1": 4})).status_code == 410


@pytest.mark.parametrize("path", ["/", "", "/x", f"/{NOWHERE}", "/../box", "/%00", f"/{NOWHERE}/{NOWHERE}"])
def test_a_round_that_is_not_there_looks_like_one_that_is_over(send: Send, opened: OpenRound, path: str) -> None:
    assert send(opened.body({"q1": 4}), path=path).status_code == 410


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_a_post_is_heard(app: BallotApp, opened: OpenRound, method: str) -> None:
    answer = Client(app).open(f"/{opened.id}", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_nothing_may_stand_in_the_address(send: Send, opened: OpenRound) -> None:
    assert send(opened.body({"q1": 4}), query_string={"who": "ana"}).status_code == 400


def test_every_refusal_is_as_long_as_every_other(send: Send, opened: OpenRound) -> None:
    answers = [send(opened.body({"q1": 9})), send(opened.body({"c1": "x" * 601})), send(b"x"), send(bytes(SIZE))]
    assert {(answer.status_code, answer.data, tuple(answer.headers)) for answer in answers} == {
        (400, b"", (*HEADERS, ("Content-Length", "0")))
    }


def test_a_flood_is_held_off_and_passes(send: Send, opened: OpenRound, clock: Clock) -> None:
    body = opened.body({"q1": 4})
    for _ in range(BURST):
        send(b"x")
    held = send(body)
    assert (held.status_code, held.headers["Retry-After"]) == (429, "2")
    clock.pass_(seconds=2)
    assert send(body).status_code == 204


def test_ballots_that_count_are_never_a_flood() -> None:
    flood = Flood(NOON, burst=1)
    assert not any(flood.is_on(NOON) for _ in range(10_000))
    flood.refused()
    assert flood.is_on(NOON)
    assert flood.is_on(NOON - timedelta(days=2))  # a clock that goes back frees nobody, and holds nobody for ever
    assert not flood.is_on(NOON + timedelta(seconds=1))


def test_a_broken_file_is_said_without_a_word_of_the_ballot(
    send: Send, opened: OpenRound, file: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    body = opened.body({"c1": "a secret word"})
    file.write_bytes(b"no database " * 1000)
    answer = send(body)
    assert (answer.status_code, answer.data, answer.headers["Retry-After"]) == (503, b"", "2")
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")


class BrokenBox(Box):
    def count(self, round_id: object, body: bytes) -> Verdict:
        raise RuntimeError(body)


def test_no_error_of_our_own_shows_an_answer(
    store: Any, clock: Clock, opened: OpenRound, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = BallotApp(BrokenBox(store, clock), clock, {ORIGIN})
    answer = Client(broken).post(f"/{opened.id}", data=opened.body({"c1": "a secret word"}))
    assert (answer.status_code, answer.data) == (503, b"")
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")


def test_the_header_in_which_a_proxy_says_who_asks_is_a_setting(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path}/peerapp.sqlite", identity_header="X-Remote-User"))
    browser = Client(app, use_cookies=False)
    statuses = [
        browser.post(
            f"/ballots/{NOWHERE}", data=bytes(SIZE), headers={"Origin": "https://elsewhere", **more}
        ).status_code
        for more in ({}, {"X-Remote-User": "ana"})
    ]
    assert statuses == [403, 400]

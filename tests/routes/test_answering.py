"""Does whoever is asked find the form with everything her browser needs, and nobody else anything?"""

import hashlib
import json
import secrets
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from werkzeug.test import Client, TestResponse

from peerapp import counting
from peerapp.actions import opening
from peerapp.models import Person, Round
from peerapp.queries.manifests import person_text, title_text
from peerapp.rules.audiences import SplitBy
from peerapp.rules.questions import Kind, Question
from peerapp.rules.sealing import sealed
from tests.clients import PeerClient
from tests.conftest import settings
from tests.factories import make_person
from tests.rounds import again, answer, body_of, close, make_crowd, make_draft, make_open_round, serial_name, take_paper
from tests.statements import counted

As = Any
VALUE = (12_345_678_901_234_567_890).to_bytes(256, "big")


@pytest.fixture
def crowd(cast: dict[str, Person]) -> list[Person]:
    return [cast["caro"], *make_crowd(9)]


@pytest.fixture
def opened(cast: dict[str, Person], crowd: list[Person]) -> Round:
    return make_open_round(cast["ana"], crowd, readers=[cast["mia"]], why="I would like to get better at meetings.")


def ask(client: PeerClient, round_: Round, value: bytes = VALUE) -> TestResponse:
    """The first of the two requests, as the page sends it."""
    headers = {"X-CSRFToken": client.csrf_token(), "Content-Type": "application/octet-stream"}
    return client.open(f"/rounds/{round_.id}/paper", method="POST", data=value, headers=headers)


def facts_in(page: str) -> dict[str, Any]:
    start = page.index("data-facts='") + len("data-facts='")
    found: dict[str, Any] = json.loads(unescape(page[start : page.index("'", start)]))
    return found


def test_the_form_says_who_asks_why_until_when_who_reads_and_the_minimum(as_: As, opened: Round) -> None:
    page = as_("caro").get(f"/rounds/{opened.id}/answer").text
    for words in (
        "Asked by Ana Rivera",
        opened.why,
        "Mia Holm",
        "5 or more people",
        "we only count",
        opened.fingerprint,
    ):
        assert words in page
    assert page.count("Cannot say</label>") == 2


def test_the_form_and_its_preview_say_in_which_parts_the_result_is_shown(as_: As, cast: dict[str, Person]) -> None:
    crowd = [*make_crowd(8, site="Oslo"), *(make_person(f"South Person{each}", site="Kiel & Co") for each in range(8))]
    draft = make_draft(cast["ana"], [cast["caro"], *crowd], split_by=SplitBy.SITE, joins_small=True)
    cast["caro"].site = "Oslo"
    before = as_("ana").get(f"/rounds/{draft.id}/preview").text
    opening.open_round(cast["ana"], draft.id)
    after = as_("caro").get(f"/rounds/{draft.id}/answer").text
    for page in (before, after):
        assert "by site where enough people answered: Kiel &amp; Co and Oslo. Comments are never split." in page


def test_a_round_as_a_whole_speaks_of_no_parts(as_: As, opened: Round) -> None:
    assert "where enough people answered" not in as_("caro").get(f"/rounds/{opened.id}/answer").text


def test_nothing_on_the_form_could_be_sent_by_the_browser_itself(as_: As, opened: Round) -> None:
    answered = as_("caro").get(f"/rounds/{opened.id}/answer")
    form = answered.text[
        answered.text.index('<form class="stack loose" id="answer_form"') : answered.text.index("</form>")
    ]
    assert " name=" not in form
    assert " hx-" not in form
    assert {part.split('"')[0] for part in form.split('type="')[1:]} == {"radio", "button"}
    assert form.count("<fieldset") == form.count(" disabled role") + form.count('data-kind="comment" disabled')
    assert "form-action 'none'" in answered.headers["Content-Security-Policy"]
    assert answered.text.count("<form") == 2, "the form, and the dialog of the keyboard"
    assert answered.headers["Cache-Control"] == "no-store"


def test_the_page_holds_what_was_sealed(as_: As, opened: Round, cast: dict[str, Person]) -> None:
    facts = facts_in(as_("caro").get(f"/rounds/{opened.id}/answer").text)
    manifest, salt = json.loads(again(opened).manifest), bytes.fromhex(facts["salt"])
    said = json.dumps(facts["said"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert said == title_text(opened)
    assert sealed(salt, "title", said) == manifest["sealed"]["title"]
    assert (
        sorted(sealed(salt, "reader", f"{each['id']} {each['name']}") for each in facts["readers"])
        == (manifest["sealed"]["readers"])
    )
    assert person_text(cast["ana"].id, "Ana Rivera") == f"{facts['owner']['id']} {facts['owner']['name']}"
    assert hashlib.sha256(opened.manifest.encode()).hexdigest() == facts["fingerprint"]


@pytest.mark.parametrize("path", ["answer", "papers"])
def test_a_stranger_cannot_tell_a_round_from_none(as_: As, opened: Round, path: str) -> None:
    real, made_up = (as_("zoe").get(f"/rounds/{id_}/{path}") for id_ in (opened.id, uuid4()))
    assert (real.status_code, real.text) == (404, made_up.text)


@pytest.mark.parametrize(("name", "path"), [("ana", "answer"), ("mia", "answer"), ("olu", "answer"), ("ada", "papers")])
def test_whoever_is_not_on_the_roll_has_no_form(as_: As, opened: Round, name: str, path: str) -> None:
    assert as_(name).get(f"/rounds/{opened.id}/{path}").status_code == 404


def test_nobody_answers_a_draft(as_: As, cast: dict[str, Person], crowd: list[Person]) -> None:
    draft = make_draft(cast["ana"], crowd)
    assert as_("caro").get(f"/rounds/{draft.id}/answer").status_code == 404
    assert as_("caro").get(f"/promises/{draft.public_id}").status_code == 404


def test_names_for_hints_are_there_for_a_circle_that_one_may_know(as_: As, opened: Round) -> None:
    page = as_("caro").get(f"/rounds/{opened.id}/answer").text
    assert "Crowd Member003" in page
    known = json.loads(page[page.index("data-known='") + 12 :].split("'")[0])
    assert "Caro Lind" in known["names"], "nothing gives her away like her own name"


def test_above_three_hundred_people_nobodys_name_is_on_the_page(as_: As, cast: dict[str, Person]) -> None:
    wide = make_open_round(cast["ana"], [cast["caro"], *make_crowd(300)])
    assert "Crowd Member" not in as_("caro").get(f"/rounds/{wide.id}/answer").text


def test_a_paper_is_signed_once_and_again_for_the_same_value_only(as_: As, opened: Round) -> None:
    caro = as_("caro")
    first, same, other = ask(caro, opened), ask(caro, opened), ask(caro, opened, b"\0" + secrets.token_bytes(255))
    assert (first.status_code, len(first.data), first.mimetype) == (200, 256, "application/octet-stream")
    assert (same.status_code, same.data) == (200, first.data)
    assert (other.status_code, other.data) == (409, b"")


@pytest.mark.parametrize("value", [b"", VALUE[1:], VALUE + b"\0", b"\0" * 256, b"\xff" * 256, b"\0" * 255 + b"\1"])
def test_what_cannot_be_signed_is_refused_and_takes_nobodys_paper(as_: As, opened: Round, value: bytes) -> None:
    caro = as_("caro")
    assert ask(caro, opened, value).status_code == 400
    assert ask(caro, opened).status_code == 200


@pytest.mark.parametrize("name", ["zoe", "ana", "mia", "ada"])
def test_whoever_is_not_on_the_roll_gets_no_paper(as_: As, opened: Round, name: str) -> None:
    assert ask(as_(name), opened).status_code == 404


def test_a_paper_needs_the_token_of_the_page(as_: As, opened: Round) -> None:
    caro = as_("caro")
    refused = caro.open(f"/rounds/{opened.id}/paper", method="POST", data=VALUE)
    assert refused.status_code == 400
    assert ask(caro, opened).status_code == 200


def test_from_the_closing_second_on_there_is_no_paper_and_a_kind_page(
    as_: As, opened: Round, cast: dict[str, Person]
) -> None:
    caro, closes_at = as_("caro"), opened.closes_at
    with time_machine.travel(closes_at, tick=False):
        caro.sign_in(cast["caro"])
        assert ask(caro, opened).status_code == 410
        assert "Closed, and being counted." in caro.get(f"/rounds/{opened.id}/answer").text


def test_before_closing_nothing_is_told_about_papers(app: Flask, as_: As, opened: Round, crowd: list[Person]) -> None:
    answer(app, crowd[1], opened, {"q1": 4})
    told = as_("caro").get(f"/rounds/{opened.id}/papers")
    assert told.json == {"state": "open", "people": 10, "handed_out": None, "serials": []}
    assert told.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["ana", "mia", "caro"])
def test_after_closing_papers_stand_side_by_side(
    app: Flask, as_: As, opened: Round, crowd: list[Person], name: str
) -> None:
    receipts = [answer(app, each, opened, {"q1": 4}) for each in crowd[:6]]
    closed = close(opened)
    told = as_(name).get(f"/rounds/{opened.id}/papers").json
    assert (told["state"], told["people"], told["handed_out"]) == ("released", 10, 6)
    assert told["serials"] == sorted(serial_name(closed, each) for each in receipts)
    assert "the result is out" in as_("caro").get(f"/rounds/{opened.id}/answer").text


def test_below_the_minimum_everybody_who_was_asked_reads_so(app: Flask, as_: As, opened: Round) -> None:
    close(opened)
    assert "closed without a result" in as_("caro").get(f"/rounds/{opened.id}/answer").text
    assert as_("caro").get(f"/rounds/{opened.id}/papers").json["serials"] == []


def test_the_promise_is_there_for_anybody_and_leaves_no_trace(visitor: PeerClient, opened: Round) -> None:
    page = visitor.get(f"/promises/{opened.public_id}")
    text = visitor.get(f"/promises/{opened.public_id}/manifest")
    assert (page.status_code, text.status_code, text.mimetype) == (200, 200, "text/plain")
    assert hashlib.sha256(text.data).hexdigest() == opened.fingerprint
    assert opened.fingerprint in page.text
    for answered in (page, text):
        assert "Set-Cookie" not in answered.headers
        assert "Cookie" not in answered.headers.get("Vary", "")
        assert "Access-Control-Allow-Origin" not in answered.headers


def test_the_promise_names_nobody_and_looks_the_same_to_everybody(visitor: PeerClient, as_: As, opened: Round) -> None:
    page = visitor.get(f"/promises/{opened.public_id}").text
    for words in (opened.title, opened.why, "Ana Rivera", "Mia Holm", "Caro Lind"):
        assert words not in page
    assert as_("caro").get(f"/promises/{opened.public_id}").text == page


def test_the_promise_of_no_round_is_nothing(visitor: PeerClient, opened: Round) -> None:
    assert visitor.get(f"/promises/{opened.id}").status_code == 404
    assert visitor.get(f"/promises/{uuid4()}/manifest").status_code == 404


@pytest.mark.parametrize("number", [8, 60])
def test_the_form_takes_three_statements_of_its_own(as_: As, cast: dict[str, Person], number: int) -> None:
    wide = make_open_round(cast["ana"], [cast["caro"], *make_crowd(number)])
    caro, path = as_("caro"), f"/rounds/{wide.id}/answer"
    caro.get("/help")
    with counted() as statements:
        caro.get(path)
    assert len(statements) == 5, "the sign-in, the pairs in the header, and three of its own"


def test_a_round_of_fifteen_questions_is_one_page(as_: As, cast: dict[str, Person], crowd: list[Person]) -> None:
    asked = tuple(Question(f"q{each}", Kind.FREQUENCY, f"They do thing {each}.") for each in range(12))
    asked += tuple(Question(f"c{each}", Kind.COMMENT, f"Thing {each}?") for each in range(3))
    wide = make_open_round(cast["ana"], crowd, questions=asked)
    page = as_("caro").get(f"/rounds/{wide.id}/answer").text
    assert (page.count('type="radio"'), page.count("data-room")) == (72, 3)


SMUDGED = {
    "a byte short": (lambda body: body[:-1], 400),
    "a byte long": (lambda body: body + b"\0", 413),
    "padded with something": (lambda body: body[:-1] + b"x", 400),
    "a forged signature": (lambda body: body[:60] + bytes([body[60] ^ 1]) + body[61:], 403),
    "another fingerprint": (lambda body: body[:310] + bytes([body[310] ^ 1]) + body[311:], 403),
}


@pytest.mark.parametrize(("smudge", "status"), SMUDGED.values(), ids=SMUDGED)
def test_what_is_no_ballot_is_refused_and_the_paper_stays_good(
    app: Flask, opened: Round, crowd: list[Person], smudge: Callable[[bytes], bytes], status: int
) -> None:
    receipt = take_paper(crowd[0], opened)
    body = body_of(opened, receipt, {"q1": 4})
    assert hand_in(app, opened, smudge(body)).status_code == status
    assert hand_in(app, opened, body).status_code == 204
    assert hand_in(app, opened, body).status_code == 409


@pytest.mark.parametrize(
    "answers", [{"q9": 4}, {"q1": 0}, {"q1": 6}, {"q1": "4"}, {"q1": True}, {"c1": 4}, {"c1": "x" * 601}]
)
def test_answers_to_what_was_not_asked_are_refused(
    app: Flask, opened: Round, crowd: list[Person], answers: dict[str, Any]
) -> None:
    receipt = take_paper(crowd[0], opened)
    assert hand_in(app, opened, body_of(opened, receipt, answers)).status_code == 400
    assert hand_in(app, opened, body_of(opened, receipt, {"c1": "x" * 600})).status_code == 204


def test_a_paper_of_another_round_is_refused_and_a_late_one_too(
    app: Flask, cast: dict[str, Person], opened: Round, crowd: list[Person]
) -> None:
    other = make_open_round(cast["ben"], [make_person(f"Other Member{each}") for each in range(9)])
    receipt = take_paper(crowd[0], opened)
    assert hand_in(app, other, body_of(other, receipt, {})).status_code == 403
    close(opened)
    assert hand_in(app, opened, body_of(opened, receipt, {})).status_code == 410


@pytest.mark.parametrize("header", [{"Cookie": "peerapp=x"}, {"Authorization": "Bearer x"}])
def test_a_ballot_that_says_who_sends_it_is_refused(
    app: Flask, opened: Round, crowd: list[Person], header: dict[str, str]
) -> None:
    body = body_of(opened, take_paper(crowd[0], opened), {})
    assert hand_in(app, opened, body, header).status_code == 400
    assert hand_in(app, opened, body).status_code == 204


@pytest.mark.parametrize(
    ("base_url", "trusted", "origins"),
    [
        ("http://localhost:8123", "", {"http://localhost:8123", "http://127.0.0.1:8123"}),
        ("https://peers.example.com", "peers.example.com", {"https://peers.example.com"}),
        ("https://a.example.com", "b.example.com,.c.example.com", {"https://a.example.com", "https://b.example.com"}),
    ],
)
def test_every_name_of_the_house_may_send_and_no_other(
    tmp_path: Path, base_url: str, trusted: str, origins: set[str]
) -> None:
    assert counting.origins_of(settings(tmp_path, "", base_url=base_url, trusted_hosts=trusted)) == origins


def hand_in(app: Flask, round_: Round, body: bytes, headers: dict[str, str] | None = None) -> TestResponse:
    return Client(app, use_cookies=False).post(f"/ballots/{round_.id}", data=body, headers=headers)

"""Attacks 19 and 20: marks smuggled into a comment, and what a log says when everything goes wrong."""

import json
import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from peerapp.ballotbox.app import BallotApp
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.store import Store
from peerapp.rules.ballot_text import normalised
from tests.ballotbox.kit import Clock, OpenRound, a_round

MARKS = ("\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\U000e0041", "  ", "\u00a0", "\u2009")
SAID = "Meetings that begin on time"


def mark(number: int) -> str:
    """The same words with a number in them that nobody sees: which marks stand between them."""
    words = SAID.split(" ")
    bits = [MARKS[number % len(MARKS)] if number >> at & 1 else "" for at in range(len(words) - 1)]
    return "".join(word + mark + " " for word, mark in zip(words, [*bits, ""], strict=True)).rstrip()


def told(box: Box, opened: OpenRound) -> list[str]:
    for number in range(10):
        assert box.count(opened.id, opened.body({"q1": 4, "c1": mark(number)})) is Verdict.COUNTED
    texts: list[str] = json.loads(box.collect(opened.id, opened.fingerprint.hex(), early=True).release)["comments"][0][
        "texts"
    ]
    return texts


def test_a_mark_that_nobody_sees_is_not_in_the_release(box: Box, opened: OpenRound) -> None:
    assert set(told(box, opened)) == {SAID}


def test_without_normalising_each_writer_is_told_apart(
    box: Box, opened: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerapp.rules.ballot.normalised", lambda text: text)
    assert len(set(told(box, opened))) > 5
    assert normalised(mark(7)) == SAID


class BrokenStore(Store):
    """Fails with the words of whoever was at it, as a careless driver does."""

    words = ""

    def writing(self) -> Any:
        if self.words:
            raise RuntimeError(self.words)
        return super().writing()


class Careless(BallotApp):
    """Writes what happened, as most frameworks do."""

    def _verdict(self, environ: Any) -> Any:
        try:
            return super()._verdict(environ)
        except Exception:
            logging.getLogger("careless").exception("a ballot could not be counted")
            raise


@pytest.mark.parametrize(("app", "is_told"), [(BallotApp, False), (Careless, True)])
def test_a_broken_box_says_nothing_of_the_ballot(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    app: type[BallotApp],
    is_told: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    clock = Clock()
    store, opened = BrokenStore(tmp_path / "broken.sqlite"), a_round()
    box = Box(store, clock)
    box.deposit(opened.text)
    store.words = "Ana said the secret word"

    answer = Client(app(box, clock, {"http://localhost"})).post(
        f"/{opened.id}", data=opened.body({"c1": "the secret word"})
    )

    out = capfd.readouterr()
    assert (answer.status_code, answer.data) == (503, b"")
    assert ("secret" in caplog.text + out.out + out.err) is is_told


Fault = Callable[[Box, OpenRound], object]


@pytest.mark.parametrize(
    "fault",
    [
        lambda box, opened: box.count(opened.id, opened.body({"c1": "secret"})[:-1]),
        lambda box, opened: box.count(opened.id, opened.body({"nothing": "secret"})),
        lambda box, opened: box.count(opened.id, opened.body({"c1": "secret " * 200})),
        lambda box, opened: box.collect(opened.id, "0" * 64, early=True),
    ],
    ids=["cut", "unknown question", "too long", "another manifest"],
)
def test_no_exception_carries_an_answer(
    box: Box, opened: OpenRound, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    box.count(opened.id, opened.body({"q1": 4, "c1": "secret"}))
    said = ""
    try:
        fault(box, opened)
    except Exception:  # noqa: BLE001 - whichever it is
        said = traceback.format_exc()
    assert "secret" not in said
    assert "secret" not in caplog.text

"""Attacks 21 and 22 on the browser as it is, and on one whose script lacks the wall: the same attack, twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

import peerapp
from peerapp import paper_keys
from peerapp.models import Person, Round
from peerapp.rules.manifest import Manifest, parse, text_of
from tests.browser.answering import Answering, answering
from tests.rounds import make_crowd, make_open_round

BrowserAs = Callable[..., Page]
Attack = Callable[[Answering, Round], bool]
WORDS = "Keep the thirty minutes."
SCRIPTS = Path(peerapp.__file__).parent / "static/js/answer"
ALL_WORDS = "[...document.querySelectorAll('textarea')].map((each) => each.value).join() + document.body.textContent"


def storage_holds_the_words(who: Answering, _opened: Round) -> bool:
    """21: somebody opens the same browser after an answer has been counted."""
    who.open().fill(words=WORDS).send().ends("counted")
    return WORDS in str(who.stored())


def the_page_kept_for_back_holds_the_words(who: Answering, _opened: Round) -> bool:
    """21: somebody goes back to a page that the browser kept as it was left."""
    who.open().fill(words=WORDS).look()
    who.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    return WORDS in who.page.evaluate(ALL_WORDS)


def another_key_is_taken(who: Answering, opened: Round) -> bool:
    """22: one person alone is given a key of her own, so that her paper can be told from all others."""
    theirs = paper_keys.modulus(paper_keys.new())
    shown = parse(opened.manifest)
    forged = text_of(replace_key(shown, theirs))
    who.page.route("**/manifest", lambda route: route.fulfill(body=forged))
    who.open().fill().look().button("send").click()
    who.page.locator('[data-panel="mismatch"]:visible, [data-panel="refused"]:visible').wait_for()
    return bool(who.writes())


def replace_key(shown: Manifest, key: bytes) -> Manifest:
    return replace(shown, parts=tuple(replace(each, key=key) for each in shown.parts))


@dataclass(frozen=True, slots=True)
class Wall:
    """A line of a script, and the attack that it holds off."""

    file: str
    line: str
    attack: Attack


WALLS = {
    "pending forgotten": Wall("sending.js", "drawer.forget(record.round);", storage_holds_the_words),
    "wiped when left": Wall(
        "page.js", 'addEventListener("pagehide", forgetAll);', the_page_kept_for_back_holds_the_words
    ),
    "fingerprint compared": Wall(
        "promise.js", 'hold(hexOf(await sha256(bytes)) === facts.fingerprint, "fingerprint");', another_key_is_taken
    ),
}


@pytest.fixture
def opened(live: Flask, people: dict[str, Person]) -> Round:
    return make_open_round(people["ana"], [people["caro"], *make_crowd(8)])


@pytest.mark.parametrize("name", WALLS)
def test_the_browser_holds_the_attack_off(browser_as: BrowserAs, opened: Round, name: str) -> None:
    assert not WALLS[name].attack(answering(browser_as, "caro", opened), opened)


@pytest.mark.parametrize("name", WALLS)
def test_a_browser_without_the_wall_gives_in(browser_as: BrowserAs, opened: Round, name: str) -> None:
    wall, who = WALLS[name], answering(browser_as, "caro", opened)
    source = (SCRIPTS / wall.file).read_text()
    assert source.count(wall.line) == 1

    def without(route: Route) -> None:
        route.fulfill(body=source.replace(wall.line, ";"), content_type="text/javascript")

    who.page.route(f"**/js/answer/{wall.file}", without)
    assert wall.attack(who, opened)

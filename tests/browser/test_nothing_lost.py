"""Two people type into the same session and the same goal for a while. The server is killed, the network goes, windows
are closed: at the end every character is there, once and in its order."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from peerapp import clock, create_app, migrate
from peerapp.db import db
from peerapp.models import Goal, NoteBlock, Person
from peerapp.rules import limits
from peerapp.rules.states import SessionState
from tests import cast as the_cast
from tests.clients import session_cookie
from tests.conftest import settings
from tests.factories import make_goal, make_pair, make_session
from tests.reliability.house import House, a_port, house

SECONDS, SECONDS_LONG = 60, 20 * 60
KILLS = 5
PAUSE = 500  # milliseconds between two rounds, so that what a session holds lasts for 20 minutes
DRAFT = 450  # milliseconds: the last second may be lost with the window, and this is less
PATIENCE = 30_000


class Typist:
    """One of the two: types on and on into the notes and, in another window, into a field of the goal."""

    def __init__(self, browser: Browser, base: str, cookie: str, scene: dict[str, Any], field: str) -> None:
        self.context = browser.new_context(base_url=base, locale="en-GB")
        self.context.add_cookies([{"name": "peerapp", "value": cookie, "url": base}])
        self.session, self.field, self.typed, self.said = scene["session"], field, "", ""
        self.notes, self.goal = self.context.new_page(), self.context.new_page()
        self.notes.goto(self.session)
        self.goal.goto(scene["goal"])

    def type(self, words: str) -> None:
        self.notes.get_by_label("Write a note").press("Control+End")
        self.notes.get_by_label("Write a note").press_sequentially(words)
        self.typed += words
        if len(self.said) + 2 > limits.GOAL_FIELD:
            return
        self.goal.get_by_label(self.field).press("Control+End")
        self.goal.get_by_label(self.field).press_sequentially(words[-2:])
        self.said += words[-2:]

    def add(self) -> None:
        """Finish a note, whatever becomes of it."""
        self.notes.get_by_label("Write a note").press("Control+Enter")

    def open_again(self) -> None:
        self.notes.wait_for_timeout(DRAFT)
        self.notes.close()
        self.notes = self.context.new_page()
        self.notes.goto(self.session)
        self.notes.wait_for_timeout(200)

    def finish(self) -> None:
        """Until everything is saved: the notes by themselves, the goal by its button."""
        expect(self.notes.get_by_text("Offline, retrying")).to_be_hidden(timeout=PATIENCE)
        if self.notes.get_by_label("Write a note").input_value():
            self.add()
        expect(self.notes.get_by_label("Write a note")).to_have_value("", timeout=PATIENCE)
        expect(self.notes.get_by_text("Kept on this computer")).to_be_hidden(timeout=PATIENCE)
        self.goal.get_by_role("button", name="Save").click()
        expect(self.goal.get_by_role("heading", name="Learn SQL")).to_be_visible()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Ana and Ben in a session that is under way, in a house of their own."""
    app: Flask = create_app(settings(tmp_path, f"sqlite:///{tmp_path}/peerapp.sqlite"))
    with app.app_context():
        migrate.to_newest()
        people: dict[str, Person] = the_cast.enter()
        pair = make_pair(people["ana"], people["ben"])
        goal = make_goal(pair, "Learn SQL", by=people["ana"])
        now = clock.now()
        session = make_session(pair, state=SessionState.RUNNING, planned_for=now - timedelta(minutes=10))
        db.session.commit()
        yield {
            "cookies": {name: session_cookie(app, people[name]) for name in ("ana", "ben")},
            "ids": {name: people[name].id for name in ("ana", "ben")},
            "session": f"/pairs/{pair.id}/sessions/{session.id}",
            "goal": f"/pairs/{pair.id}/goals/{goal.id}/edit",
            "url": f"sqlite:///{tmp_path}/peerapp.sqlite",
        }
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def served(scene: dict[str, Any], tmp_path: Path) -> Iterator[House]:
    db.session.remove()
    with house(tmp_path, scene["url"], threads=8) as own:
        yield own


def test_of_all_that_two_type_not_one_character_is_lost(
    scene: dict[str, Any], served: House, chromium: Browser, long: bool
) -> None:
    port, chance = a_port(), Random(7)
    served.start(port)
    base = f"http://127.0.0.1:{port}"
    two = {
        name: Typist(chromium, base, scene["cookies"][name], scene, field)
        for name, field in (("ana", "Why?"), ("ben", "What do you need for it?"))
    }
    end, lasts = monotonic() + (SECONDS_LONG if long else SECONDS), SECONDS_LONG if long else SECONDS
    kills = KILLS
    calamities = iter(["network", "window", "network", "sent"] * 1_000)
    number = 0
    while monotonic() < end:
        number += 1
        two["ana"].notes.wait_for_timeout(PAUSE)
        for name, typist in two.items():
            typist.type(f"{name[0]}{number}.")
        if kills and (end - monotonic()) / lasts < kills / (1 + KILLS):
            kills -= 1
            two["ana"].add()  # its answer may never arrive
            served.kill(port)
            for typist in two.values():
                typist.type(f"k{number}.")
            served.start(port)
        elif number % 3 == 0:
            befall(next(calamities), two, chance, number)
    for typist in two.values():
        typist.finish()
    assert kills == 0
    assert written(scene) == {name: typist.typed for name, typist in two.items()}
    assert said() == [two["ana"].said, two["ben"].said]
    for typist in two.values():
        typist.context.close()


def befall(what: str, two: dict[str, Typist], chance: Random, number: int) -> None:
    typist = two[chance.choice(["ana", "ben"])]
    if what == "network":
        typist.context.set_offline(True)
        typist.type(f"o{number}.")
        typist.context.set_offline(False)
    elif what == "window":
        typist.open_again()
    else:
        typist.add()


def written(scene: dict[str, Any]) -> dict[str, str]:
    """What each wrote, from the first note to the last."""
    db.session.rollback()
    notes = db.session.execute(select(NoteBlock.author_id, NoteBlock.body).order_by(NoteBlock.position)).all()
    return {name: "".join(body for author, body in notes if author == own) for name, own in scene["ids"].items()}


def said() -> list[str]:
    db.session.rollback()
    goal = db.session.scalars(select(Goal)).one()
    return [goal.why, goal.need]

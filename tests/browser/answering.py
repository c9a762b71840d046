"""Somebody who answers a round in a browser, as a person would: tick, write, look at it, send."""

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Page, Request, expect

from peerapp.actions import closing
from peerapp.db import db
from peerapp.models import Person, Round

BrowserAs = Callable[..., Page]


@dataclass
class Answering:
    """One person's page on the answer form, and everything that it asked the server for."""

    page: Page
    path: str
    sent: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.sent.append(request))  # noqa: PLW0108 - Playwright marks its listeners, and a builtin cannot be marked

    def open(self) -> "Answering":
        self.page.goto(self.path)
        expect(self.button("preview")).to_be_enabled()
        return self

    def button(self, name: str) -> Any:
        return self.page.locator(f'[data-panel]:not([hidden]) button[data-do="{name}"]')

    def panel(self, name: str) -> Any:
        return self.page.locator(f'[data-panel="{name}"]')

    def fill(self, *, levels: tuple[str, ...] = ("Agree", "Disagree"), words: str = "") -> "Answering":
        for number, level in enumerate(levels):
            self.page.locator(".question .scale").nth(number * 2).get_by_text(level, exact=True).click()
        if words:
            self.page.locator(".question textarea").fill(words)
        return self

    def look(self) -> "Answering":
        self.button("preview").click()
        expect(self.panel("preview")).to_be_visible()
        return self

    def send(self) -> "Answering":
        self.look()
        self.button("send").click()
        return self

    def ends(self, panel: str) -> "Answering":
        expect(self.panel(panel)).to_be_visible(timeout=15_000)
        return self

    def stored(self) -> dict[str, str]:
        """All that this browser keeps, but for the number that drafts tell windows apart by."""
        found: dict[str, str] = self.page.evaluate("({ ...localStorage, ...sessionStorage })")
        return {name: value for name, value in found.items() if name != "peerappWindow"}

    def writes(self) -> list[Request]:
        """But for what is said when the form opens, whatever is done there: that its notice is read."""
        return [each for each in self.sent if each.method == "POST" and not each.url.endswith("/notices/opened")]


def answering(browser_as: BrowserAs, name: str, round_: Round, **options: Any) -> Answering:
    return Answering(browser_as(name, **options), f"/rounds/{round_.id}/answer")


def close_early(live: Flask, owner: Person, round_: Round) -> None:
    """As its owner does: in a context of its own, for the test's only reads (conftest.py)."""
    who, which = owner.id, round_.id
    db.session.commit()

    def close() -> None:
        with live.app_context():
            assert closing.close_early(db.session.get_one(Person, who), which) is None

    Context().run(close)
    db.session.expire_all()


def enter_crowd(people: dict[str, Person], crowd: list[Person]) -> list[str]:
    """Let these people sign in by a name of their own."""
    names = [f"crowd{number}" for number in range(len(crowd))]
    people.update(zip(names, crowd, strict=True))
    return names

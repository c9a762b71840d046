"""What the tests of this folder share: a settable clock, letters, and the settings of the mail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Letter

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    own = Clock()
    monkeypatch.setattr(clock, "now", own.now)
    return own


@pytest.fixture
def mail_to(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the app send its mail to this `mail_url`."""

    def use(mail_url: str) -> None:
        own = replace(app.config["PEERAPP"], mail_url=mail_url, base_url="https://peers.example.com")
        monkeypatch.setitem(app.config, "PEERAPP", own)

    return use


@pytest.fixture
def letter(app: Flask, time: Clock) -> Iterator[Callable[..., Letter]]:
    """Put a letter into the outbox."""

    def put(
        address: str = "ben@example.com", subject: str = "A session is planned", body: str = "Hello Ben,\n"
    ) -> Letter:
        row = Letter(address=address, subject=subject, body=body, made_at=time.now(), due_at=time.now())
        db.session.add(row)
        db.session.commit()
        return row

    return put


def the_letter() -> Letter:
    """The one letter there is, as the database has it."""
    db.session.expire_all()
    found = db.session.scalars(select(Letter)).one()
    db.session.commit()
    return found

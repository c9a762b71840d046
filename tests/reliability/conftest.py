"""What the tests of this folder share: a settable clock, letters, and the settings of the mail."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, select, text

from peerapp import clock, create_app
from peerapp.db import db
from peerapp.models import Letter
from tests.clients import PeerClient
from tests.conftest import settings

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


@contextmanager
def new_database_of(kind: str, folder: Path, request: pytest.FixtureRequest, like: str = "") -> Iterator[str]:
    """The URL of a database that nobody has touched, or of a copy of the one `like` names (nobody may be in it)."""
    name = f"test_{uuid4().hex}"
    if kind == "sqlite":
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), folder / f"{name}.sqlite")
        yield f"sqlite:///{folder}/{name}.sqlite"
        return
    server = make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {make_url(like).database}" if like else "")))
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def app_on(url: str, folder: Path) -> Iterator[Flask]:
    """An app on this database, in its own context."""
    folder.mkdir(exist_ok=True)
    app = create_app(settings(folder, url))
    app.test_client_class = PeerClient
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def new_app(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An app on a database that nobody has touched."""
    with new_database_of(database_kind, tmp_path, request) as url, app_on(url, tmp_path) as app:
        yield app


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

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
from sqlalchemy import NullPool, create_engine, make_url, select, text

from peerapp import clock, create_app, migrate
from peerapp.db import db
from peerapp.models import Letter
from tests.clients import PeerClient
from tests.conftest import settings
from tests.reliability.postgres import Server, own_server

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
    if kind == "postgresql":
        with new_database_at(request.getfixturevalue("postgresql"), like) as url:
            yield url
        return
    file = folder / f"{uuid4().hex}.sqlite"
    if like:
        shutil.copy(like.removeprefix("sqlite:///"), file)
    yield f"sqlite:///{file}"


@contextmanager
def new_database_at(server: str, like: str = "") -> Iterator[str]:
    """The same on this PostgreSQL server."""
    there, name = make_url(server).set(drivername="postgresql+psycopg"), f"test_{uuid4().hex}"
    engine = create_engine(there, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {make_url(like).database}" if like else "")))
    try:
        yield there.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that tests may treat badly: nobody else is on it."""
    with own_server() as own:
        yield own


@pytest.fixture
def app_there(server: Server, tmp_path: Path) -> Iterator[Flask]:
    """An app on a server that the test may treat badly."""
    with new_database_at(server.url) as url, app_on(url, tmp_path) as app:
        migrate.to_newest()
        yield app


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

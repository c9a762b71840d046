"""Our app, filled to be measured, and the requests that Ana's browser would make."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from peerapp import create_app, migrate
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import Goal, Pair, Person, Session
from tests.bench import data, rounds
from tests.bench.measure import Subject, caller, environ
from tests.bench.subjects import Page
from tests.clients import session_cookie
from tests.statements import counted

SECRET = "a secret key that is long enough to measure with"


@dataclass(frozen=True)
class House:
    """The app with the session cookie of Ana and the ids she uses."""

    app: Flask
    cookie: str
    ids: Mapping[str, str]

    def subject(self, page: Page) -> Subject:
        """One request for this page."""
        headers = list(page.headers.items())
        if page.unchanged:
            headers.append(("HX-PTag", self._tag(page)))
        prepared = environ(self.app, self.cookie, self.path(page), headers)
        return Subject(
            caller(self.app, prepared, 304 if page.unchanged else 200), self._change if page.changes else None
        )

    def path(self, page: Page) -> str:
        return page.path.format(**self.ids)

    def statements(self, page: Page) -> int:
        call = self.subject(page).call
        with self.app.app_context(), counted() as sent:
            call()
        return len(sent)

    def _tag(self, page: Page) -> str:
        """The tag that the page hands out for its next check."""
        client = self.app.test_client()
        client.set_cookie("peerapp", self.cookie.removeprefix("peerapp="))
        return client.get(self.path(page), headers=dict(page.headers)).headers["HX-PTag"]

    def _change(self) -> None:
        """Somebody changed something of the pair a moment ago."""
        with self.app.app_context():
            this = Pair.id == UUID(self.ids["pair"])
            db.session.execute(update(Pair).where(this).values(version=Pair.version + 1))
            db.session.commit()


def make(goals: int, sessions: int, people: int, shown: int = 30, answers: int = 60) -> House:
    """A new database in a folder of its own, with so many of everything; Ana reads releases of so many answers."""
    folder = Path(tempfile.mkdtemp(prefix="peerapp-bench-"))
    app = create_app(Config(instance=folder, database_url=f"sqlite:///{folder}/p.sqlite", secret_key=SECRET))
    with app.app_context():
        migrate.to_newest()
        ana, pair = data.fill(goals, sessions, people, shown=shown)
        ids = {"pair": pair.id, "goal": _one(Goal.id, Goal.pair_id == pair.id), "release": rounds.fill(ana, answers)}
        ids |= {
            "person": _one(Person.id, Person.name == "Ben Okafor"),
            "session": _one(Session.id, Session.number == 1),
            "asked": rounds.ask(ana),
        }
        cookie = session_cookie(app, ana)
        db.session.commit()
    return House(app, f"peerapp={cookie}", {name: str(value) for name, value in ids.items()})


def _one(column: Any, *where: Any) -> Any:
    return db.session.scalars(db.select(column).where(*where).limit(1)).one()

"""How is this installation doing? Only about the machine: nothing about any pair."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from peerapp import migrate
from peerapp.db import db
from peerapp.models import Lease, Letter
from peerapp.queries import accounts
from peerapp.rules.sqlite_versions import has_wal_reset_bug

TICK, BACKUP = "tick", "backup"


@dataclass(frozen=True, slots=True)
class Database:
    """`kind` is SQLite or PostgreSQL; `present` and `newest` are revisions of the schema."""

    kind: str
    version: str
    present: str
    newest: str

    @property
    def is_risky(self) -> bool:
        return self.kind == "SQLite" and has_wal_reset_bug(self.version)

    @property
    def is_current(self) -> bool:
        return self.present == self.newest


@dataclass(frozen=True, slots=True)
class Outbox:
    """Letters that wait and letters that could not be sent, with what the server said last."""

    waiting: int
    given_up: int
    last_problem: str


@dataclass(frozen=True, slots=True)
class System:
    """All that the administrator's page shows."""

    database: Database
    outbox: Outbox
    last_tick: datetime | None
    last_backup: datetime | None
    people: int
    sign_ins: int


def system() -> System:
    return System(
        database=database(),
        outbox=outbox(),
        last_tick=last_done(TICK),
        last_backup=last_done(BACKUP),
        people=accounts.number_of_people(),
        sign_ins=accounts.number_of_sign_ins(),
    )


def database() -> Database:
    if db.engine.dialect.name == "sqlite":
        kind, ask = "SQLite", "SELECT sqlite_version()"
    else:
        kind, ask = "PostgreSQL", "SHOW server_version"
    version = str(db.session.scalar(text(ask))).split(" ")[0]
    return Database(kind, version, migrate.present(), migrate.newest())


def outbox() -> Outbox:
    waiting = select(func.count()).where(Letter.sent_at.is_(None), Letter.given_up_at.is_(None))
    given_up = select(func.count()).where(Letter.given_up_at.is_not(None))
    problem = (
        select(Letter.last_problem)
        .where(Letter.last_problem != "", Letter.sent_at.is_(None))
        .order_by(Letter.due_at.desc())
    )
    return Outbox(
        db.session.scalar(waiting) or 0, db.session.scalar(given_up) or 0, db.session.scalar(problem.limit(1)) or ""
    )


def last_done(job: str) -> datetime | None:
    """When a recurring job last ran through."""
    return db.session.scalar(select(Lease.done_at).where(Lease.job == job))

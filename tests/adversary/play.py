"""Whole rounds, played: some people, answers drawn by a seed, a schedule by chance, a backup every night.

Half of the people answer one way and half the other, so a coin is right half of the time whatever the release says.
"""

import json
import logging
import random
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import time_machine
from flask import Flask
from sqlalchemy import inspect, select, text

from peerapp import clock, counting, create_app, migrate, paper_keys
from peerapp.actions import closing
from peerapp.backup import writing
from peerapp.backup.manifest import file_of
from peerapp.ballotbox.app import BallotApp
from peerapp.ballotbox.box import Box
from peerapp.ballotbox.store import Store
from peerapp.db import db
from peerapp.models import Person, Round, RoundKey, RoundRelease
from peerapp.rules import publication
from peerapp.rules.blind_signature import SigningKey
from peerapp.rules.questions import Kind, Question
from tests.adversary.evidence import RAIN, SUN, Evidence, File, Guesses, Night, Request
from tests.adversary.proxy import Proxy, answer_over_http, browser
from tests.clients import PeerClient
from tests.conftest import settings
from tests.factories import make_person
from tests.rounds import make_open_round

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = 6
QUESTIONS = (
    Question("q1", Kind.AGREEMENT, "It works."),
    Question("q2", Kind.AGREEMENT, "It helps."),
    Question("c1", Kind.COMMENT, "One thing to keep."),
    Question("c2", Kind.COMMENT, "One thing to try."),
)
Wsgi = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """The house as it is, or broken in one place on purpose."""

    box: Callable[[Path], Box] = lambda path: Box(Store(path), clock.now)
    ballots: Callable[[Box], Wsgi] = lambda box: BallotApp(box, clock.now, {"http://localhost"})
    wire: Callable[[bytes], bytes] = bytes  # what the browser makes of the body
    copies_the_box_at_night: bool = False
    says_in_the_log: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered."""

    bit: int
    keep: str
    try_: str


@dataclass
class Played:
    """One round: who is on its roll, what each of them answered, who knows."""

    id: UUID
    roll: Sequence[UUID]
    said: Mapping[str, Said]

    @property
    def keep_tokens(self) -> set[bytes]:
        return {each.keep.split(" ")[1].encode() for each in self.said.values()}

    def hits(self, guesses: Guesses) -> int:
        return sum(guesses.get(user) == said.bit for user, said in self.said.items())


@dataclass
class World:
    """An installation of its own, in a folder of its own."""

    app: Flask
    folder: Path
    variant: Variant
    chance: random.Random
    proxy: list[Request] = field(default_factory=list)
    nights: list[Night] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    secrets: dict[str, bytes] = field(default_factory=dict)
    played: list[Played] = field(default_factory=list)
    opens: datetime = MONDAY  # the next round, when the last one is over
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10_000, 99_999)))

    def play(
        self, people: int, days: int = 7, staying_away: int = 0, *, nights: bool = True, one_a_day: bool = False
    ) -> Played:
        """One round with so many answers, an even number; more are asked and stay away."""
        opens = self.opens
        with time_machine.travel(opens, tick=False) as traveller:
            owner = make_person(f"Owner {next(self.numbers)}")
            crowd = [make_person(f"Member {next(self.numbers)}") for _each in range(people + staying_away)]
            opened = make_open_round(
                owner, crowd, questions=QUESTIONS, title="Round", closes_at=opens + timedelta(days=days)
            )
            self._steal(opened.id)
            roll, closes_at = [each.id for each in crowd], opened.closes_at
            answering = roll[:people]
            said = self._answers(answering)
            played = Played(opened.id, roll, said)
            for moment, who in self._schedule(opens, days if nights else 0, self._moments(days, answering, one_a_day)):
                traveller.move_to(moment)
                if who is None:
                    self._backup()
                else:
                    self._answer(who, played.id, said[str(who)], traveller.shift)
            traveller.move_to(closes_at + timedelta(minutes=1))
            closing.close_where_due(clock.now())
            if nights:
                self._backup()
        self.played.append(played)
        self.opens = closes_at + timedelta(days=1)
        return played

    def evidence(self) -> Evidence:
        """Taken when all is over, from outside."""
        db.session.remove()
        released = db.session.execute(select(RoundRelease.round_id, RoundRelease.text))
        releases = dict(released.all())
        tables = _tables()
        db.session.remove()
        return Evidence(
            files=_files(self.folder),
            tables=tables,
            nights=self.nights,
            logs=self.logs,
            secrets=self.secrets | {"secret_key": self.app.config["SECRET_KEY"].encode()},
            proxy=self.proxy,
            releases=releases,
            papers={each: publication.parse(release).papers or 0 for each, release in releases.items()},
        )

    def _answers(self, people: Sequence[UUID]) -> dict[str, Said]:
        bits = [SUN, RAIN] * (len(people) // 2)
        self.chance.shuffle(bits)
        numbers = self.chance.sample(range(10_000, 99_999), 2 * len(people))
        return {
            str(person): Said(bit, f"keep {keep} {'sun' if bit else 'rain'}", f"try {try_}")
            for person, bit, keep, try_ in zip(people, bits, numbers[::2], numbers[1::2], strict=True)
        }

    def _moments(self, days: int, people: Sequence[UUID], one_a_day: bool) -> list[tuple[timedelta, UUID]]:
        if one_a_day:
            return [(timedelta(days=day, hours=1), person) for day, person in enumerate(people)]
        seconds = self.chance.sample(range(5, days * 86_400 - 120, 120), len(people))  # an answer takes 90 of them
        return [(timedelta(seconds=each), person) for each, person in zip(seconds, people, strict=True)]

    def _schedule(
        self, opens: datetime, nights: int, moments: list[tuple[timedelta, UUID]]
    ) -> list[tuple[datetime, UUID | None]]:
        """Who answers when, and a backup at two o'clock."""
        answering: list[tuple[datetime, UUID | None]] = [(opens + after, person) for after, person in moments]
        backups = [(opens.replace(hour=2, minute=0) + timedelta(days=night), None) for night in range(1, nights)]
        return sorted([*answering, *backups], key=lambda each: each[0])

    def _answer(self, who: UUID, round_id: UUID, said: Said, wait: Callable[[timedelta], object]) -> None:
        person, opened = db.session.get_one(Person, who), db.session.get_one(Round, round_id)
        levels: dict[str, int | str] = {"q1": 5 if said.bit else 1, "q2": 1 if said.bit else 5}
        answers = levels | {"c1": said.keep, "c2": said.try_}
        answer_over_http(browser(self.app, person), person, opened, answers, wire=self.variant.wire, wait=wait)
        if self.variant.says_in_the_log:
            logging.getLogger("broken").warning("%s said %s", clock.now(), said.keep)

    def _steal(self, round_id: UUID) -> None:
        for part, key in db.session.execute(
            select(RoundKey.part, RoundKey.private_key).where(RoundKey.round_id == round_id)
        ):
            self.secrets[f"{round_id} {part}"] = key
        db.session.commit()

    def _backup(self) -> None:
        path = self.folder.parent / f"backup-{len(self.nights)}.zip"
        db.session.remove()
        writing.write(path)
        box = [each for each in _files(self.folder) if each.name.startswith("ballots")]
        self.nights.append(Night(clock.now(), _read(path), box if self.variant.copies_the_box_at_night else ()))
        path.unlink()


@contextmanager
def world(folder: Path, url: str, seed: object, variant: Variant = Variant()) -> Iterator[World]:
    """An installation with this variant of the box, keys from a pool of real ones, and everything that is said heard."""
    instance = folder / "instance"
    instance.mkdir()
    app = create_app(settings(instance, url.format(folder=instance)))
    box = variant.box(counting.file_of(app.config["PEERAPP"]))
    app.extensions["ballotbox"] = box
    app.wsgi_app.mounts[counting.PREFIX] = variant.ballots(box)  # type: ignore[attr-defined]  # the dispatcher
    made = World(app, instance, variant, random.Random(str(seed)))
    app.test_client_class = PeerClient
    app.extensions["first_run_is_over"] = True
    app.wsgi_app = Proxy(app.wsgi_app, made.proxy)  # type: ignore[method-assign]  # Flask's documented way
    listener = _Listener(made.logs)
    logging.getLogger().addHandler(listener)
    before, paper_keys.new = paper_keys.new, lambda: _key(made.chance.randrange(KEYS))  # real keys; making one is slow
    try:
        with app.app_context():
            migrate.to_newest()
            yield made
            db.session.remove()
            db.engine.dispose()
    finally:
        paper_keys.new = before
        logging.getLogger().removeHandler(listener)


@cache
def _key(number: int) -> SigningKey:
    return _make()


_make = paper_keys.new


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(self.format(record))


def _files(folder: Path) -> list[File]:
    """Read by another process: to open and close a database file here would drop SQLite's locks."""
    paths = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    return [
        File(
            each.relative_to(folder).as_posix(),
            subprocess.run(["cat", each], check=True, capture_output=True).stdout,
            each.stat().st_mtime,
        )
        for each in paths
    ]


def _tables() -> dict[str, list[dict[str, Any]]]:
    hidden = "ctid::text, xmin::text, " if db.engine.dialect.name == "postgresql" else ""
    quote = db.engine.dialect.identifier_preparer.quote
    found = {}
    for name in inspect(db.session.connection()).get_table_names():
        rows = db.session.execute(text(f"SELECT {hidden}* FROM {quote(name)}")).mappings()
        found[name] = [dict(row) for row in rows]
    return found


def _read(path: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        return {
            name: [
                dict(zip(table["columns"], json.loads(line), strict=True))
                for line in archive.read(file_of(name)).splitlines()
            ]
            for name, table in manifest["tables"].items()
        }

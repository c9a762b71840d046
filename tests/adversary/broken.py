"""The house with one wall taken out, so that each attack is seen to succeed where it may."""

import json
import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from peerapp import clock
from peerapp.ballotbox.app import BallotApp, Environ, StartResponse
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.store import DRIVER, PRAGMAS, Connection, Store
from peerapp.rules.ballot import SIZE, parse
from tests.adversary.play import Variant


class RowBox(Box):
    """Keeps a row for each answer sheet, numbered, as every survey tool does."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, clock.now)
        with store.writing() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS sheet (id INTEGER PRIMARY KEY AUTOINCREMENT, round_id TEXT, said TEXT)"
            )

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        with self._store.writing() as connection:
            connection.execute("INSERT INTO sheet (round_id, said) VALUES (?, ?)", (round_id, json.dumps(answers)))
        return super()._enter(round_id, part, serial, answers)


class DatedBox(Box):
    """Keeps a row for each answer sheet under a random key, with the time."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, clock.now)
        with store.writing() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS dated (key TEXT PRIMARY KEY, said TEXT, at TEXT) WITHOUT ROWID"
            )

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        with self._store.writing() as connection:
            row = (serial, json.dumps(answers), clock.now().isoformat())
            connection.execute("INSERT INTO dated VALUES (?, ?, ?)", row)
        return super()._enter(round_id, part, serial, answers)


class LevelBox(Box):
    """Keeps a numbered and dated row for each answer sheet, with its levels only: no word that one could look for."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, clock.now)
        with store.writing() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS sheet"
                " (id INTEGER PRIMARY KEY AUTOINCREMENT, round_id TEXT, said TEXT, at TEXT)"
            )

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        levels = json.dumps({name: said for name, said in answers.items() if isinstance(said, int)})
        with self._store.writing() as connection:
            row = (round_id, levels, clock.now().isoformat())
            connection.execute("INSERT INTO sheet (round_id, said, at) VALUES (?, ?, ?)", row)
        return super()._enter(round_id, part, serial, answers)


class AppendingBox(Box):
    """Writes each comment behind the last one, and throws the list away at the end: the bytes stay."""

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        verdict = super()._enter(round_id, part, serial, answers)
        path = self._store.path.with_name("ballots.list")
        with path.open("a") as file:
            file.write(json.dumps(answers) + "\n")
        return verdict


class FileBox(Box):
    """Keeps a file for each ballot."""

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        path = self._store.path.with_name(f"{serial}.json")
        path.write_text(json.dumps(answers))
        now = clock.now().timestamp()
        os.utime(path, (now, now))
        return super()._enter(round_id, part, serial, answers)


class WalStore(Store):
    """A write-ahead log that is never folded back, because somebody has the file open."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._held = self._connect()
        self._held.execute("SELECT count(*) FROM box").fetchone()

    def _connect(self) -> Connection:
        connection = DRIVER.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "wal_autocheckpoint=0", *PRAGMAS[1:]):
            connection.execute(f"PRAGMA {pragma}")
        return connection


class Unpadded(BallotApp):
    """Takes a body of any length."""

    def _refusal(self, environ: Environ) -> Any:
        return None

    def _verdict(self, environ: Environ) -> Any:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).ljust(SIZE, b"\0")
        self._box.count(UUID(environ["PATH_INFO"].removeprefix("/")), body)
        return 204

    def _status(self, environ: Environ) -> Any:
        return _Status(self._verdict(environ))


class Echoing(BallotApp):
    """Says in a header what it has counted, as a helpful program does."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(SIZE)
        environ["wsgi.input"] = BytesIO(body)

        def started(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, ("X-Counted", parse(body).answers["c1"])])

        return super().__call__(environ, started)


class _Status(int):
    value = property(int)
    phrase = "No Content"


def _unpadded(body: bytes) -> bytes:
    return body.rstrip(b"\0")


ROWS = Variant(box=lambda path: RowBox(Store(path)))
DATED = Variant(box=lambda path: DatedBox(Store(path)))
APPENDED = Variant(box=lambda path: AppendingBox(Store(path), clock.now))
FILES = Variant(box=lambda path: FileBox(Store(path), clock.now))
WAL = Variant(box=lambda path: Box(WalStore(path), clock.now))
UNPADDED = Variant(ballots=lambda box: Unpadded(box, clock.now, {"http://localhost"}), wire=_unpadded)
LEVELS = Variant(box=lambda path: LevelBox(Store(path)))
ECHOED = Variant(ballots=lambda box: Echoing(box, clock.now, {"http://localhost"}))
COPIED = Variant(copies_the_box_at_night=True)
TALKATIVE = Variant(says_in_the_log=True)
UNSHUFFLED = Variant(box=lambda path: Box(Store(path), clock.now, shuffle=lambda texts: None))

__all__ = [
    "APPENDED",
    "COPIED",
    "DATED",
    "ECHOED",
    "FILES",
    "LEVELS",
    "ROWS",
    "TALKATIVE",
    "UNPADDED",
    "UNSHUFFLED",
    "WAL",
]

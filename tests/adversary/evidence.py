"""What an attack is given once a round has closed: everything that anybody could have kept, but for the answers."""

import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

TOKEN = re.compile(rb"keep (\d{5}) (sun|rain)")  # every comment says which of the two its writer answered
SUN, RAIN = 1, 0


@dataclass(frozen=True, slots=True)
class Request:
    """A line in the log of the proxy. `user` is empty where the request carried no cookie."""

    at: datetime
    user: str
    method: str
    path: str
    status: int
    length: int
    answer_length: int


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lay on the disk; `at` is its last change, seconds."""

    name: str
    data: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Night:
    """A backup as documented: its tables; and the other files that whoever broke the rules copied as well."""

    at: datetime
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    copied: Sequence[File] = ()


@dataclass
class Evidence:
    """`tables`: of the main database in the order in which it keeps them, with every column it has, its own included."""

    files: Sequence[File]
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    nights: Sequence[Night]
    logs: Sequence[str]
    secrets: Mapping[str, bytes]
    proxy: Sequence[Request]
    releases: Mapping[UUID, str] = field(default_factory=dict)
    papers: Mapping[UUID, int] = field(default_factory=dict)

    def order(self, round_id: UUID) -> list[str]:
        """Who took a paper, one after the other; each put it in a moment later."""
        path = f"/rounds/{round_id}/paper"
        return [each.user for each in self.proxy if each.path == path and each.status == 200]

    def everybody(self) -> list[str]:
        """The same over all rounds."""
        return [
            each.user for each in self.proxy if re.fullmatch(r"/rounds/[^/]+/paper", each.path) and each.status == 200
        ]

    def every_table(self) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
        """Of both databases, with at least two rows."""
        box = next((tables_of(each) for each in self.files if each.name == "ballots.sqlite"), {})
        yield from ((name, rows) for name, rows in {**box, **self.tables}.items() if len(rows) > 1)

    def before_ballots(self, round_id: UUID, step: str) -> list[Request]:
        """The last request whose path ends so before each paper of the round was taken; "paper" is the paper itself."""
        path, last, found = f"/rounds/{round_id}/paper", {}, []
        for each in self.proxy:
            last[each.path.rpartition("/")[2]] = each
            if each.path == path and each.status == 200 and step in last:
                found.append(last[step])
        return found

    def ballots(self, round_id: UUID) -> list[Request]:
        """The ballots, in the order in which they came in."""
        return [each for each in self.proxy if each.path == f"/ballots/{round_id}" and each.status == 204]


Guesses = dict[str, int]  # user -> SUN or RAIN
Attack = Callable[[Evidence, UUID], Guesses]


def zipped(order: Sequence[str], bits: Sequence[int], seed: object = 0) -> Guesses:
    """The first who came gets the first answer; a coin where one of the two is unknown."""
    coin = random.Random(str(seed))
    return {user: bits[number] if number < len(bits) else coin.randrange(2) for number, user in enumerate(order)}


def tokens(data: bytes) -> list[tuple[bytes, int]]:
    """Every comment in here, in its order, once: its number and what it says."""
    found: dict[bytes, int] = {}
    for match in TOKEN.finditer(data):
        found.setdefault(match[1], SUN if match[2] == b"sun" else RAIN)
    return list(found.items())


def bits_of(data: bytes, round_tokens: Iterable[bytes]) -> list[int]:
    """What the comments of one round say, in the order in which they stand here."""
    known = set(round_tokens)
    return [bit for number, bit in tokens(data) if number in known]


def tables_of(file: File) -> dict[str, list[dict[str, Any]]]:
    """A SQLite file as a database: every table with all its columns, and the row id where it has one."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(file.data)
        connection.row_factory = sqlite3.Row
        made = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
        ).fetchall()
        return {
            name: [
                dict(row)
                for row in connection.execute(f"SELECT {'' if 'WITHOUT ROWID' in sql else 'rowid, '}* FROM {name}")
            ]
            for name, sql in made
        }

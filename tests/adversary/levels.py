"""Levels without a word beside them: can any column, read in any order, or any file tell who gave which?

Every way of reading is tried, over all rounds at once, and the best one counts: whoever reads is as lucky as can be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tests.adversary.chance import ALPHA, p_value
from tests.adversary.evidence import RAIN, SUN, Evidence, File, Guesses, zipped

Row = Mapping[str, Any]
Ways = Iterator[tuple[str, Guesses]]
LEVEL = re.compile(
    rb"q1\W{1,5}([15])(?![\d\"])"
)  # in JSON, in Python or with a comma between, as somebody would keep it
PAGE = 4_096


def by_order(evidence: Evidence) -> Ways:
    """1 and 4: what each column says, in the order of the table and of each of its columns, against the log."""
    for name, rows in evidence.every_table():
        for users, own in _of_rounds(evidence, rows):
            if len(own) == len(users) > 1:
                for said, bits in _bits_of_columns(own):
                    for by, order in _orders(own):
                        yield f"{name}.{said} by {by}", zipped(users, [bits[number] for number in order])


def by_person(evidence: Evidence) -> Ways:
    """What each column says in the rows that name a person."""
    users = set(evidence.everybody())
    for name, rows in evidence.every_table():
        named = [(who, row) for row in rows for who in map(str, row.values()) if who in users]
        if len(named) > 1:
            for said, bits in _bits_of_columns([row for _who, row in named]):
                yield f"{name}.{said}", {who: bit for (who, _row), bit in zip(named, bits, strict=True)}


def by_bytes(evidence: Evidence) -> Ways:
    """2, 3 and 20: levels in the raw bytes of a file or of the logs; also backwards page by page, as SQLite fills them."""
    everybody, logs = evidence.everybody(), "\n".join(evidence.logs).encode()
    for each in (*evidence.files, File("logs", logs, 0)):
        pages = [each.data[start : start + PAGE] for start in range(0, len(each.data), PAGE)]
        found = {"forwards": _levels(each.data), "backwards": _levels(each.data)[::-1]}
        found["page by page"] = [bit for page in pages for bit in _levels(page)[::-1]]
        for way, bits in found.items():
            if len(bits) == len(everybody):
                yield f"{each.name} {way}", zipped(everybody, bits)


def best(ways: Iterable[tuple[str, Guesses]], truth: Guesses) -> tuple[str, float]:
    """The way that hits most, or misses most, which is as good; and how likely chance alone finds one like it."""
    tried = [(name, sum(guesses.get(who) == bit for who, bit in truth.items())) for name, guesses in ways]
    if not tried:
        return "none", 1.0
    name, hits = max(tried, key=lambda way: max(way[1], len(truth) - way[1]))
    return name, min(1.0, 2 * len(tried) * p_value(max(hits, len(truth) - hits), len(truth)))


def is_linked(found: tuple[str, float]) -> bool:
    return found[1] < ALPHA


def _levels(data: bytes) -> list[int]:
    return [SUN if match[1] == b"5" else RAIN for match in LEVEL.finditer(data)]


def _of_rounds(evidence: Evidence, rows: Sequence[Row]) -> Iterator[tuple[list[str], Sequence[Row]]]:
    """The rows of all rounds, with everybody; where they name their round, round by round as well."""
    yield evidence.everybody(), rows
    texts = [str(dict(row)) for row in rows]
    named = [
        (users, [row for row, text in zip(rows, texts, strict=True) if str(round_id) in text])
        for round_id in evidence.releases
        if (users := evidence.order(round_id))
    ]
    if named and all(len(own) == len(users) for users, own in named):
        yield [who for users, _own in named for who in users], [row for _users, own in named for row in own]


def _bits_of_columns(rows: Sequence[Row]) -> Iterator[tuple[str, list[int]]]:
    """Each column that says two things at least: levels in it, or whether it is above its middle."""
    for name in rows[0]:
        found = [_levels(str(row[name]).encode()) for row in rows]
        numbers = [each[0] if each else _number(row[name]) for each, row in zip(found, rows, strict=True)]
        if len(set(numbers)) > 1:
            middle = (min(numbers) + max(numbers)) / 2
            yield name, [int(number > middle) for number in numbers]


def _number(value: Any) -> float:
    """Of a time its second, of a text its length."""
    if isinstance(value, date):
        return float(value.toordinal()) if not hasattr(value, "timestamp") else value.timestamp()
    return float(value) if isinstance(value, int | float) else float(len(str(value)))


def _orders(rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[int]]]:
    places = range(len(rows))
    yield "place", places
    for name in rows[0]:
        values = [row[name] for row in rows]
        is_plain = all(isinstance(each, int | float) for each in values)
        yield name, sorted(places, key=(values if is_plain else [*map(str, values)]).__getitem__)

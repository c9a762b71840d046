"""Attacks 1 to 7: from what was kept, who said what? Each takes the evidence and guesses for everybody who answered."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from tests.adversary.evidence import RAIN, SUN, Attack, Evidence, File, Guesses, bits_of, tables_of, tokens, zipped

Row = Mapping[str, Any]


def text_of(row: Row) -> bytes:
    return str(dict(row)).encode()


def texts_of(rows: Iterable[Row]) -> bytes:
    return b"\n".join(map(text_of, rows))


def _round_tokens(evidence: Evidence, round_id: UUID) -> set[bytes]:
    """The comments of a round, as its release tells them."""
    return {number for number, _bit in tokens(evidence.releases[round_id].encode())}


def by_rows(evidence: Evidence, round_id: UUID) -> Guesses:
    """1: the order of rows, ids and serials against the log, in both databases."""
    known = _round_tokens(evidence, round_id)
    for rows in _all_tables(evidence):
        bits = bits_of(texts_of(rows), known)
        if len(bits) == len(known):
            return zipped(evidence.order(round_id), bits)
    return zipped(evidence.order(round_id), [], round_id)


def by_offsets(evidence: Evidence, round_id: UUID) -> Guesses:
    """2: where a comment lies in a file; SQLite fills its pages from the end."""
    return _by_raw_bytes(evidence, round_id, -1)


def by_offsets_forwards(evidence: Evidence, round_id: UUID) -> Guesses:
    """2: the same, read from the beginning."""
    return _by_raw_bytes(evidence, round_id, 1)


def by_wal(evidence: Evidence, round_id: UUID) -> Guesses:
    """3: write-ahead logs and journals, commit by commit: in which order did comments appear?"""
    known = _round_tokens(evidence, round_id)
    for each in evidence.files:
        if each.name.endswith(("-wal", "-journal")):
            seen: dict[bytes, int] = {}
            for page in _pages_in_order(each):
                for number, bit in tokens(page):
                    if number in known:
                        seen.setdefault(number, bit)
            if len(seen) == len(known):
                return zipped(evidence.order(round_id), list(seen.values()))
    return zipped(evidence.order(round_id), [], round_id)


def by_times(evidence: Evidence, round_id: UUID) -> Guesses:
    """4: any column that could be a number or a time, sorted, against the times in the log."""
    known = _round_tokens(evidence, round_id)
    for rows in _all_tables(evidence):
        telling = [row for row in rows if bits_of(text_of(row), known)]
        column = next((name for name in telling[0] if name == "at" or name.endswith("_at")), None) if telling else None
        if column and len(telling) == len(known):
            ordered = sorted(telling, key=itemgetter(column))
            return zipped(evidence.order(round_id), bits_of(texts_of(ordered), known))
    return zipped(evidence.order(round_id), [], round_id)


def by_file_times(evidence: Evidence, round_id: UUID) -> Guesses:
    """5: the times of files that hold one comment each."""
    known = _round_tokens(evidence, round_id)
    single = [each for each in evidence.files if len(bits_of(each.data, known)) == 1]
    bits = [bits_of(each.data, known)[0] for each in sorted(single, key=lambda each: each.at)]
    return zipped(evidence.order(round_id), bits, round_id)


def by_lengths(evidence: Evidence, round_id: UUID) -> Guesses:
    """6: the length of each ballot in the log against the length of what the release tells: rain is longer than sun."""
    return _by_lengths(evidence, round_id, [each.length for each in evidence.ballots(round_id)])


def by_answers_lengths(evidence: Evidence, round_id: UUID) -> Guesses:
    """6: how long the house's answer to each ballot was."""
    return _by_lengths(evidence, round_id, [each.answer_length for each in evidence.ballots(round_id)])


def by_lengths_of(step: str) -> Attack:
    """6: how long the answers to a person's other requests were: the form, the promise, the paper."""

    def attack(evidence: Evidence, round_id: UUID) -> Guesses:
        return _by_lengths(evidence, round_id, [each.answer_length for each in evidence.before_ballots(round_id, step)])

    return attack


def _by_lengths(evidence: Evidence, round_id: UUID, lengths: Sequence[int]) -> Guesses:
    if len(set(lengths)) < 2:
        return zipped(evidence.order(round_id), [], round_id)
    middle = (min(lengths) + max(lengths)) / 2
    return zipped(evidence.order(round_id), [RAIN if each > middle else SUN for each in lengths])


def by_backups(evidence: Evidence, round_id: UUID) -> Guesses:
    """7: what changed between two nights, and who took a paper between them."""
    known, guesses = _round_tokens(evidence, round_id), zipped(evidence.order(round_id), [], round_id)
    seen_people: set[str] = set()
    seen_tokens: set[bytes] = set()
    for night in evidence.nights:
        marks = {
            row["person_id"]
            for row in night.tables["roll_entry"]
            if row["round_id"] == str(round_id) and row["handed_out"]
        }
        kept = [row for name, rows in night.tables.items() if name != "round_release" for row in rows]
        held = b"\n".join([*(each.data for each in night.copied), texts_of(kept)])
        said = {number: bit for number, bit in tokens(held) if number in known}
        came, new = marks - seen_people, [bit for number, bit in said.items() if number not in seen_tokens]
        if came and len(new) == len(came):
            guesses.update(zipped(sorted(came), sorted(new)))
        seen_people |= marks
        seen_tokens |= said.keys()
    return guesses


def _all_tables(evidence: Evidence) -> Iterator[Sequence[Row]]:
    for each in evidence.files:
        if each.name == "ballots.sqlite":
            yield from tables_of(each).values()
    yield from evidence.tables.values()


def _by_raw_bytes(evidence: Evidence, round_id: UUID, step: int) -> Guesses:
    known = _round_tokens(evidence, round_id)
    for each in evidence.files:
        bits = bits_of(each.data, known)
        if each.name.startswith("ballots") and len(bits) == len(known):
            return zipped(evidence.order(round_id), bits[::step])
    return zipped(evidence.order(round_id), [], round_id)


def _pages_in_order(file: File) -> Iterator[bytes]:
    if file.name.endswith("-journal") or len(file.data) < 32:
        yield file.data
        return
    size = struct.unpack(">I", file.data[8:12])[0]
    for start in range(32, len(file.data) - 24, size + 24):
        yield file.data[start + 24 : start + 24 + size]

"""What is in the box of one round, and how is it read and written?

Saving deletes every row of the round and writes every row anew, in the order of keys that are known since the opening,
so neither the place in the file nor the order of writing tells what changed. Lists and counts carry white space drawn
by chance at their end, so no row stays the same; what came when stands in no order of theirs: both lists are sorted.
"""

import json
import operator
import secrets
from bisect import insort
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from peerapp.ballotbox.seam import SpoiledError
from peerapp.ballotbox.store import Connection
from peerapp.rules.manifest import BadManifestError, Manifest, moment_text, parse
from peerapp.rules.release import Tally
from peerapp.rules.release_rules import LEVELS
from peerapp.rules.sealing import fingerprint

WHITE_SPACE = (" ", "\t", "\n", "\r")  # what JSON allows
ZEROS = {str(level): 0 for level in LEVELS}
FILLING = 32  # 64 bits of chance
DELETE_COUNTED = (
    "DELETE FROM spent WHERE round_id = ?",
    "DELETE FROM comments WHERE round_id = ?",
    "DELETE FROM count_ WHERE round_id = ?",
)


@dataclass(frozen=True)
class Head:
    """What does not change: the rows of `box`. `parts` are (public key, closes_at) in order."""

    round_id: str
    text: str  # the manifest's
    parts: tuple[tuple[bytes, str], ...]
    release: str | None

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest, where all rows still say the same. Raises SpoiledError."""
        try:
            manifest = parse(self.text)
        except BadManifestError:
            raise SpoiledError from None
        closes_at = moment_text(manifest.closes_at)
        if str(manifest.round_id) != self.round_id or self.parts != tuple(
            (part.key, closes_at) for part in manifest.parts
        ):
            raise SpoiledError
        return manifest

    @cached_property
    def fingerprint(self) -> bytes:
        return fingerprint(self.text)


@dataclass
class Content:
    """What has been counted so far. Counts by part and question; comments and serials sorted."""

    counts: dict[tuple[int, str], dict[str, int]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    serials: list[str] = field(default_factory=list)

    def add(self, part: int, serial: str, answers: Mapping[str, int | str]) -> None:
        """Count one paper: an answer is one more of its kind, a comment goes to its place in the alphabet."""
        insort(self.serials, serial)
        for question_id, answer in answers.items():
            if isinstance(answer, str):
                insort(self.comments[question_id], answer)
            else:
                self.counts[part, question_id][str(answer)] += 1

    def fits(self, start: "Content") -> bool:
        """Whether it asks what it asked at the start, and no question has more answers than there were papers."""
        if self.counts.keys() != start.counts.keys() or self.comments.keys() != start.comments.keys():
            return False
        if not all(map(_are_counts, self.counts.values())) or not _are_texts(self.serials, operator.lt):
            return False
        if not all(_are_texts(texts, operator.le) for texts in self.comments.values()):
            return False
        answers: Counter[str] = Counter()
        for (_, question_id), numbers in self.counts.items():
            answers[question_id] += sum(numbers.values())
        most = max([*answers.values(), *map(len, self.comments.values())], default=0)
        return most <= len(self.serials)

    def tally(self, parts: int) -> Tally:
        """The same for the release rules."""
        asked = dict.fromkeys(question_id for _, question_id in self.counts)
        counts = {
            question_id: [
                {int(level): number for level, number in self.counts[part, question_id].items()}
                for part in range(parts)
            ]
            for question_id in asked
        }
        return Tally(counts, self.comments)


def _are_counts(found: Any) -> bool:
    """A number of answers for each level."""
    is_whole = isinstance(found, dict) and found.keys() == ZEROS.keys()
    return is_whole and all(type(number) is int and number >= 0 for number in found.values())


def _are_texts(found: Any, order: Callable[[str, str], bool]) -> bool:
    """In their order: a list in the order of arrival would tell whose is which."""
    return isinstance(found, list) and {*map(type, found)} <= {str} and all(map(order, found, found[1:]))


def empty(manifest: Manifest) -> Content:
    """The content of a round that has just opened."""
    scales = [each.id for each in manifest.questions if each.kind.is_scale]
    return Content(
        {(part, each): dict(ZEROS) for part in range(len(manifest.parts)) for each in scales},
        {each.id: [] for each in manifest.questions if not each.kind.is_scale},
    )


def head_of(connection: Connection, round_id: str) -> Head | None:
    rows = connection.execute(
        "SELECT manifest, public_key, closes_at, release FROM box WHERE round_id = ? ORDER BY part", (round_id,)
    ).fetchall()
    if not rows:
        return None
    if len({manifest for manifest, *_ in rows}) != 1:
        raise SpoiledError
    return Head(round_id, rows[0][0], tuple((bytes(key), closes_at) for _, key, closes_at, _ in rows), rows[0][3])


def content_of(connection: Connection, head: Head) -> Content:
    """What the round's rows hold. Raises SpoiledError where they are not as we write them."""
    counts, comments, spent = (
        connection.execute(query, (head.round_id,)).fetchall()
        for query in (
            "SELECT part, question_id, counts FROM count_ WHERE round_id = ?",
            "SELECT question_id, texts FROM comments WHERE round_id = ?",
            "SELECT serials FROM spent WHERE round_id = ?",
        )
    )
    try:
        found = Content(
            {(part, question_id): json.loads(numbers) for part, question_id, numbers in counts},
            {question_id: json.loads(texts) for question_id, texts in comments},
            json.loads(spent[0][0]),
        )
    except (IndexError, ValueError):
        raise SpoiledError from None
    if not found.fits(empty(head.manifest)):
        raise SpoiledError
    return found


def save(connection: Connection, head: Head, content: Content) -> None:
    """Write every row of the round anew."""
    erase(connection, head.round_id)
    boxes = [
        ("INSERT INTO box VALUES (?, ?, ?, ?, ?, ?)", (head.round_id, number, head.text, key, closes_at, None))
        for number, (key, closes_at) in enumerate(head.parts)
    ]
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("INSERT INTO count_ VALUES (?, ?, ?, ?)", (head.round_id, *key, _filled(counts)))
        for key, counts in sorted(content.counts.items())
    ]
    rows += [
        ("INSERT INTO comments VALUES (?, ?, ?)", (head.round_id, question_id, _filled(texts)))
        for question_id, texts in sorted(content.comments.items())
    ]
    rows.append(("INSERT INTO spent VALUES (?, ?)", (head.round_id, _filled(content.serials))))
    for statement, values in boxes + rows:  # the box first: nothing goes into a round that holds something
        connection.execute(statement, values)


def freeze(connection: Connection, head: Head, release: str) -> None:
    """Keep the release in place of everything that was counted."""
    for delete in DELETE_COUNTED:
        connection.execute(delete, (head.round_id,))
    connection.execute("UPDATE box SET release = ? WHERE round_id = ? AND part = 0", (release, head.round_id))


def erase(connection: Connection, round_id: str) -> None:
    """Delete every row of the round; the box last, as its trigger wants."""
    for delete in (*DELETE_COUNTED, "DELETE FROM box WHERE round_id = ?"):
        connection.execute(delete, (round_id,))


def _filled(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text + "".join(WHITE_SPACE[byte & 3] for byte in secrets.token_bytes(FILLING))

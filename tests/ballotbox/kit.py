"""A round on paper, for tests of the box: its keys, its manifest, and as many papers as one likes."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from peerapp import paper_keys
from peerapp.rules import ballot, manifest as manifests
from peerapp.rules.blind_signature import SigningKey, blind, finalize, message, prepared
from peerapp.rules.manifest import Manifest, Part
from peerapp.rules.questions import Kind, Question
from peerapp.rules.sealing import fingerprint, roll_digest, sealed

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SALT = b"s" * 32
SCALES = tuple(Question(f"q{n}", Kind.AGREEMENT, f"Question {n}?") for n in range(1, 4))
COMMENT = Question("c1", Kind.COMMENT, "One thing to keep.")


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)


@cache
def key_number(number: int) -> SigningKey:
    """Keys are slow to make, so tests share a few."""
    return paper_keys.new()


@dataclass(frozen=True)
class Paper:
    serial: bytes
    signature: bytes


@dataclass(frozen=True)
class OpenRound:
    """A round of one part or several, as the registrar and the browsers know it."""

    keys: tuple[SigningKey, ...]
    manifest: Manifest
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", manifests.text_of(self.manifest))

    @property
    def id(self) -> UUID:
        return self.manifest.round_id

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(self.text)

    def paper(self, part: int = 0) -> Paper:
        """What a browser holds after it asked the registrar for a paper."""
        key, serial = self.keys[part], secrets.token_bytes(32)
        text = prepared(serial, message(self.fingerprint, part))
        blinded, inverse = blind(key.n, text, secrets.token_bytes(48), 2 + secrets.randbelow(key.n - 2))
        return Paper(serial, finalize(key.n, paper_keys.sign(key, blinded), inverse))

    def body(self, answers: Mapping[str, int | str], paper: Paper | None = None, part: int = 0) -> bytes:
        """A ballot; on a new paper unless one is given."""
        paper = paper or self.paper(part)
        return ballot.build(paper.serial, paper.signature, self.fingerprint, answers)


def a_round(*sizes: int, questions: tuple[Question, ...] = (*SCALES, COMMENT), **changes: object) -> OpenRound:
    """A round of one part for each size; of one of 12 people by default."""
    sizes = sizes or (12,)
    keys = tuple(key_number(number) for number in range(len(sizes)))
    names = [""] if len(sizes) == 1 else [f"Unit {number}" for number in range(len(sizes))]
    given = {
        "round_id": uuid4(),
        "questions": questions,
        "minimum": 5,
        "opens_at": NOON,
        "closes_at": NOON + timedelta(days=7),
        "title": sealed(SALT, "title", "How was it?"),
        "owner": sealed(SALT, "owner", "Dana Whit"),
        "readers": (sealed(SALT, "readers", "Dana Whit"),),
        "sharing": (),
        "parts": tuple(
            Part(name, size, roll_digest(SALT, [uuid4()]), paper_keys.modulus(key))
            for name, size, key in zip(names, sizes, keys, strict=True)
        ),
    }
    return OpenRound(keys, Manifest(**(given | changes)))  # type: ignore[arg-type]  # the fields by name


def some_answers(chance: random.Random, comment: str = "") -> dict[str, int | str]:
    """Levels for the three scale questions, and a comment where there is one."""
    levels = {each.id: chance.randint(1, 5) for each in SCALES}
    return levels | ({"c1": comment} if comment else {})

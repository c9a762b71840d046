"""What must not change once a round is open? One canonical JSON text; its SHA-256 is the round's fingerprint.

Title, owner and readers stand in it only as salted digests, so the public page that shows it gives nobody away, and
the form that names them can be checked against it. So does the roll: each part's size is told, its people are not.
Two salts: one goes to everybody who is asked, the roll's stays with the registrar.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from peerapp.rules.questions import Kind, Question
from peerapp.rules.release_rules import (
    AUDIENCE_MIN,
    COMMENTS_MAX,
    MINIMUM_FLOOR,
    PARTS_MAX,
    QUESTION_MAX,
    SCALES_MAX,
)
from peerapp.rules.sealing import canonical

VERSION = 1
KEY_BYTES = 256  # 2,048 bits
EXPONENT = 65_537
FIELDS = frozenset({"version", "round", "questions", "minimum", "opens_at", "closes_at", "sealed", "parts"})


class BadManifestError(ValueError):
    """The message says which field is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the audience; a round without a split has one, with the name "". `key` is the RSA modulus."""

    name: str
    size: int
    roll: str  # salted digest, hex
    key: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """`sealed`: salted digests of title and owner, readers and those with whom the release may be shared later."""

    round_id: UUID
    questions: tuple[Question, ...]
    minimum: int
    opens_at: datetime
    closes_at: datetime
    title: str
    owner: str
    readers: tuple[str, ...]
    sharing: tuple[str, ...]
    parts: tuple[Part, ...]

    def question(self, question_id: str) -> Question | None:
        return next((each for each in self.questions if each.id == question_id), None)


def text_of(manifest: Manifest) -> str:
    """The canonical text."""
    return canonical(
        {
            "version": VERSION,
            "round": str(manifest.round_id),
            "questions": [
                {"id": each.id, "kind": each.kind.value, "text": each.text, "bank": each.bank}
                for each in manifest.questions
            ],
            "minimum": manifest.minimum,
            "opens_at": moment_text(manifest.opens_at),
            "closes_at": moment_text(manifest.closes_at),
            "sealed": {
                "title": manifest.title,
                "owner": manifest.owner,
                "readers": manifest.readers,
                "sharing": manifest.sharing,
            },
            "parts": [
                {
                    "name": part.name,
                    "size": part.size,
                    "roll": part.roll,
                    "key": {"e": EXPONENT, "n": base64.urlsafe_b64encode(part.key).rstrip(b"=").decode()},
                }
                for part in manifest.parts
            ],
        }
    )


def parse(text: str) -> Manifest:
    """The manifest that a canonical text says, checked. Raises BadManifestError."""
    try:
        manifest = _built(json.loads(text))
        check(manifest)
        is_canonical = text_of(manifest).encode() == text.encode()
    except BadManifestError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadManifestError(f"not a manifest: {error!r}") from None
    if not is_canonical:
        raise BadManifestError("not the canonical text of a manifest")
    return manifest


def check(manifest: Manifest) -> None:
    """Raise BadManifestError where a manifest promises what no round may."""
    ids = [each.id for each in manifest.questions]
    scales = sum(each.kind.is_scale for each in manifest.questions)
    names = [part.name for part in manifest.parts]
    for holds, what in (
        (len(set(ids)) == len(ids) and all(_is_id(each) for each in ids), "question ids are short, plain and unique"),
        (1 <= scales <= SCALES_MAX, f"1 to {SCALES_MAX} scale questions"),
        (len(ids) - scales <= COMMENTS_MAX, f"at most {COMMENTS_MAX} comments"),
        (all(each.text.strip() and len(each.text) <= QUESTION_MAX for each in manifest.questions), "question texts"),
        (manifest.minimum >= MINIMUM_FLOOR, f"a minimum of at least {MINIMUM_FLOOR}"),
        (manifest.opens_at < manifest.closes_at, "opens before it closes"),
        (1 <= len(names) <= PARTS_MAX and len(set(names)) == len(names), "parts with names of their own"),
        ((len(names) == 1) == (names == [""]), "a split has at least two parts, each with a name"),
        (all(part.size >= AUDIENCE_MIN for part in manifest.parts), f"at least {AUDIENCE_MIN} people in each part"),
        (all(_is_key(part.key) for part in manifest.parts), "keys of 2,048 bits"),
        (len({part.key for part in manifest.parts}) == len(names), "a key of its own for each part"),
        (manifest.readers != (), "somebody who reads it"),
        (all(_is_digest(each) for each in _digests(manifest)), "digests in hex"),
    ):
        if not holds:
            raise BadManifestError(f"not so: {what}")


def moment_text(moment: datetime) -> str:
    """A moment in UTC, to the second: 2026-12-04T17:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_from(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _built(found: Any) -> Manifest:
    if found.keys() != FIELDS or found["version"] != VERSION:
        raise BadManifestError("another version, or other fields")
    closed = found["sealed"]
    return Manifest(
        round_id=UUID(found["round"]),
        questions=tuple(
            Question(each["id"], Kind(each["kind"]), each["text"], each["bank"]) for each in found["questions"]
        ),
        minimum=_whole(found["minimum"]),
        opens_at=moment_from(found["opens_at"]),
        closes_at=moment_from(found["closes_at"]),
        parts=tuple(_part(each) for each in found["parts"]),
        title=closed["title"],
        owner=closed["owner"],
        readers=tuple(closed["readers"]),
        sharing=tuple(closed["sharing"]),
    )


def _part(found: Mapping[str, Any]) -> Part:
    if found["key"]["e"] != EXPONENT:
        raise BadManifestError("a key with another exponent")
    try:
        key = base64.urlsafe_b64decode(found["key"]["n"] + "==")
    except binascii.Error:
        raise BadManifestError("a key that is not base64") from None
    return Part(found["name"], _whole(found["size"]), found["roll"], key)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise BadManifestError("a number that is not whole")
    return value


def _is_id(text: str) -> bool:
    return 1 <= len(text) <= 20 and text.isascii() and text.isalnum()  # noqa: PLR2004 - short enough for any ballot


def _is_key(key: bytes) -> bool:
    return len(key) == KEY_BYTES and key[0] >> 7 == 1 and key[-1] & 1 == 1


def _digests(manifest: Manifest) -> list[str]:
    rolls = [part.roll for part in manifest.parts]
    return [manifest.title, manifest.owner, *manifest.readers, *manifest.sharing, *rolls]


def _is_digest(text: str) -> bool:
    return len(text) == hashlib.sha256().digest_size * 2 and not set(text) - set("0123456789abcdef")

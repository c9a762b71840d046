"""What does a ballot look like on the wire? Exactly 16,384 bytes, whatever it says: a length would tell who wrote much.

Layout: 16 bytes magic · 32 serial · 256 signature · 32 fingerprint of the manifest · 2 length of the answers (big
endian) · the answers as JSON in UTF-8 · zeros. Answers: question id -> level 1 to 5, or the text of a comment.
"Cannot say" and an empty comment are left out; a blank paper is `{}`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerapp.rules.ballot_text import is_too_long, normalised
from peerapp.rules.questions import Question
from peerapp.rules.release_rules import COMMENT_MAX, LEVELS

SIZE = 16_384
MAGIC = b"peerapp ballot 1"
SERIAL_BYTES = 32
SIGNATURE_BYTES = 256
FINGERPRINT_BYTES = 32
LENGTH_BYTES = 2
_ENDS = (16, 48, 304, 336, 338)  # where each of the fields above ends
ROOM = SIZE - _ENDS[-1]  # for the answers

Answers = Mapping[str, int | str]


class BadBallotError(ValueError):
    """The message says what is wrong, never what was answered."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A paper, and what is written on it: still unchecked against the round's questions."""

    serial: bytes
    signature: bytes
    fingerprint: bytes
    answers: Mapping[str, Any]


def build(serial: bytes, signature: bytes, fingerprint: bytes, answers: Answers) -> bytes:
    """The body for these answers."""
    if (len(serial), len(signature), len(fingerprint)) != (SERIAL_BYTES, SIGNATURE_BYTES, FINGERPRINT_BYTES):
        raise BadBallotError("serial, signature or fingerprint has another length")
    text = json.dumps(answers, separators=(",", ":"), ensure_ascii=False).encode()
    if len(text) > ROOM:
        raise BadBallotError(f"the answers take more than {ROOM} bytes")
    body = MAGIC + serial + signature + fingerprint + len(text).to_bytes(LENGTH_BYTES, "big") + text
    return body.ljust(SIZE, b"\0")


def parse(body: bytes) -> Ballot:
    """Take a body apart. Raises BadBallotError."""
    if len(body) != SIZE:
        raise BadBallotError(f"a ballot has exactly {SIZE} bytes")
    magic, serial, signature, fingerprint, length = (
        body[start:end] for start, end in zip((0, *_ENDS), _ENDS, strict=False)
    )
    if magic != MAGIC:
        raise BadBallotError("not a ballot")
    end = _ENDS[-1] + int.from_bytes(length, "big")
    if end > SIZE or any(body[end:]):
        raise BadBallotError("padded wrongly")
    return Ballot(serial, signature, fingerprint, _answers(body[_ENDS[-1] : end]))


def checked(answers: Mapping[str, Any], questions: Iterable[Question]) -> dict[str, int | str]:
    """The answers as they are counted: levels as they are, comments normalised, empty ones left out."""
    asked = {each.id: each for each in questions}
    if not answers.keys() <= asked.keys():
        raise BadBallotError("an answer to a question that was not asked")
    counted = {name: _level(value) if asked[name].kind.is_scale else _comment(value) for name, value in answers.items()}
    return {name: value for name, value in counted.items() if value != ""}


def _answers(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text.decode(), object_pairs_hook=_without_doubles, parse_int=_short_number)
    except BadBallotError:
        raise
    except (ValueError, RecursionError):
        raise BadBallotError("the answers are not a JSON object in UTF-8") from None
    if not isinstance(found, dict):
        raise BadBallotError("the answers are not a JSON object")
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadBallotError("a question is answered twice")
    return found


def _short_number(digits: str) -> int:
    return int(digits) if len(digits) == 1 else 0  # 0 is no level


def _level(value: Any) -> int:
    if type(value) is not int or value not in LEVELS:
        raise BadBallotError("an answer that is not one of the five levels")
    return value


def _comment(value: Any) -> str:
    if not isinstance(value, str):
        raise BadBallotError("a comment that is not a text")
    text = normalised(value)
    if is_too_long(text):
        raise BadBallotError(f"a comment of more than {COMMENT_MAX} characters")
    return text

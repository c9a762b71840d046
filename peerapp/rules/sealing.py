"""How is a round fixed in public without naming anybody? A canonical text, its fingerprint, and salted digests."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no white space, every character as itself: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(text: str) -> bytes:
    """The SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).digest()


def sealed(salt: bytes, what: str, text: str) -> str:
    """A digest that says nothing to somebody without the salt. `what` is the field, so that none stands for another."""
    return hmac.new(salt, f"{what}\0{text}".encode(), hashlib.sha256).hexdigest()


def roll_digest(salt: bytes, people: Iterable[UUID]) -> str:
    """A digest of who is on the roll, whatever the order."""
    return sealed(salt, "roll", "\n".join(sorted(str(person) for person in people)))

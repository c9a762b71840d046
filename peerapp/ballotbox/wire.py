"""How do registrar and box trust each other over a network? Each message carries an HMAC over its time and body.

Nothing is encrypted here: between machines the connection is a private one, or TLS. Operations can be repeated, so a
message that is replayed within its minute does nothing new.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

TIME_HEADER = "X-Box-Time"
MAC_HEADER = "X-Box-Mac"
TOLERANCE = timedelta(seconds=60)
KEY_MIN = 32
BODY_MAX = 4 * 1024 * 1024


def stamp(now: datetime) -> str:
    """A moment as it stands in the header: seconds since 1970."""
    return str(int(now.timestamp()))


def mac(key: bytes, *parts: str | bytes) -> str:
    """The HMAC-SHA-256 of these parts, each with its length in front, so that none can slip into another."""
    if len(key) < KEY_MIN:
        raise ValueError(f"the key of the box has at least {KEY_MIN} bytes")
    code = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        code.update(len(data).to_bytes(8, "big") + data)
    return code.hexdigest()


def is_fresh(time: str, now: datetime) -> bool:
    """Whether a message with this stamp may still arrive."""
    if not (time.isascii() and time.isdigit() and len(time) <= 12):  # noqa: PLR2004 - as far as datetime counts
        return False
    return abs(now - datetime.fromtimestamp(int(time), UTC)) <= TOLERANCE


def is_same(one: str, other: str) -> bool:
    """Compare two HMACs in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())

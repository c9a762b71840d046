"""The registrar's side of a paper: making the key of a round, keeping it until the round closes, signing blind.

Nothing here sees a serial or an answer. A key is kept as its two primes, 128 bytes each.
"""

import secrets

from peerapp import later
from peerapp.rules.blind_signature import BlindSignatureError, SigningKey, blind_sign
from peerapp.rules.manifest import EXPONENT, KEY_BYTES

__all__ = ["BlindSignatureError", "kept", "modulus", "new", "restored", "sign"]

PRIME_BYTES = KEY_BYTES // 2


def new() -> SigningKey:
    """A fresh key. Takes a tenth of a second or two: outside any transaction."""
    return SigningKey(*later.prime_numbers.two(EXPONENT, KEY_BYTES * 8))


def kept(key: SigningKey) -> bytes:
    """The key as it is stored."""
    return key.p.to_bytes(PRIME_BYTES, "big") + key.q.to_bytes(PRIME_BYTES, "big")


def restored(stored: bytes) -> SigningKey:
    return SigningKey(int.from_bytes(stored[:PRIME_BYTES], "big"), int.from_bytes(stored[PRIME_BYTES:], "big"))


def modulus(key: SigningKey) -> bytes:
    """The public part, as the manifest carries it."""
    return key.n.to_bytes(KEY_BYTES, "big")


def sign(key: SigningKey, blinded: bytes) -> bytes:
    """The blind signature; the same value always gets the same one. Raises BlindSignatureError."""
    return blind_sign(key, blinded, 2 + secrets.randbelow(key.n - 2))

"""How can somebody sign a paper without ever being able to recognise it? RFC 9474, RSABSSA-SHA384-PSS-Randomized.

The browser blinds a prepared message, the registrar signs it blind, the browser takes the blinding off: what is left is
an ordinary RSASSA-PSS signature (SHA-384, salt of 48 bytes) that the signer has not seen. Random numbers come from the
caller. The serial of a paper is the 32 random bytes that preparing puts in front of the message.
"""

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property

from peerapp.rules.manifest import EXPONENT

HASH_BYTES = 48  # SHA-384
SALT_BYTES = 48
DOMAIN = b"peerapp paper 1"


class BlindSignatureError(ValueError):
    """A value that cannot be signed or unblinded. The message tells nothing of the value."""


@dataclass(frozen=True)
class SigningKey:
    """An RSA key, kept as its two primes. One for each part of a round, gone when the round closes."""

    p: int
    q: int

    @cached_property
    def n(self) -> int:
        return self.p * self.q

    @cached_property
    def _crt(self) -> tuple[int, int, int]:
        return pow(EXPONENT, -1, self.p - 1), pow(EXPONENT, -1, self.q - 1), pow(self.q, -1, self.p)

    def power_d(self, value: int) -> int:
        """value^d mod n by the Chinese remainder theorem."""
        d_p, d_q, q_inverse = self._crt
        by_p, by_q = pow(value, d_p, self.p), pow(value, d_q, self.q)
        return by_q + (by_p - by_q) * q_inverse % self.p * self.q


def message(fingerprint: bytes, part: int) -> bytes:
    """What a paper of this part of a round says."""
    return DOMAIN + fingerprint + part.to_bytes(1, "big")


def prepared(serial: bytes, text: bytes) -> bytes:
    """PrepareRandomize: the message that is signed in the end."""
    return serial + text


def blind(n: int, text: bytes, salt: bytes, r: int) -> tuple[bytes, int]:
    """Blind a prepared message by `r` (random, below n). The blinded message, and what takes the blinding off."""
    encoded = int.from_bytes(encode(text, n.bit_length() - 1, salt), "big")
    if math.gcd(encoded, n) != 1 or math.gcd(r, n) != 1:
        raise BlindSignatureError("not invertible")
    return _bytes(encoded * pow(r, EXPONENT, n) % n, n), pow(r, -1, n)


def blind_sign(key: SigningKey, blinded: bytes, r: int) -> bytes:
    """Sign a blinded message. `r` (random, below n) hides the value from whoever measures the time this takes."""
    value = int.from_bytes(blinded, "big")
    if len(blinded) != _length(key.n) or not 0 < value < key.n or math.gcd(value, key.n) != 1:
        raise BlindSignatureError("not a blinded message")
    signature = key.power_d(value * pow(r, EXPONENT, key.n) % key.n) * pow(r, -1, key.n) % key.n
    if pow(signature, EXPONENT, key.n) != value:  # a fault in one half would give the key away
        raise BlindSignatureError("signing failed")
    return _bytes(signature, key.n)


def finalize(n: int, blind_signature: bytes, inverse: int) -> bytes:
    """Take the blinding off. The caller verifies what comes out."""
    if len(blind_signature) != _length(n):
        raise BlindSignatureError("not a blind signature")
    return _bytes(int.from_bytes(blind_signature, "big") * inverse % n, n)


def encode(text: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1."""
    length = (bits + 7) // 8
    digest = _sha384(bytes(8) + _sha384(text) + salt)
    block = (b"\x01" + salt).rjust(length - HASH_BYTES - 1, b"\0")
    masked = bytes(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    top = masked[0] & (0xFF >> (8 * length - bits))
    return bytes([top]) + masked[1:] + digest + b"\xbc"


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384."""
    blocks = (_sha384(seed + number.to_bytes(4, "big")) for number in range(-(-length // HASH_BYTES)))
    return b"".join(blocks)[:length]


def _sha384(data: bytes) -> bytes:
    return hashlib.sha384(data).digest()


def _length(n: int) -> int:
    return (n.bit_length() + 7) // 8


def _bytes(value: int, n: int) -> bytes:
    return value.to_bytes(_length(n), "big")

"""Is this a paper that the registrar signed for this round, and for which part of it?"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA384

from peerapp.rules.blind_signature import SALT_BYTES, message, prepared
from peerapp.rules.manifest import EXPONENT, Manifest

_PADDING = PSS(mgf=MGF1(SHA384()), salt_length=SALT_BYTES)


def part_of(manifest: Manifest, fingerprint: bytes, serial: bytes, signature: bytes) -> int | None:
    """The number of the part whose key verifies the paper; None for a paper that is forged or from elsewhere."""
    for number, part in enumerate(manifest.parts):
        if verifies(part.key, prepared(serial, message(fingerprint, number)), signature):
            return number
    return None


def verifies(modulus: bytes, text: bytes, signature: bytes) -> bool:
    """RSASSA-PSS with SHA-384 and a salt of 48 bytes, e = 65537."""
    key = RSAPublicNumbers(EXPONENT, int.from_bytes(modulus, "big")).public_key()
    try:
        key.verify(signature, text, _PADDING, SHA384())
    except InvalidSignature:
        return False
    return True

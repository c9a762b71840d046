"""Is this release the one that was promised? A script of its own: standard library and `cryptography`, nothing of ours.

    python verify.py PROOF FINGERPRINT [RECEIPT ...]

PROOF is the file offered beside every release: a JSON object with `manifest` and `release` (texts), `serials` (a list)
and `handed_out` (a number). FINGERPRINT is the one you saw when you were asked. A RECEIPT is what your browser kept: a
JSON object with `serial` and `signature` in hex. It repeats a few lines of the server on purpose: a check that asks
the server what is right would check nothing.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA384

DOMAIN = b"peerapp paper 1"
SALT_BYTES = 48
BITS = 2048
EXPONENT = 65_537
SERIAL_DIGITS = 20
LEAST_ANSWERS = 5
LEAST_PEOPLE = 8


@dataclass(frozen=True)
class Finding:
    """One thing that was checked."""

    holds: bool
    what: str


def findings(proof: Mapping[str, Any], fingerprint: str, receipts: Sequence[Mapping[str, str]] = ()) -> list[Finding]:
    """Everything that was checked, in the order in which it builds on one another."""
    try:
        manifest, release = json.loads(proof["manifest"]), json.loads(proof["release"])
        return [
            *_manifest(proof["manifest"], manifest, fingerprint),
            *_release(manifest, release, fingerprint),
            *_numbers(manifest, release, proof),
            *(_receipt(manifest, fingerprint, proof["serials"], each) for each in receipts),
        ]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return [Finding(False, f"The files have the form of a proof and of receipts ({error!r}).")]


def _manifest(text: str, manifest: Mapping[str, Any], fingerprint: str) -> Iterator[Finding]:
    yield Finding(_sha256(text.encode()) == fingerprint, "The manifest has the fingerprint you saw.")
    canonical = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    yield Finding(canonical == text, "The manifest is written in the one canonical way.")
    keys = [_modulus(part) for part in manifest["parts"]]
    good = all(
        key.bit_length() == BITS and part["key"]["e"] == EXPONENT
        for key, part in zip(keys, manifest["parts"], strict=True)
    )
    yield Finding(good and len(set(keys)) == len(keys), "Every part has a key of its own, 2,048 bits, e = 65537.")
    yield Finding(manifest["minimum"] >= LEAST_ANSWERS, f"The minimum is at least {LEAST_ANSWERS}.")
    small = min(part["size"] for part in manifest["parts"])
    yield Finding(small >= LEAST_PEOPLE, f"At least {LEAST_PEOPLE} people were asked in every part.")


def _release(manifest: Mapping[str, Any], release: Mapping[str, Any], fingerprint: str) -> Iterator[Finding]:
    same = (release["fingerprint"], release["round"]) == (fingerprint, manifest["round"])
    yield Finding(same, "The release belongs to this manifest.")
    yield Finding(release["minimum"] == manifest["minimum"], "The release kept the minimum.")
    if release["state"] != "withheld":
        asked = [each["id"] for each in manifest["questions"]]
        shown = sorted(each["id"] for each in release["scales"] + release["comments"])
        yield Finding(shown == sorted(asked), "The release answers the questions that were asked, and no other.")


def _numbers(manifest: Mapping[str, Any], release: Mapping[str, Any], proof: Mapping[str, Any]) -> Iterator[Finding]:
    serials, handed_out = proof["serials"], proof["handed_out"]
    people = sum(part["size"] for part in manifest["parts"])
    if release["state"] == "withheld":
        yield Finding(serials == [], "Below the minimum nothing is published.")
        return
    listed = serials == sorted(set(serials)) and all(len(each) == SERIAL_DIGITS for each in serials)
    yield Finding(listed, "The list of papers is sorted, and no paper stands in it twice.")
    belongs = release["serials"] == _sha256("\n".join(serials).encode()) and release["papers"] == len(serials)
    yield Finding(belongs, "The list of papers is the one that the release vouches for.")
    told = f"{len(serials)} papers came back of {handed_out} handed out to {people} people asked"
    yield Finding(len(serials) <= handed_out <= people, f"No more papers than people: {told}.")


def _receipt(
    manifest: Mapping[str, Any], fingerprint: str, serials: Sequence[str], receipt: Mapping[str, str]
) -> Finding:
    serial, signature = bytes.fromhex(receipt["serial"]), bytes.fromhex(receipt["signature"])
    name = _sha256(bytes.fromhex(fingerprint) + serial)[:SERIAL_DIGITS]
    signed = any(
        _verifies(_modulus(part), serial + DOMAIN + bytes.fromhex(fingerprint) + bytes([number]), signature)
        for number, part in enumerate(manifest["parts"])
    )
    if not signed:
        return Finding(False, f"The receipt {name} was signed for this round.")
    return Finding(name in serials, f"The receipt {name} was signed for this round, and its paper was counted.")


def _verifies(modulus: int, text: bytes, signature: bytes) -> bool:
    padding = PSS(mgf=MGF1(SHA384()), salt_length=SALT_BYTES)
    try:
        RSAPublicNumbers(EXPONENT, modulus).public_key().verify(signature, text, padding, SHA384())
    except InvalidSignature:
        return False
    return True


def _modulus(part: Mapping[str, Any]) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(part["key"]["n"] + "=="), "big")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each finding; 0 when all hold."""
    parser = argparse.ArgumentParser(description="Check a release against the fingerprint you saw.")
    parser.add_argument("proof", type=Path, help="the file offered beside the release")
    parser.add_argument("fingerprint", help="64 hex digits, as they stood on the form")
    parser.add_argument("receipts", type=Path, nargs="*", help="what your browser kept")
    given = parser.parse_args(arguments)
    try:
        proof, *receipts = (json.loads(path.read_text("utf-8")) for path in (given.proof, *given.receipts))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    found = findings(proof, given.fingerprint.lower().strip(), receipts)
    for each in found:
        sys.stdout.write(f"{'ok ' if each.holds else 'NO '} {each.what}\n")
    return 0 if all(each.holds for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())

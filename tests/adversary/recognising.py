"""Attack 8: whoever has the private key and wrote down every blinded value, does he know a paper again?"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from peerapp.rules.blind_signature import SigningKey
from peerapp.rules.manifest import EXPONENT


@dataclass(frozen=True, slots=True)
class Seen:
    """What an operator could have written down: which value each person had signed, and which signatures came back."""

    key: SigningKey
    blinded: Sequence[bytes]  # person by person
    signatures: Sequence[bytes]  # paper by paper
    owner_of: Sequence[int]  # the truth, paper by paper


def seen(key: SigningKey, papers: Sequence[tuple[bytes, bytes]]) -> Seen:
    """Of (blinded value, signature) person by person; the papers come back in an order of their own."""
    order = secrets.SystemRandom().sample(range(len(papers)), len(papers))
    return Seen(key, [blinded for blinded, _signature in papers], [papers[each][1] for each in order], order)


def factor(key: SigningKey, blinded: bytes, signature: bytes) -> int:
    """The r that would have made this value of this paper: (blinded / encoded) to the power of d."""
    encoded = pow(int.from_bytes(signature, "big"), EXPONENT, key.n)
    return key.power_d(int.from_bytes(blinded, "big") * pow(encoded, -1, key.n) % key.n)


def recognise(seen: Seen) -> list[int]:
    """For each paper the person whose factor would be the smallest number: a program that saves work takes a small one."""
    people = range(len(seen.blinded))
    return [min(people, key=lambda who: factor(seen.key, seen.blinded[who], paper)) for paper in seen.signatures]


def hits(seen: Seen) -> int:
    return sum(guess == owner for guess, owner in zip(recognise(seen), seen.owner_of, strict=True))

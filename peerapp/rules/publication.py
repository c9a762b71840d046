"""How does a release travel and how is it kept? As one canonical JSON text, which anybody can check and nobody extends.

It names its round and the fingerprint of its manifest, the exact number of papers (blank ones included) and the digest
of the list of serials, which travels beside it: a page of results costs the same for 8 answers and for 100,000.
Below the minimum it says only that, and there is no list.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from peerapp.rules.outcomes import Bands, Levels, Mean, Outcome, Share, Withheld, Word
from peerapp.rules.release import CommentResult, Release, ScaleResult
from peerapp.rules.sealing import canonical

VERSION = 1
SERIAL_DIGITS = 20  # hex: the first 80 bits of a serial's hash
SHAPES: Mapping[str, type[Outcome]] = {
    "withheld": Withheld, "word": Word, "mean": Mean, "bands": Bands, "levels": Levels,
}  # fmt: skip
_NAMES = {kind: name for name, kind in SHAPES.items()}


@dataclass(frozen=True, slots=True)
class Publication:
    """`papers` and `serials` (a digest, hex) are None where the round is withheld as a whole."""

    round_id: UUID
    fingerprint: str
    release: Release | Withheld
    papers: int | None = None
    serials: str | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What the box gives out at closing: a publication's text, and the sorted list of serials that it vouches for."""

    release: str
    serials: tuple[str, ...]

    def text(self) -> str:
        return canonical({"release": self.release, "serials": self.serials})

    @classmethod
    def from_text(cls, text: str) -> "Collected":
        found = json.loads(text)
        return cls(found["release"], tuple(found["serials"]))


def text_of(publication: Publication) -> str:
    """The canonical text."""
    release = publication.release
    head = {"version": VERSION, "round": str(publication.round_id), "fingerprint": publication.fingerprint}
    if isinstance(release, Withheld):
        return canonical({**head, "state": "withheld", "minimum": release.minimum})
    return canonical(
        {
            **head,
            "state": "released",
            "minimum": release.minimum,
            "answers": release.answers,
            "papers": publication.papers,
            "serials": publication.serials,
            "scales": [
                {
                    "id": each.question_id,
                    "whole": _outcome(each.whole),
                    "parts": [_outcome(part) for part in each.parts],
                }
                for each in release.scales
            ],
            "comments": [{"id": each.question_id, "texts": each.texts} for each in release.comments],
        }
    )


def parse(text: str) -> Publication:
    """The publication that a text of ours says."""
    found = json.loads(text)
    round_id, minimum = UUID(found["round"]), found["minimum"]
    if found["state"] == "withheld":
        return Publication(round_id, found["fingerprint"], Withheld(minimum))
    scales = tuple(
        ScaleResult(each["id"], _read(each["whole"]), tuple(_read(part) for part in each["parts"]))
        for each in found["scales"]
    )
    comments = tuple(
        CommentResult(each["id"], None if each["texts"] is None else tuple(each["texts"])) for each in found["comments"]
    )
    release = Release(found["answers"], minimum, scales, comments)
    return Publication(round_id, found["fingerprint"], release, found["papers"], found["serials"])


def serial_hash(fingerprint: bytes, serial: bytes) -> str:
    """How a spent serial is kept and published: bound to the manifest, so that a changed one loses every receipt."""
    return hashlib.sha256(fingerprint + serial).hexdigest()[:SERIAL_DIGITS]


def digest_of(serials: Sequence[str]) -> str:
    """The digest of the sorted list, one a line."""
    return hashlib.sha256("\n".join(serials).encode()).hexdigest()


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {"shape": _NAMES[type(outcome)], **asdict(outcome)}


def _read(found: Mapping[str, Any]) -> Outcome:
    fields = {name: value for name, value in found.items() if name != "shape"}
    if "shares" in fields:
        fields["shares"] = tuple(Share(tuple(each["levels"]), each["percent"]) for each in fields["shares"])
    return SHAPES[found["shape"]](**fields)

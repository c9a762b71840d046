"""What may a round ask? Two kinds of question only: a five-level scale (agreement or frequency) and a comment.

"Cannot say" is offered with every scale and is no answer: it is neither counted nor stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from peerapp.rules.words import N_


class Kind(StrEnum):
    AGREEMENT = "agreement"
    FREQUENCY = "frequency"
    COMMENT = "comment"

    @property
    def is_scale(self) -> bool:
        return self is not Kind.COMMENT


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is unique in its round; `bank` is the key in the question bank, "" for one's own words."""

    id: str
    kind: Kind
    text: str
    bank: str = ""


LEVEL_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGREEMENT: (N_("Strongly disagree"), N_("Disagree"), N_("Neither"), N_("Agree"), N_("Strongly agree")),
    Kind.FREQUENCY: (N_("Never"), N_("Seldom"), N_("Sometimes"), N_("Often"), N_("Nearly always")),
}
CANNOT_SAY = N_("Cannot say")

# A mean as a word, for 5 to 9 answers. The outer ones stand for half a level, so they claim nothing of everybody.
MEAN_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGREEMENT: (
        N_("mostly strong disagreement"),
        N_("mostly disagreement"),
        N_("in between"),
        N_("mostly agreement"),
        N_("mostly strong agreement"),
    ),
    Kind.FREQUENCY: (N_("hardly ever"), N_("mostly seldom"), N_("sometimes"), N_("mostly often"), N_("nearly always")),
}
BAND_NAMES: Mapping[Kind, Mapping[tuple[int, ...], str]] = {
    Kind.AGREEMENT: {(1, 2): N_("disagree"), (3,): N_("neither"), (4, 5): N_("agree")},
    Kind.FREQUENCY: {(1, 2): N_("seldom or never"), (3,): N_("sometimes"), (4, 5): N_("often")},
}


def are_the_same(one: Question, other: Question) -> bool:
    """Whether two rounds asked the same, so that a trend may compare them: same kind, same bank key or same words."""
    if one.kind is not other.kind:
        return False
    if one.bank or other.bank:
        return one.bank == other.bank
    return " ".join(one.text.split()).casefold() == " ".join(other.text.split()).casefold()

"""What do two colleagues promise each other at the start? Six lines, each signed by both, each for both alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerapp.rules.words import N_


@dataclass(frozen=True, slots=True)
class CharterLine:
    key: str
    line: str
    sentence: str


CHARTER: tuple[CharterLine, ...] = (
    CharterLine(
        "ground",
        N_("We share ground"),
        N_("We know this work from our own days, and we speak from what we have tried rather than from above."),
    ),
    CharterLine(
        "safe",
        N_("We keep it safe"),
        N_("What one of us tells the other stays between us, unless we both say otherwise."),
    ),
    CharterLine(
        "freely",
        N_("We choose freely"),
        N_(
            "Each of us is here by choice, picks their own goals, and may change, pause or stop without giving a reason."
        ),
    ),
    CharterLine(
        "both",
        N_("We both give and take"),
        N_("Over a few sessions each of us is sometimes the one who asks and sometimes the one who helps."),
    ),
    CharterLine(
        "people",
        N_("We meet as people"),
        N_("We ask how the other is before we ask what got done, and titles stay outside."),
    ),
    CharterLine(
        "ourselves",
        N_("We can be ourselves"),
        N_("Nobody has to look good here: not knowing, disagreeing and trying again are all welcome."),
    ),
)

KEYS = tuple(each.key for each in CHARTER)


def own_words(text: str) -> dict[str, str]:
    """What a pair wrote in place of each sentence, from how it is stored: one line each, empty where ours stands."""
    lines = text.split("\n") if text else []
    return {key: lines[number] if number < len(lines) else "" for number, key in enumerate(KEYS)}


def stored(words: Mapping[str, str]) -> str:
    """How a pair's sentences are stored; "" when all six are ours. A sentence is one line."""
    lines = [" ".join(words.get(key, "").split()) for key in KEYS]
    return "\n".join(lines) if any(lines) else ""

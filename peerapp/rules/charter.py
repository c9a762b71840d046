"""What do two colleagues promise each other at the start? Six lines, each signed by both, each for both alike."""

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

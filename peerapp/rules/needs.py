"""What may somebody need from the other today? Five roles that a peer can take, and how to be each of them.

Nobody has to choose; the words say what to do, not who somebody is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from peerapp.rules.words import N_


class Need(StrEnum):
    LINK = "link"  # the connecting link
    LEADER = "leader"  # the peer leader
    COACH = "coach"  # the learning coach
    ADVOCATE = "advocate"  # the colleague's advocate
    FRIEND = "friend"  # the trusted friend


@dataclass(frozen=True, slots=True)
class Wording:
    """`name` follows "Today I need"; `meaning` says it to whoever chooses, `prompt` to the other: how to be that."""

    name: str
    meaning: str
    prompt: str


WORDINGS: Mapping[Need, Wording] = {
    Need.LINK: Wording(
        N_("a door-opener"),
        N_("Connecting link: somebody who knows whom to ask."),
        N_("Think of one person or place that would help, and offer to make the introduction."),
    ),
    Need.LEADER: Wording(
        N_("somebody who goes first"),
        N_("Peer leader: somebody who shows how they would begin."),
        N_("Show how you would take the first step, then hand it back."),
    ),
    Need.COACH: Wording(
        N_("a coach"),
        N_("Learning coach: somebody who asks until I find my own way."),
        N_("Ask before you answer: what have you tried, what else could work, what will you do first?"),
    ),
    Need.ADVOCATE: Wording(
        N_("a listener on my side"),
        N_("Colleague’s advocate: somebody who hears me out and takes my view seriously."),
        N_("Listen to the end, say back what you heard, and keep advice until you are asked for it."),
    ),
    Need.FRIEND: Wording(
        N_("a friend to be honest with"),
        N_("Trusted friend: somebody with whom I need not be strong today."),
        N_("Take your time, be kind and be honest. Nothing has to be solved today."),
    ),
}

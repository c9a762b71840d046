"""Would two releases, laid side by side, show the few people by whom their audiences differ?

Two rounds over nearly the same people can be subtracted from each other. So every audience, and every part of a split
as one of its own, is either the same as another one or differs from it by at least 8 people on each side where it
differs at all. Which questions are asked does not matter.
"""

from collections.abc import Iterable
from uuid import UUID

from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import OVERLAP_MAX
from peerapp.rules.words import N_

NEARLY_THE_SAME = Refusal(
    N_("Nearly the same people are asked elsewhere, or were a short while ago. Comparing the two could show what a few of them answered. Ask a clearly wider or another circle, or wait for 30 days."),
)  # fmt: skip


def overlap(new: Iterable[frozenset[UUID]], others: Iterable[Iterable[frozenset[UUID]]]) -> Refusal | None:
    """`new`: the audience and its parts; `others`: the same of each round that is open or closed lately."""
    known = {audience for each in others for audience in each}
    return NEARLY_THE_SAME if any(differ_by_few(one, other) for one in new for other in known) else None


def differ_by_few(one: frozenset[UUID], other: frozenset[UUID]) -> bool:
    """Whether 1 to 7 people are in one audience and not in the other, on either side."""
    both = len(one & other)
    return 1 <= len(one) - both <= OVERLAP_MAX or 1 <= len(other) - both <= OVERLAP_MAX

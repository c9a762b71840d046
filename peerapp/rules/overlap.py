"""Would releases, laid side by side, show the few people by whom their audiences differ?

Two rounds over nearly the same people can be subtracted from each other. So every audience, and every part of a split
as one of its own, is either the same as another one or differs from it by at least 8 people on each side where it
differs at all. Which questions are asked does not matter.

Several rounds within a larger one can be subtracted from it together: what they leave of it is nobody or at least 8
people, too. Looking for that is a set cover, which nobody can do fast for any number of rounds: up to `PIECES_MAX` are
taken together, the largest first, and not more than `STEPS_MAX` combinations are tried for one audience.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from uuid import UUID

from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import OVERLAP_MAX
from peerapp.rules.words import N_

People = frozenset[UUID]
PIECES_MAX = 6
STEPS_MAX = 20_000
NEARLY_THE_SAME = Refusal(
    N_("Nearly the same people are asked elsewhere, or were a short while ago. Comparing the two could show what a few of them answered. Ask a clearly wider or another circle, or wait for 30 days."),
)  # fmt: skip


def overlap(new: Iterable[People], others: Iterable[Iterable[People]]) -> Refusal | None:
    """`new`: the audience and its parts; `others`: the same of each round that is open or closed lately."""
    asked, known = frozenset(new), frozenset(audience for each in others for audience in each)
    if any(differ_by_few(one, other) for one in asked for other in known):
        return NEARLY_THE_SAME
    return NEARLY_THE_SAME if known and together_leave_few(asked, known) else None


def differ_by_few(one: People, other: People) -> bool:
    """Whether 1 to 7 people are in one audience and not in the other, on either side."""
    both = len(one & other)
    return 1 <= len(one) - both <= OVERLAP_MAX or 1 <= len(other) - both <= OVERLAP_MAX


def together_leave_few(asked: frozenset[People], known: frozenset[People]) -> bool:
    """Whether some audience is all but 1 to 7 people made of others within it, one of `asked` among them or around them."""
    everything = asked | known
    for whole in everything:
        within = [each for each in everything if each < whole]
        firsts = within if whole in asked else [each for each in within if each in asked]
        if firsts and _leave_few(whole, firsts, within):
            return True
    return False


def _leave_few(whole: People, firsts: Sequence[People], within: Sequence[People]) -> bool:
    """Begin with one of `firsts`, go on with any of those within. People are bits: the steps are many."""
    bit = dict(zip(whole, count(), strict=False))
    bits = {each: sum(1 << bit[person] for person in each) for each in within}
    pieces = sorted(bits.values(), key=int.bit_count, reverse=True)
    steps = [STEPS_MAX]
    everybody = (1 << len(whole)) - 1
    return any(_few_left(everybody & ~bits[first], pieces, 0, PIECES_MAX - 1, steps) for first in firsts)


def _few_left(left: int, pieces: Sequence[int], begin: int, more: int, steps: list[int]) -> bool:
    """Whether up to so many more pieces, from this one on, leave 1 to 7 people of those who are left."""
    size = left.bit_count()
    if size <= OVERLAP_MAX:
        return size > 0
    for at in range(begin, len(pieces)):
        if more * pieces[at].bit_count() < size - OVERLAP_MAX or steps[0] <= 0:
            return False  # the rest is no larger: too much would be left
        steps[0] -= 1
        if pieces[at] & left and _few_left(left & ~pieces[at], pieces, at + 1, more - 1, steps):
            return True
    return False

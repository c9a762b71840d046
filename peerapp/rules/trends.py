"""Did a question come out higher or lower than last time? Told only as far as both releases show it.

Means are rounded more coarsely the fewer people answered, so a difference below the coarser of the two steps is none.
A top-coded mean ("4.5 or more") has a direction at most, no distance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from peerapp.rules.outcomes import Bands, Levels, Mean, Outcome, is_coded_mean, mean_of
from peerapp.rules.questions import Question, are_the_same
from peerapp.rules.release import Release


class Way(StrEnum):
    UP = "up"
    SAME = "same"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change:
    """`hundredths` is how far, without a sign; None where only the direction is known."""

    way: Way
    hundredths: int | None


def change(now: Outcome, before: Outcome) -> Change | None:
    """From an earlier outcome to this one; None where one of them shows no mean."""
    new, old = mean_of(now), mean_of(before)
    if new is None or old is None:
        return None
    distance = new - old
    if abs(distance) < max(_step(now), _step(before)):
        return Change(Way.SAME, 0)
    is_exact = not is_coded_mean(new) and not is_coded_mean(old)
    return Change(Way.UP if distance > 0 else Way.DOWN, abs(distance) if is_exact else None)


def earlier(asked: Question, before: Iterable[tuple[tuple[Question, ...], Release]]) -> tuple[int, Outcome] | None:
    """The last time that this was asked: which of the earlier rounds (the latest comes first), and its outcome."""
    for number, (questions, release) in enumerate(before):
        for each in questions:
            if each.kind.is_scale and are_the_same(asked, each):
                return number, next(one.whole for one in release.scales if one.question_id == each.id)
    return None


def _step(outcome: Outcome) -> int:
    """How far apart two means of this shape are at least, in hundredths (release_rules.TIERS)."""
    if isinstance(outcome, Bands | Levels):
        return 10
    coded = isinstance(outcome, Mean) and is_coded_mean(outcome.hundredths)
    quartered = isinstance(outcome, Mean) and outcome.favourable is not None
    return 10 if coded else 25 if quartered else 50

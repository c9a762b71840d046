"""How much fits on a board, when is a goal done, and where does a card land?"""

from collections.abc import Iterable, Sequence, Set as AbstractSet
from enum import StrEnum
from typing import TypeVar

from peerapp.rules import limits, ordering
from peerapp.rules.areas import Area
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from peerapp.rules.words import N_

Id = TypeVar("Id")

COLUMN_NAMES = {
    Column.IDEAS: N_("Ideas"),
    Column.NEXT: N_("Next"),
    Column.DOING: N_("Doing"),
    Column.DONE: N_("Done"),
    Column.PARKED: N_("Parked"),
}
STARTS = (Column.IDEAS, Column.NEXT, Column.DOING, Column.PARKED)  # a goal is not made done

FULL = N_("The board is full: it holds %(most)s goals. Archive what is over, then add the new one.")
ENOUGH_STEPS = N_("A goal has room for %(most)s steps. A goal that needs more is often two goals.")
KEEPS_ITS_OWNER = N_("A goal that is done keeps its owner. Move it out of Done first.")


class By(StrEnum):
    """A move inside the column, as a menu offers it."""

    UP = "up"
    DOWN = "down"
    TOP = "top"
    BOTTOM = "bottom"


def room_for_goals(there: int, more: int = 1) -> Refusal | None:
    """Archived goals do not count."""
    return Refusal(FULL, {"most": limits.GOALS_MAX}) if there + more > limits.GOALS_MAX else None


def room_for_steps(there: int) -> Refusal | None:
    return Refusal(ENOUGH_STEPS, {"most": limits.STEPS_MAX}) if there >= limits.STEPS_MAX else None


def is_much(doing: int) -> bool:
    """Whether somebody has more under way than is easy. Said kindly, never enforced."""
    return doing > limits.DOING_SOFT_LIMIT


def is_agreed(members: AbstractSet[Id], confirmed: AbstractSet[Id]) -> bool:
    """A goal of both is done when both have said so."""
    return members <= confirmed


def coverage(covered: Iterable[Area]) -> tuple[tuple[Area, bool], ...]:
    """The six areas in their order, each with whether a goal touches it."""
    touched = set(covered)
    return tuple((area, area in touched) for area in Area)


def neighbour(order: Sequence[Id], card: Id, by: By) -> Id | None:
    """Under which other card it lands when it moves inside its column; None is the top."""
    others = [each for each in order if each != card]
    here = order.index(card)
    index = {By.UP: here - 1, By.DOWN: here + 1, By.TOP: 0, By.BOTTOM: len(others)}[by]
    return others[min(index, len(others)) - 1] if index > 0 and others else None


def key_at(keys: Sequence[str], index: int) -> str | None:
    """The position key for a card that lands at this index among the others; None when they need new keys first."""
    above, below = keys[index - 1] if index else None, keys[index] if index < len(keys) else None
    if above is not None and above == below:
        return None
    key = ordering.between(above, below)
    return key if len(key) <= ordering.MAX_LENGTH else None

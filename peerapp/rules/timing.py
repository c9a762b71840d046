"""Which point of the agenda are we at, and until when is its time?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID


class Point(Protocol):
    """A point of the agenda, whoever holds it."""

    @property
    def id(self) -> UUID: ...
    @property
    def is_done(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock of a point. `begun_at` is None while it rests; `spent` are the seconds before that."""

    begun_at: datetime | None
    spent: int

    def ends(self, minutes: int) -> datetime | None:
        """When so many minutes are over; None while the clock rests."""
        return self.begun_at + timedelta(minutes=minutes, seconds=-self.spent) if self.begun_at else None

    def minutes_left(self, minutes: int) -> int:
        """While it rests: whole minutes, the begun one counted; 0 when the time is up."""
        return max(0, -(-(minutes * 60 - self.spent) // 60))


def current(points: Sequence[Point], chosen: UUID | None) -> UUID | None:
    """The point that the two chose unless it is over, else the first that is not."""
    left = [point.id for point in points if not point.is_done]
    return chosen if chosen in left else next(iter(left), None)


def following(points: Sequence[Point], here: UUID) -> UUID | None:
    """The next point that is not over, after this one or, from the end, from the start."""
    place = next(index for index, point in enumerate(points) if point.id == here)
    around = [*points[place + 1 :], *points[:place]]
    return next((point.id for point in around if not point.is_done), None)


def before(points: Sequence[Point], here: UUID | None) -> UUID | None:
    """The point above this one; the last of all when there is no current one any more."""
    ids = [point.id for point in points]
    place = ids.index(here) if here else len(ids)
    return ids[place - 1] if place else None

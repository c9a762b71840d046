"""What does a due date say today: by when, how far over, or when it was done?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueKind(StrEnum):
    NONE = "none"
    BY = "by"
    TODAY = "today"
    OVER = "over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Due:
    """`on` is the day to be named, `days` how many it is over."""

    kind: DueKind
    on: date | None = None
    days: int = 0


def due(due_on: date | None, today: date, done_on: date | None = None) -> Due:
    """All three are days in the reader's zone."""
    if done_on is not None:
        return Due(DueKind.DONE, done_on)
    if due_on is None:
        return Due(DueKind.NONE)
    if due_on == today:
        return Due(DueKind.TODAY, due_on)
    if due_on < today:
        return Due(DueKind.OVER, due_on, (today - due_on).days)
    return Due(DueKind.BY, due_on)

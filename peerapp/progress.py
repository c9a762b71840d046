"""How far is the long work of this process? Told to whoever watches; nobody relies on it.

The work itself is one transaction, which nobody can look into, so the figure lives beside the database. Another
process does not know it; its page then says that the work goes on, without a figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

Report = Callable[[int], None]
_running: dict[UUID, "Progress"] = {}


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int


def of(work: UUID) -> Progress | None:
    """None when this process does not do it."""
    return _running.get(work)


def begin(work: UUID, total: int) -> Report:
    """Start counting; the answer is called with each number of things that were done."""
    _running[work] = Progress(0, total)

    def report(more: int) -> None:
        so_far = _running[work]
        _running[work] = Progress(min(so_far.done + more, total), total)

    return report


def end(work: UUID) -> None:
    _running.pop(work, None)

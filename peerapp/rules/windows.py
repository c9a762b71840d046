"""How much of a long list does a page show at first, before somebody asks for more?

Of each column of a board the uppermost cards, of a session the last notes.
"""

from collections.abc import Mapping
from uuid import UUID

from peerapp.rules.limits import GOALS_MAX
from peerapp.rules.states import Column

AT_FIRST = {Column.IDEAS: 15, Column.NEXT: 15, Column.DOING: 15, Column.DONE: 8, Column.PARKED: 8}
MORE = 30
NAMED = "goal"
NOTES_MOST, NOTES_STEP = 18, 6
Windows = tuple[int, ...]  # as many cards of each column, in the order of the columns


def asked_for(said: Mapping[str, str]) -> Windows:
    """What an address asks for, as in `?done=38`; whatever makes no sense is what there is at first."""
    return tuple(_between(said.get(column.value, ""), most) for column, most in AT_FIRST.items())


def named_in(said: Mapping[str, str]) -> UUID | None:
    """A card that is shown wherever it stands, as in `?goal=…`."""
    try:
        return UUID(said.get(NAMED, ""))
    except ValueError:
        return None


def wider(windows: Windows, column: Column) -> dict[str, int]:
    """How to ask for more of a column and no less of the others."""
    most = dict(zip(Column, windows, strict=True))
    most[column] += MORE
    return {each.value: most[each] for each in Column if most[each] > AT_FIRST[each]}


def earlier_notes(number: int) -> int:
    """How many of so many notes are not shown at first; they go some at a time, so that few new notes move the page."""
    return -(-max(0, number - NOTES_MOST) // NOTES_STEP) * NOTES_STEP


def _between(said: str, least: int) -> int:
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(GOALS_MAX))
    return min(max(int(said), least), GOALS_MAX) if is_number else least

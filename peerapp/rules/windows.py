"""How many cards of each column does a board show? The uppermost few at first, and more where somebody asks for them."""

from collections.abc import Mapping
from uuid import UUID

from peerapp.rules.limits import GOALS_MAX
from peerapp.rules.states import Column

AT_FIRST = {Column.IDEAS: 15, Column.NEXT: 15, Column.DOING: 15, Column.DONE: 8, Column.PARKED: 8}
MORE = 30
NAMED = "goal"
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


def _between(said: str, least: int) -> int:
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(GOALS_MAX))
    return min(max(int(said), least), GOALS_MAX) if is_number else least

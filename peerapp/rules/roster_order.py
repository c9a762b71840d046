"""In which order can people be written, when each names a manager who has to be there first?"""

from collections.abc import Iterable

from peerapp.rules.roster_row import Row


def managers_first(rows: Iterable[Row]) -> list[Row]:
    """Every row behind the row of its manager. The rows of a good roster hold no circle."""
    waiting = {row.email: row for row in rows}
    ordered: list[Row] = []
    while waiting:
        chain = [next(iter(waiting.values()))]
        while chain[-1].manager in waiting and chain[-1].manager != chain[-1].email and len(chain) <= len(waiting):
            chain.append(waiting[chain[-1].manager])
        ordered += [row for row in reversed(chain) if waiting.pop(row.email, None)]
    return ordered

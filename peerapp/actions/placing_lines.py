"""Where does a line of the journal stand? Between its neighbours, as they are now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, update

from peerapp.db import db
from peerapp.models import AgendaPoint, NoteBlock, Session
from peerapp.rules import ordering

Placed = AgendaPoint | NoteBlock


def last_position(kind: type[Placed], session: Session) -> str | None:
    return db.session.scalar(select(func.max(kind.position)).where(kind.session_id == session.id))


def above(line: Placed) -> str:
    """The id of the line that it stands under; "" at the top."""
    rows = _rows(line)
    place = _place(rows, line)
    return str(rows[place - 1].id) if place else ""


def one_on(line: Placed, *, up: bool) -> bool:
    """Move a line over the neighbour that one sees; False at the end of the list, where nothing happens."""
    rows = _rows(line)
    place = _place(rows, line)
    beyond = rows[:place][::-1] if up else rows[place + 1 :]
    steps = next((count for count, row in enumerate(beyond, 1) if not row.hidden), 0)
    if steps:
        _put(line, rows, place, place - steps if up else place + steps)
    return bool(steps)


def put_under(line: Placed, neighbour: str) -> None:
    """Under this line, or on top where it is not there any more."""
    rows = _rows(line)
    place = _place(rows, line)
    others = [row for index, row in enumerate(rows) if index != place]
    wanted = next((index for index, row in enumerate(others, 1) if str(row.id) == neighbour), 0)
    _put(line, rows, place, wanted)


def _rows(line: Placed) -> Sequence[Any]:
    kind: Any = type(line)
    return db.session.execute(
        select(kind.id, kind.position, _is_hidden(kind).label("hidden"))
        .where(kind.session_id == line.session_id)
        .order_by(kind.position, kind.id),
    ).all()


def _place(rows: Sequence[Any], line: Placed) -> int:
    return next(index for index, row in enumerate(rows) if row.id == line.id)


def _is_hidden(kind: type[Placed]) -> ColumnElement[bool]:
    return AgendaPoint.removed_at.is_not(None) if kind is AgendaPoint else false()


def _put(line: Placed, rows: Sequence[Any], place: int, wanted: int) -> None:
    """Between its new neighbours; fresh keys for the whole list when that gap was used very often."""
    kind: Any = type(line)
    others = [row for index, row in enumerate(rows) if index != place]
    over, below = others[wanted - 1] if wanted else None, others[wanted] if wanted < len(others) else None
    key = ordering.between(over.position if over else None, below.position if below else None)
    if len(key) <= ordering.MAX_LENGTH:
        line.position = key
    else:
        others.insert(wanted, rows[place])  # the update below also refreshes what is loaded
        for fresh, row in zip(ordering.spread(len(others)), others, strict=True):
            db.session.execute(update(kind).where(kind.id == row.id).values(position=fresh))
    db.session.flush()

"""What the lines of a session share: a place in the order, and that one may take back one's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, update

from peerapp import clock, db as database
from peerapp.db import db
from peerapp.models import AgendaPoint, Decision, NoteBlock, Session
from peerapp.rules import ordering
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

UNDO = timedelta(hours=1)  # how long words that were taken back can come back
GONE = N_("These words are gone for good. Write them again if you want them back.")


def last_position(kind: type[AgendaPoint | NoteBlock], session: Session) -> str | None:
    return db.session.scalar(select(func.max(kind.position)).where(kind.session_id == session.id))


def step(line: AgendaPoint | NoteBlock, *, up: bool) -> None:
    """Move a line over the neighbour that one sees; at the end of the list nothing happens."""
    kind: Any = type(line)
    rows = db.session.execute(
        select(kind.id, kind.position, _is_hidden(kind).label("hidden"))
        .where(kind.session_id == line.session_id)
        .order_by(kind.position, kind.id),
    ).all()
    place = next(index for index, row in enumerate(rows) if row.id == line.id)
    beyond = rows[:place][::-1] if up else rows[place + 1 :]
    steps = next((count for count, row in enumerate(beyond, 1) if not row.hidden), 0)
    if steps:
        _put(line, rows, place, place - steps if up else place + steps)
        line.session.pair.touch()
        db.session.flush()


def take_back(line: NoteBlock | Decision) -> None:
    """The words of a line are hidden at once, and wiped when the time to undo is over."""
    line.retracted_at = line.retracted_at or clock.now()
    _changed(line)


def give_back(line: NoteBlock | Decision) -> Refusal | None:
    """Undo it, while the words are still there."""
    if not (line.body if isinstance(line, NoteBlock) else line.words):
        return Refusal(GONE)
    line.retracted_at = None
    _changed(line)
    return None


def forget_retracted(now: datetime, at_once: int) -> int:
    """Wipe the words of lines that were taken back longer ago than one can undo, so many at once; how many."""
    return _wipe(NoteBlock, NoteBlock.body, now - UNDO, at_once) + _wipe(Decision, Decision.words, now - UNDO, at_once)


def _wipe(kind: type[NoteBlock | Decision], words: Any, before: datetime, at_once: int) -> int:
    """Looked for as a reader, who keeps nobody waiting."""
    old = (kind.retracted_at < before, words != "")
    with database.only_reading():
        found = list(db.session.scalars(select(kind.id).where(*old).limit(at_once)))
        database.pause()
    if found:
        wipe = update(kind).where(kind.id.in_(found), *old).values({words.key: ""})
        db.session.execute(wipe.execution_options(synchronize_session=False))
    return len(found)


def _is_hidden(kind: type[AgendaPoint | NoteBlock]) -> ColumnElement[bool]:
    return AgendaPoint.removed_at.is_not(None) if kind is AgendaPoint else false()


def _put(line: AgendaPoint | NoteBlock, rows: Sequence[Any], place: int, wanted: int) -> None:
    """Between its new neighbours; fresh keys for the whole list when that gap was used very often."""
    kind: Any = type(line)
    others = [row for index, row in enumerate(rows) if index != place]
    above, below = others[wanted - 1] if wanted else None, others[wanted] if wanted < len(others) else None
    key = ordering.between(above.position if above else None, below.position if below else None)
    if len(key) <= ordering.MAX_LENGTH:
        line.position = key
        return
    others.insert(wanted, rows[place])  # the update below also refreshes what is loaded
    for fresh, row in zip(ordering.spread(len(others)), others, strict=True):
        db.session.execute(update(kind).where(kind.id == row.id).values(position=fresh))


def _changed(line: NoteBlock | Decision) -> None:
    if isinstance(line, NoteBlock):
        line.version += 1
    line.session.pair.touch()
    db.session.flush()

"""What the lines of a session and the comments share: one may move them, and take back one's own."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from peerapp import clock, db as database
from peerapp.actions.history import record
from peerapp.actions.line_state import GONE, words_are_gone
from peerapp.actions.placing_lines import Placed, above, one_on
from peerapp.db import db
from peerapp.models import Change, Comment, Decision, NoteBlock, Pair, Person
from peerapp.rules.refusal import Refusal

UNDO = timedelta(hours=1)  # how long words that were taken back can come back
Own = NoteBlock | Decision | Comment


def step(line: Placed, by: Person, *, up: bool) -> Change | None:
    """Move a line over the neighbour that one sees; None at the end of the list, where nothing happens."""
    before = above(line)
    if not one_on(line, up=up):
        return None
    pair = line.session.pair
    pair.touch()
    return record(line, pair, by, {"above": before}, {"above": above(line)})


def take_back(line: Own, pair: Pair, by: Person) -> None:
    """The words of a line are hidden at once, and wiped when the time to undo is over."""
    if line.retracted_at is None:
        line.retracted_at = clock.now()
        _changed(line, pair, by, is_away=True)


def give_back(line: Own, pair: Pair, by: Person) -> Refusal | None:
    """Undo it, while the words are still there."""
    if words_are_gone(line):
        return Refusal(GONE)
    if line.retracted_at is not None:
        line.retracted_at = None
        _changed(line, pair, by, is_away=False)
    return None


def forget_retracted(now: datetime, at_once: int) -> int:
    """Wipe the words of lines that were taken back longer ago than one can undo, so many at once; how many."""
    kinds = ((NoteBlock, NoteBlock.body), (Decision, Decision.words), (Comment, Comment.body))
    return sum(_wipe(kind, words, now - UNDO, at_once) for kind, words in kinds)


def _wipe(kind: type[Own], words: Any, before: datetime, at_once: int) -> int:
    """With their history, which holds them too. Looked for as a reader, who keeps nobody waiting."""
    old = (kind.retracted_at < before, words != "")
    with database.only_reading():
        found = list(db.session.scalars(select(kind.id).where(*old).limit(at_once)))
        database.pause()
    if found:
        quietly = {"synchronize_session": False}
        told = delete(Change).where(Change.thing_id.in_(select(kind.id).where(kind.id.in_(found), *old)))
        db.session.execute(told.execution_options(**quietly))
        wipe = update(kind).where(kind.id.in_(found), *old).values({words.key: ""})
        db.session.execute(wipe.execution_options(**quietly))
    return len(found)


def _changed(line: Own, pair: Pair, by: Person, *, is_away: bool) -> None:
    if isinstance(line, NoteBlock):
        line.version += 1
    pair.touch()
    record(line, pair, by, {"taken_back": not is_away}, {"taken_back": is_away})

"""What stands on the page of a session: agenda, notes, decisions and actions, in one statement.

Everything here may be read by both of the two. What one of them noted in private is in no query of this module.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from peerapp.models import Session
from peerapp.models.journal import NoteKind
from peerapp.queries.frame_rows import FrameLines, frame_in
from peerapp.queries.open_actions import ActionLine
from peerapp.queries.session_rows import rows_of
from peerapp.recent import Recent
from peerapp.rules import cadence, planning, timing
from peerapp.rules.timing import Timing

PAGES_KEPT = 128
_PROPOSED = {point.key: point for point in cadence.AGENDA}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    id: UUID
    kind: str
    words: str
    minutes: int
    goal: str | None
    is_done: bool
    version: int

    @property
    def is_ours(self) -> bool:
        """Whether these are the words we proposed, to be shown in the reader's language."""
        return self.kind in _PROPOSED and self.words == _PROPOSED[self.kind].name

    @property
    def prompt(self) -> str:
        """A question to begin with, to be translated; "" for a point of the pair's own."""
        return _PROPOSED[self.kind].prompt if self.kind in _PROPOSED else ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A block. A retracted one has no words here."""

    id: UUID
    author_id: UUID
    body: str
    version: int
    written_at: datetime
    edited_by_id: UUID | None
    is_retracted: bool
    kind: NoteKind


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: UUID
    author_id: UUID
    words: str
    is_retracted: bool


@dataclass(frozen=True, slots=True)
class MoveLine:
    moved_by_id: UUID
    moved_from: datetime
    moved_to: datetime


@dataclass(frozen=True, slots=True)
class SessionLines:
    """All lines of one session in order. `earlier` are the pair's actions that come from before it.

    `nth` says which of the pair's sessions it is; None for one that was missed or cancelled.
    """

    agenda: tuple[AgendaLine, ...]
    notes: tuple[NoteLine, ...]
    decisions: tuple[DecisionLine, ...]
    earlier: tuple[ActionLine, ...]
    actions: tuple[ActionLine, ...]
    moves: tuple[MoveLine, ...]
    nth: int | None
    frame: FrameLines

    @property
    def now(self) -> AgendaLine | None:
        """The point that the two are at, else the first that is not ticked."""
        here = timing.current(self.agenda, self.frame.point_id)
        return next((point for point in self.agenda if point.id == here), None)

    @property
    def timing(self) -> Timing | None:
        """The clock of that point; None when nobody has started it."""
        is_on = self.now is not None and self.now.id == self.frame.point_id
        return self.frame.timing if is_on and (self.frame.timing.begun_at or self.frame.timing.spent) else None

    @property
    def drawn_point(self) -> AgendaLine | None:
        """The point of the agenda that the spinner picked, unless it was removed since."""
        return next((point for point in self.agenda if point.id == self.frame.drawn.point_id), None)

    def has_takeaway_of(self, person_id: UUID) -> bool:
        """Whether this person has written what they take along."""
        mine = (note for note in self.notes if note.author_id == person_id and not note.is_retracted)
        return any(note.kind is NoteKind.TAKEAWAY for note in mine)


_recent: Recent[SessionLines] = Recent(PAGES_KEPT)


def lines_of(session: Session) -> SessionLines:
    """The lines of a session that was loaded through its reader; remembered until the pair changes anything."""
    return _recent.get((session.id, session.pair.version), lambda: _read(session), weigh=_characters)


def _characters(lines: SessionLines) -> int:
    return sum(len(note.body) for note in lines.notes)


def _read(session: Session) -> SessionLines:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(session):
        found[row.what].append(row)
    actions = [_action(row) for row in sorted(found["action"], key=lambda row: row.at)]
    return SessionLines(
        agenda=tuple(
            AgendaLine(row.id, row.label, row.words, row.number, row.title, row.until is not None, row.version)
            for row in _in_order(found["agenda"])
        ),
        notes=tuple(
            NoteLine(
                row.id,
                row.person_id,
                row.words,
                row.version,
                row.at,
                row.ref_id,
                row.until is not None,
                NoteKind(row.label),
            )
            for row in _in_order(found["note"])
        ),
        decisions=tuple(
            DecisionLine(row.id, row.person_id, row.words, row.until is not None)
            for row in sorted(found["decision"], key=lambda row: row.at)
        ),
        earlier=tuple(action for action in actions if action.session_id != session.id),
        actions=tuple(action for action in actions if action.session_id == session.id),
        moves=tuple(
            MoveLine(row.person_id, row.at, row.until) for row in sorted(found["move"], key=lambda row: row.at)
        ),
        nth=planning.nth(session.state, found["nth"][0].number),
        frame=frame_in(found),
    )


def _in_order(rows: Sequence[Any]) -> list[Any]:
    """By position key, byte by byte, whatever the database's collation."""
    return sorted(rows, key=lambda row: (row.position, row.id))


def _action(row: Any) -> ActionLine:
    return ActionLine(row.id, row.words, row.person_id, row.day, row.until is not None, row.version, row.ref_id)

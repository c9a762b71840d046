"""What does the journal of a pair hold: which sessions, which one is next, what is still open?

Three statements however long the journal is: a window of sessions, the next one, the open actions.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from peerapp.db import UtcDateTime, db
from peerapp.models import Decision, NoteBlock, Pair, Session, SessionTurn
from peerapp.queries import open_actions
from peerapp.queries.open_actions import ActionLine
from peerapp.queries.session_rows import NEVER, counted_before
from peerapp.queries.sessions import AHEAD
from peerapp.recent import Recent
from peerapp.rules import planning
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import SessionState

WINDOW = 20
JOURNALS_KEPT = 256


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in the list."""

    id: UUID
    number: int
    state: SessionState
    planned_for: datetime
    minutes: int
    place: str
    started_at: datetime | None
    version: int
    kind: SessionKind
    turn_of_id: UUID | None  # whose turn it is in a session by writing, and until when
    turn_until: datetime | None
    rests_since: datetime | None  # the pair pauses
    notes: int
    decisions: int
    nth: int | None = None  # which of the pair's sessions it is, not counting what was missed or cancelled

    @property
    def at(self) -> datetime:
        """When it began, or else when it is planned for."""
        return self.started_at or self.planned_for


@dataclass(frozen=True, slots=True)
class Journal:
    """A window of the journal. `older_than` is the number to ask for next; None at the beginning of it all."""

    next: SessionLine | None
    sessions: tuple[SessionLine, ...]
    actions: tuple[ActionLine, ...]
    older_than: int | None

    @property
    def writing(self) -> SessionLine | None:
        """The session by writing that is under way."""
        turns = (line for line in self.sessions if line.kind is SessionKind.TURNS)
        return next((line for line in turns if line.state is SessionState.RUNNING), None)


_recent: Recent[Journal] = Recent(JOURNALS_KEPT)
_counts = [
    select(func.count())
    .select_from(lines)
    .where(lines.session_id == Session.id, lines.retracted_at.is_(None))
    .scalar_subquery()
    for lines in (NoteBlock, Decision)
]
_LINE: Select[*tuple[Any, ...]] = select(
    Session.id,
    Session.number,
    Session.state,
    Session.planned_for,
    Session.minutes,
    Session.place,
    Session.started_at,
    Session.version,
    Session.kind,
    SessionTurn.person_id,
    SessionTurn.until,
    Session.rests_since,
    *_counts,
).outerjoin(SessionTurn, SessionTurn.session_id == Session.id)


def journal_of(pair: Pair, before: int | None) -> Journal:
    """The newest sessions, or those before the one with this number; remembered until the pair changes anything."""
    return _recent.get((pair.id, pair.version, before), lambda: _read(pair, before))


def next_in(pair: Pair) -> SessionLine | None:
    """The session under way, else the next planned one."""
    row = db.session.execute(
        _LINE.where(Session.pair_id == pair.id, Session.state.in_(AHEAD), Session.kind == SessionKind.MEETING)
        .order_by(Session.started_at.is_(None), Session.planned_for)
        .limit(1),
    ).one_or_none()
    return SessionLine(*row) if row else None


def _read(pair: Pair, before: int | None) -> Journal:
    border: ColumnElement[datetime] = literal(NEVER, UtcDateTime())
    window = _LINE.where(Session.pair_id == pair.id)
    if before is not None:
        at = select(Session.planned_for).where(Session.pair_id == pair.id, Session.number == before).scalar_subquery()
        window = window.where(
            or_(Session.planned_for < at, (Session.planned_for == at) & (Session.number < before)),
        )
        border = at
    rows = db.session.execute(
        window.add_columns(counted_before(pair.id, border).scalar_subquery())
        .order_by(Session.planned_for.desc(), Session.number.desc())
        .limit(WINDOW + 1),
    ).all()
    lines = _placed([SessionLine(*row[:-1]) for row in rows[:WINDOW]], rows[0][-1] if rows else 0)
    ahead = next_in(pair)
    return Journal(
        next=next((line for line in lines if ahead and line.id == ahead.id), ahead),
        sessions=tuple(lines),
        actions=open_actions.open_in(pair),
        older_than=rows[WINDOW - 1].number if len(rows) > WINDOW else None,
    )


def _placed(lines: list[SessionLine], counted: int) -> list[SessionLine]:
    """The same lines, the newest first, each with its number; `counted` of the sessions so far count."""
    placed = []
    for line in lines:
        placed.append(replace(line, nth=planning.nth(line.state, counted - 1)))
        counted -= line.state in planning.COUNTED
    return placed

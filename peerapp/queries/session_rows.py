"""How do six tables of lines come back in one statement? Each as a part of one union, in columns that all share."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    Text,
    Uuid,
    and_,
    case,
    cast,
    false,
    literal,
    null,
    or_,
    select,
    union_all,
)

from peerapp.db import UtcDateTime
from peerapp.models import Action, AgendaPoint, Decision, Goal, NoteBlock, Session, SessionMove
from peerapp.rules.states import Column, SessionState

AT_HAND = (Column.DOING, Column.NEXT)


def rows_of(session: Session) -> CompoundSelect[Any]:
    """The statement; `what` says of each row which kind of line it is."""
    parts = (_agenda, _notes, _decisions, _actions, _goals, _moves)
    return union_all(*(part(session) for part in parts))


_NOTHING: dict[str, Any] = {
    "id": cast(null(), Uuid()),
    "person_id": cast(null(), Uuid()),
    "ref_id": cast(null(), Uuid()),
    "position": literal("", String()),
    "words": literal("", Text()),
    "label": literal("", String()),
    "title": cast(null(), String()),
    "number": literal(0, Integer()),
    "version": literal(0, Integer()),
    "at": cast(null(), UtcDateTime()),
    "until": cast(null(), UtcDateTime()),
    "day": cast(null(), Date()),
}


def _row(what: str, **columns: Any) -> Select[Any]:
    """One kind of line in the columns that all kinds share."""
    shared = {name: columns.get(name, nothing) for name, nothing in _NOTHING.items()}
    return select(literal(what).label("what"), *(column.label(name) for name, column in shared.items()))


def _agenda(session: Session) -> Select[Any]:
    point = AgendaPoint
    return (
        _row(
            "agenda",
            id=point.id,
            position=point.position,
            words=point.words,
            label=point.kind,
            title=Goal.title,
            number=point.minutes,
            version=point.version,
            until=point.done_at,
        )
        .select_from(point)
        .outerjoin(Goal, Goal.id == point.goal_id)
        .where(point.session_id == session.id, point.removed_at.is_(None))
    )


def _notes(session: Session) -> Select[Any]:
    block = NoteBlock
    return _row(
        "note",
        id=block.id,
        person_id=block.author_id,
        ref_id=block.edited_by_id,
        position=block.position,
        words=_unless_retracted(block.retracted_at, block.body),
        version=block.version,
        at=block.written_at,
        until=block.retracted_at,
    ).where(block.session_id == session.id)


def _decisions(session: Session) -> Select[Any]:
    decision = Decision
    return _row(
        "decision",
        id=decision.id,
        person_id=decision.author_id,
        words=_unless_retracted(decision.retracted_at, decision.words),
        at=decision.made_at,
        until=decision.retracted_at,
    ).where(decision.session_id == session.id)


def _actions(session: Session) -> Select[Any]:
    return _row(
        "action",
        id=Action.id,
        person_id=Action.owner_id,
        ref_id=Action.session_id,
        words=Action.words,
        version=Action.version,
        at=Action.made_at,
        until=Action.done_at,
        day=Action.due_on,
    ).where(
        Action.pair_id == session.pair_id,
        Action.dropped_at.is_(None),
        or_(Action.session_id == session.id, _carried_into(session)),
    )


def _carried_into(session: Session) -> ColumnElement[bool]:
    """What a session finds open, and what was done while it ran: a question each time, never a copy."""
    done_in_it = and_(Action.done_at >= session.started_at, Action.done_at <= session.ended_at)
    if session.state is SessionState.PLANNED:
        return Action.done_at.is_(None)
    if session.state is SessionState.RUNNING:
        return or_(Action.done_at.is_(None), Action.done_at >= session.started_at)
    return done_in_it if session.state is SessionState.HELD else false()


def _goals(session: Session) -> Select[Any]:
    return _row(
        "goal",
        id=Goal.id,
        person_id=Goal.owner_id,
        position=Goal.position,
        words=Goal.title,
        label=Goal.column,
        day=Goal.due_on,
    ).where(Goal.pair_id == session.pair_id, Goal.archived_at.is_(None), Goal.column.in_(AT_HAND))


def _moves(session: Session) -> Select[Any]:
    move = SessionMove
    return _row("move", id=move.id, person_id=move.moved_by_id, at=move.moved_from, until=move.moved_to).where(
        move.session_id == session.id,
    )


def _unless_retracted(retracted_at: Any, words: Any) -> ColumnElement[str]:
    return case((retracted_at.is_(None), words), else_="")

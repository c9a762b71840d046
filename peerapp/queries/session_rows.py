"""How do the lines of a session come back in one statement? Each kind is a part of one union, in columns that all share.

Every part finds its rows by an index, so a session costs the same in a journal of any length. The statement is built
once; only its values change.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from peerapp.db import UtcDateTime, db
from peerapp.models import Action, AgendaPoint, Decision, Goal, NoteBlock, Session, SessionMove
from peerapp.queries.frame_rows import frame_parts
from peerapp.rules import planning
from peerapp.rules.states import SessionState

AHEAD = (SessionState.PLANNED, SessionState.RUNNING)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def rows_of(session: Session) -> list[Row[Any]]:
    """All lines; `what` says of each which kind it is.

    A session ahead finds what is open, and every session what was done while it ran: asked each time, never copied.
    """
    values = {
        "session": session.id,
        "pair": session.pair_id,
        "takes_open": session.state in AHEAD,
        "begun": session.started_at or NEVER,
        "over": session.ended_at or NEVER,
        "planned_for": session.planned_for,
    }
    return list(db.session.execute(_ALL, values))


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


_SESSION = bindparam("session", type_=Uuid())
_PAIR = bindparam("pair", type_=Uuid())


def _agenda() -> Select[Any]:
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
        .where(point.session_id == _SESSION, point.removed_at.is_(None))
    )


def _notes() -> Select[Any]:
    block = NoteBlock
    return _row(
        "note",
        id=block.id,
        person_id=block.author_id,
        ref_id=block.edited_by_id,
        position=block.position,
        words=_unless_retracted(block.retracted_at, block.body),
        label=cast(block.kind, String()),
        version=block.version,
        at=block.written_at,
        until=block.retracted_at,
    ).where(block.session_id == _SESSION)


def _decisions() -> Select[Any]:
    decision = Decision
    return _row(
        "decision",
        id=decision.id,
        person_id=decision.author_id,
        words=_unless_retracted(decision.retracted_at, decision.words),
        at=decision.made_at,
        until=decision.retracted_at,
    ).where(decision.session_id == _SESSION)


def _actions(*which: ColumnElement[bool]) -> Select[Any]:
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
    ).where(Action.dropped_at.is_(None), *which)


def _moves() -> Select[Any]:
    move = SessionMove
    return _row("move", id=move.id, person_id=move.moved_by_id, at=move.moved_from, until=move.moved_to).where(
        move.session_id == _SESSION,
    )


def _unless_retracted(retracted_at: Any, words: Any) -> ColumnElement[str]:
    return case((retracted_at.is_(None), words), else_="")


def counted_before(pair: Any, at: Any) -> Any:
    """How many sessions that count stand before this moment, as far as anybody counts; from an index alone."""
    some = (
        select(Session.planned_for)
        .where(Session.pair_id == pair, Session.state.in_(planning.COUNTED), Session.planned_for < at)
        .limit(planning.COUNTED_MOST)
        .subquery()
    )
    return select(func.count()).select_from(some)


_of_before = (Action.pair_id == _PAIR, or_(Action.session_id.is_(None), Action.session_id != _SESSION))
_during = Action.done_at.between(bindparam("begun", type_=UtcDateTime()), bindparam("over", type_=UtcDateTime()))
_ALL = union_all(
    _agenda(),
    _notes(),
    _decisions(),
    _actions(Action.session_id == _SESSION),
    _actions(*_of_before, Action.done_at.is_(None), bindparam("takes_open", type_=Boolean())),
    _actions(*_of_before, _during),
    _moves(),
    *frame_parts(_row, _SESSION),
    _row("nth", number=counted_before(_PAIR, bindparam("planned_for", type_=UtcDateTime())).scalar_subquery()),
)

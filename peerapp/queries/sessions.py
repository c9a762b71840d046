"""Which session, and which line of it, may this person open? Only those of their own pairs."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from flask import abort
from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from peerapp.db import db, writing
from peerapp.models import (
    AgendaPoint,
    Decision,
    Goal,
    Membership,
    NoteBlock,
    Pair,
    Person,
    PrivateNote,
    PrivateWording,
    Session,
)
from peerapp.queries.pairs import open_pair_of, pair_of
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import Column, SessionState

Line = TypeVar("Line", AgendaPoint, NoteBlock, Decision)
Own = TypeVar("Own", NoteBlock, Decision)
_WITH_ITS_PAIR = (  # one statement for a page, built once
    select(Session)
    .join(Session.pair)
    .join(Pair.members)
    .join(Membership.person)
    .where(
        Session.id == bindparam("session"),
        Pair.id == bindparam("pair"),
        Pair.id.in_(select(Membership.pair_id).where(Membership.person_id == bindparam("me"))),
    )
    .options(contains_eager(Session.pair).contains_eager(Pair.members).contains_eager(Membership.person))
)
AHEAD = (SessionState.RUNNING, SessionState.PLANNED)


def session_of(person: Person, pair_id: UUID, session_id: UUID) -> Session:
    """The session with its pair; 404 unless the pair is the person's and the session the pair's."""
    if writing():
        return _session_in(pair_of(person, pair_id), session_id)
    values = {"session": session_id, "pair": pair_id, "me": person.id}
    return db.session.scalars(_WITH_ITS_PAIR, values).unique().one_or_none() or abort(404)


def open_session_of(person: Person, pair_id: UUID, session_id: UUID) -> Session:
    """The same, to change when it takes place: 403 once the pair has ended."""
    return _session_in(open_pair_of(person, pair_id), session_id)


def writable_session_of(person: Person, pair_id: UUID, session_id: UUID) -> Session:
    """The same, to write into: 403 also when the session was cancelled."""
    session = open_session_of(person, pair_id, session_id)
    if session.state is SessionState.CANCELLED:
        abort(403)
    return session


def line_of(kind: type[Line], person: Person, pair_id: UUID, session_id: UUID, line_id: UUID) -> Line:
    """A line of a session that may be written into."""
    return _line_in(writable_session_of(person, pair_id, session_id), kind, line_id)


def removed_point_of(person: Person, pair_id: UUID, session_id: UUID, point_id: UUID) -> AgendaPoint:
    """A point of the agenda, removed or not, to undo its removal."""
    return _line_in(writable_session_of(person, pair_id, session_id), AgendaPoint, point_id, removed_too=True)


def own_line_of(kind: type[Own], person: Person, pair_id: UUID, session_id: UUID, line_id: UUID) -> Own:
    """A line that the person wrote, to be taken back, also after the pair has ended. 403 for the other's."""
    line = _line_in(session_of(person, pair_id, session_id), kind, line_id)
    if line.author_id != person.id:
        abort(403)
    return line


def goals_to_name(pair: Pair, named: UUID | None) -> list[Goal]:
    """The goals that a point of the agenda may be about: those on the board, and the one it names already."""
    on_the_board = and_(Goal.archived_at.is_(None), Goal.column != Column.DONE)
    found = db.session.scalars(
        select(Goal).where(Goal.pair_id == pair.id, or_(on_the_board, Goal.id == named)).order_by(Goal.title, Goal.id),
    )
    return list(found)


def private_note_of(person: Person, session: Session) -> PrivateNote | None:
    """What this person noted for themselves; there is no way to ask for the other's."""
    return db.session.scalars(
        select(PrivateNote).where(PrivateNote.session_id == session.id, PrivateNote.author_id == person.id),
    ).one_or_none()


def wordings_of(note: PrivateNote) -> list[PrivateWording]:
    """What stood in one's private note before, the latest first."""
    found = select(PrivateWording).where(PrivateWording.note_id == note.id)
    return list(db.session.scalars(found.order_by(PrivateWording.at.desc(), PrivateWording.id)))


def underway_in(pair: Pair) -> Session | None:
    """The meeting that is running just now."""
    return _running(pair, SessionKind.MEETING)


def written_in(pair: Pair) -> Session | None:
    """The session by writing that is under way."""
    return _running(pair, SessionKind.TURNS)


def planned_after(session: Session) -> Session | None:
    """The next session that is already planned."""
    return db.session.scalars(
        select(Session)
        .where(
            Session.pair_id == session.pair_id,
            Session.state == SessionState.PLANNED,
            Session.planned_for > session.planned_for,
        )
        .order_by(Session.planned_for)
        .limit(1),
    ).one_or_none()


def latest_in(pair: Pair) -> Session | None:
    """The session planned for the latest date, whatever became of it, unless it was cancelled."""
    return db.session.scalars(
        select(Session)
        .where(Session.pair_id == pair.id, Session.state != SessionState.CANCELLED)
        .order_by(Session.planned_for.desc(), Session.number.desc())
        .limit(1),
    ).one_or_none()


def next_number_in(pair: Pair) -> int:
    return (db.session.scalar(select(func.max(Session.number)).where(Session.pair_id == pair.id)) or 0) + 1


def ahead_in(pair: Pair, now: datetime) -> Sequence[Session]:
    """What is planned and not over, the next one first."""
    ahead = (Session.pair_id == pair.id, Session.state == SessionState.PLANNED, Session.planned_for > now)
    return db.session.scalars(select(Session).where(*ahead).order_by(Session.planned_for, Session.id)).all()


def resting_in(pair: Pair) -> Sequence[Session]:
    """What is planned within the pause of a pair, and has not been moved or begun since."""
    resting = (Session.pair_id == pair.id, Session.state == SessionState.PLANNED, Session.rests_since.is_not(None))
    return db.session.scalars(select(Session).where(*resting).order_by(Session.planned_for, Session.id)).all()


def planned_in(pair: Pair) -> int:
    """How many sessions are planned and have not begun."""
    planned = (Session.pair_id == pair.id, Session.state == SessionState.PLANNED)
    return db.session.scalar(select(func.count()).select_from(Session).where(*planned)) or 0


def _running(pair: Pair, kind: SessionKind) -> Session | None:
    found = select(Session).where(Session.pair_id == pair.id, Session.state == SessionState.RUNNING)
    return db.session.scalars(found.where(Session.kind == kind).limit(1)).one_or_none()


def _session_in(pair: Pair, session_id: UUID) -> Session:
    session = db.session.scalars(
        select(Session).where(Session.id == session_id, Session.pair_id == pair.id),
    ).one_or_none()
    if session is None:
        abort(404)
    set_committed_value(session, "pair", pair)
    return session


def _line_in(session: Session, kind: type[Line], line_id: UUID, *, removed_too: bool = False) -> Line:
    line = db.session.scalars(select(kind).where(kind.id == line_id, kind.session_id == session.id)).one_or_none()
    if line is None or (isinstance(line, AgendaPoint) and line.removed_at and not removed_too):
        abort(404)
    set_committed_value(line, "session", session)
    return line

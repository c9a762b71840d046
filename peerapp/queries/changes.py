"""What happened in the journal of a pair, and what is a change about? Always one of the viewer's own pair.

Changes of private notes are not among them: they have a table and a query of their own (queries/sessions.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import Select, String, Text, Uuid, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm.attributes import set_committed_value

from peerapp.db import db, rows
from peerapp.models import (
    About,
    Action,
    AgendaPoint,
    Change,
    ChangeKind,
    Comment,
    Decision,
    Goal,
    NoteBlock,
    Pair,
    Person,
    Session,
)
from peerapp.rules.states import SessionState

CHANGES_A_PAGE = 20
EXCERPT = 120  # characters of a line, to name it
TABLES: dict[About, type[Any]] = {
    About.NOTE: NoteBlock,
    About.POINT: AgendaPoint,
    About.DECISION: Decision,
    About.ACTION: Action,
    About.COMMENT: Comment,
    About.PLAN: Session,
}
OF_PAIR = frozenset({About.CHARTER, About.RHYTHM})


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change, by the id of whoever made it."""

    id: UUID
    session_id: UUID | None
    about: About
    thing_id: UUID
    actor_id: UUID
    kind: ChangeKind
    at: datetime
    number: int
    before: dict[str, Any]
    after: dict[str, Any]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about, as it is now. Of a line that was taken back there are no words."""

    words: str
    kind: str
    author_id: UUID | None
    goal_id: UUID | None
    is_taken_back: bool
    is_wiped: bool


def change_of(pair: Pair, change_id: UUID) -> Change:
    """A change of this very pair; else 404."""
    change = db.session.scalars(select(Change).where(Change.id == change_id, Change.pair_id == pair.id)).one_or_none()
    return change or abort(404)


def own_change_of(pair: Pair, person: Person, change_id: UUID) -> Change:
    """The same, one that the person made; 403 for the other's."""
    change = change_of(pair, change_id)
    return change if change.actor_id == person.id else abort(403)


def thing_of(pair: Pair, change: Change) -> Any:
    """The row that was changed, with what it belongs to; 403 when its session was cancelled."""
    if change.about in OF_PAIR:
        return pair
    thing: Any = db.session.get_one(TABLES[change.about], change.thing_id)
    if isinstance(thing, Session | Action):
        set_committed_value(thing, "pair", pair)
    elif not isinstance(thing, Comment):
        session = db.session.get_one(Session, thing.session_id)
        if session.state is SessionState.CANCELLED:
            abort(403)
        set_committed_value(session, "pair", pair)
        set_committed_value(thing, "session", session)
    return thing


def goal_of_comment(pair: Pair, comment_id: UUID) -> UUID | None:
    """Under which goal of this pair a comment stands."""
    found = select(Comment.goal_id).join(Goal, Goal.id == Comment.goal_id)
    return db.session.scalar(found.where(Comment.id == comment_id, Goal.pair_id == pair.id))


def newer_than(change: Change, number: int | None = None) -> Sequence[Change]:
    """Changes of the same thing that stand and came after this one, or after this number, the latest first."""
    return db.session.scalars(
        select(Change)
        .where(
            Change.thing_id == change.thing_id,
            Change.about == change.about,
            Change.number > (change.number if number is None else number),
            Change.undone_at.is_(None),
            Change.id != change.id,
        )
        .order_by(Change.number.desc())
    ).all()


_COLUMNS = (
    Change.id,
    Change.session_id,
    Change.about,
    Change.thing_id,
    Change.actor_id,
    Change.kind,
    Change.at,
    Change.number,
    Change.before,
    Change.after,
    Change.undone_at,
)


def _latest(*which: Any) -> Select[Any]:
    page = select(*_COLUMNS).where(Change.pair_id == bindparam("pair"), *which, Change.number < bindparam("below"))
    return page.order_by(Change.number.desc(), Change.id).limit(CHANGES_A_PAGE + 1)


_OF_PAIR = _latest()
_OF_SESSION = _latest(Change.session_id == bindparam("session"))
_OF_THING = _latest(Change.thing_id == bindparam("thing"))


def changes_in(pair_id: UUID, session: UUID | None, thing: UUID | None, below: int) -> list[ChangeRow]:
    """What happened, the latest first: one page and one more, below this number. In the session, or to the thing."""
    if thing:
        found = rows(_OF_THING, pair=pair_id, thing=thing, below=below)
    elif session:
        found = rows(_OF_SESSION, pair=pair_id, session=session, below=below)
    else:
        found = rows(_OF_PAIR, pair=pair_id, below=below)
    return [ChangeRow(*row) for row in found]


def _subject(kind: About | str, table: Any, words: Any, **more: Any) -> Select[Any]:
    empty = {
        "author_id": cast(null(), Uuid()),
        "goal_id": cast(null(), Uuid()),
        "away": literal(0),
        "label": literal(""),
    }
    shared = {**empty, **more}
    return select(
        literal(str(kind)).label("what"),
        table.id.label("id"),
        func.substr(cast(words, Text()), 1, EXCERPT).label("words"),
        *(column.label(name) for name, column in shared.items()),
    ).where(table.id.in_(bindparam("things", expanding=True)))


def _away(table: Any) -> Any:
    return cast(table.retracted_at.is_not(None), db.Integer)


_SUBJECTS = union_all(
    _subject(About.NOTE, NoteBlock, NoteBlock.body, author_id=NoteBlock.author_id, away=_away(NoteBlock), label=cast(NoteBlock.kind, String())),
    _subject(About.DECISION, Decision, Decision.words, author_id=Decision.author_id, away=_away(Decision)),
    _subject(About.COMMENT, Comment, Comment.body, author_id=Comment.author_id, goal_id=Comment.goal_id, away=_away(Comment)),
    _subject(About.POINT, AgendaPoint, AgendaPoint.words, label=AgendaPoint.kind),
    _subject(About.ACTION, Action, Action.words),
    _subject("goal", Goal, Goal.title),
)  # fmt: skip


def subjects_of(changes: Sequence[ChangeRow | Change]) -> tuple[dict[UUID, Subject], dict[str, str]]:
    """What these changes are about, and the titles of the goals that they name."""
    goals = {side["goal"] for each in changes for side in (each.before, each.after) if side.get("goal")}
    things = {each.thing_id for each in changes} | {UUID(goal) for goal in goals}
    if not things:
        return {}, {}
    subjects, titles = {}, {}
    for row in db.session.execute(_SUBJECTS, {"things": list(things)}):
        if row.what == "goal":
            titles[str(row.id)] = row.words
        else:
            is_away = bool(row.away)
            words = "" if is_away else row.words
            subjects[row.id] = Subject(words, row.label, row.author_id, row.goal_id, is_away, is_away and not row.words)
    return subjects, titles

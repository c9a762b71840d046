"""*Guess my answer*: what may this person see of it? Their own words; the other's once both are ready, and never before."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, bindparam, case, func, or_, select

from peerapp.db import db
from peerapp.models import Guess, Person, Session, SessionFrame
from peerapp.rules.guessing import QUESTIONS

BOTH = 2


@dataclass(frozen=True, slots=True)
class Written:
    """What one of the two answered, and what they think the other answers."""

    answer: str
    guess: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """`question` is its key. `theirs` is None until both are ready."""

    question: str
    mine: Written | None
    partner_is_ready: bool
    theirs: Written | None

    @property
    def words(self) -> str:
        """The question, to be translated; "" where none is asked."""
        return QUESTIONS.get(self.question, "")


_SESSION, _ME = bindparam("session", type_=Uuid()), bindparam("me", type_=Uuid())
_READY = select(func.count()).where(Guess.session_id == _SESSION, Guess.ready_at.is_not(None)).scalar_subquery()


def _if_seen(words: Any) -> ColumnElement[str]:
    """The other's words leave the database only when both are ready."""
    return case((or_(Guess.person_id == _ME, _READY == BOTH), words), else_=None)


_QUIZ = (
    select(
        SessionFrame.question,
        Guess.person_id,
        Guess.ready_at.is_not(None).label("is_ready"),
        _if_seen(Guess.answer).cast(Text).label("answer"),
        _if_seen(Guess.guess).cast(Text).label("guess"),
    )
    .select_from(SessionFrame)
    .outerjoin(Guess, Guess.session_id == SessionFrame.session_id)
    .where(SessionFrame.session_id == _SESSION)
)


def quiz_of(person: Person, session: Session) -> Quiz:
    """The quiz of a session that was loaded through its reader."""
    rows = db.session.execute(_QUIZ, {"session": session.id, "me": person.id}).all()
    by_person: dict[UUID, Any] = {row.person_id: row for row in rows if row.person_id}
    mine, theirs = by_person.pop(person.id, None), next(iter(by_person.values()), None)
    return Quiz(
        question=rows[0].question if rows else "",
        mine=Written(mine.answer, mine.guess) if mine else None,
        partner_is_ready=bool(theirs and theirs.is_ready),
        theirs=Written(theirs.answer, theirs.guess) if theirs and theirs.answer is not None else None,
    )

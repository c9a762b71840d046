"""*Guess my answer*: a question for the two, an answer and a guess of each, shown together. Nothing of it is kept."""

import secrets

from sqlalchemy import delete, func, select

from peerapp import clock
from peerapp.actions.session_clock import frame_of
from peerapp.db import db
from peerapp.models import Guess, Person, Session
from peerapp.rules.guessing import QUESTIONS
from peerapp.rules.icebreakers import others
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import WHAT_BECAME, SessionState
from peerapp.rules.words import N_

BOTH = 2
WRITTEN = N_("One of you has answered this question already. Answer it together, or put it away.")
ANOTHER = N_("There is another question now.")
SHOWN = N_("Both answers have been shown. Take another question.")


def ask(session: Session) -> Refusal | None:
    """Pick a question by chance, unless one of the two waits for the other's answer to the last."""
    if session.state is not SessionState.RUNNING:
        return Refusal(WHAT_BECAME[session.state])
    if _ready_in(session) == 1:
        return Refusal(WRITTEN)
    frame = frame_of(session)
    another = secrets.choice(others(list(QUESTIONS), frame.question))
    put_away(session)
    frame.question = another
    session.pair.touch()
    db.session.flush()
    return None


def put_away(session: Session) -> None:
    """The question and what was written to it are gone."""
    db.session.execute(delete(Guess).where(Guess.session_id == session.id))
    frame_of(session).question = ""
    session.pair.touch()
    db.session.flush()


def may_answer(session: Session, question: str) -> Refusal | None:
    """Whether this is the question, and not both are ready yet."""
    if session.state is not SessionState.RUNNING:
        return Refusal(WHAT_BECAME[session.state])
    if not question or frame_of(session).question != question:
        return Refusal(ANOTHER)
    return Refusal(SHOWN) if _ready_in(session) == BOTH else None


def be_ready(session: Session, by: Person, answer: str, guess: str) -> None:
    """Keep one's answer and guess; both see all four as soon as both are ready, and nothing changes any more."""
    mine = db.session.get(Guess, (session.id, by.id)) or Guess(session_id=session.id, person_id=by.id)
    mine.answer, mine.guess, mine.ready_at = answer, guess, clock.now()
    db.session.add(mine)
    session.pair.touch()
    db.session.flush()


def _ready_in(session: Session) -> int:
    ready = (Guess.session_id == session.id, Guess.ready_at.is_not(None))
    return db.session.scalar(select(func.count()).select_from(Guess).where(*ready)) or 0

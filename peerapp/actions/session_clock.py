"""The two go through the agenda by the clock: begin a point, go on, go back, let it rest. Both see the same."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select, update

from peerapp import clock
from peerapp.db import db
from peerapp.models import AgendaPoint, Guess, Session, SessionFrame
from peerapp.rules import timing
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import WHAT_BECAME, SessionState


class Press(StrEnum):
    START = "start"
    NEXT = "next"
    BACK = "back"
    PAUSE = "pause"


def press(session: Session, button: Press, seen: str) -> Refusal | None:
    """`seen` is the point that the page showed as the current one; when the other was faster nothing happens."""
    if session.state is not SessionState.RUNNING:
        return Refusal(WHAT_BECAME[session.state])
    points, frame = _points(session), frame_of(session)
    here = timing.current(points, frame.point_id)
    if seen != str(here or ""):
        return None
    if button is Press.START and here:
        _begin(frame, here)
    elif button is Press.PAUSE:
        rest(frame)
    elif button is Press.NEXT and here:
        _tick(points, here, done=True)
        _begin(frame, timing.following(points, here))
    elif button is Press.BACK and (above := timing.before(points, here)):
        _tick(points, above, done=False)
        _begin(frame, above)
    session.pair.touch()
    db.session.flush()
    return None


def tick_current(session: Session) -> None:
    """The point that the two are at is over; the next one follows, without a clock."""
    points, frame = _points(session), frame_of(session)
    if here := timing.current(points, frame.point_id):
        _tick(points, here, done=True)
        frame.point_id, frame.begun_at, frame.spent = timing.following(points, here), None, 0


def frame_of(session: Session) -> SessionFrame:
    """The frame of a session, made when somebody uses it for the first time. The pair's row is locked."""
    frame = db.session.get(SessionFrame, session.id)
    if frame is None:
        frame = SessionFrame(session_id=session.id, spent=0, icebreaker="", question="")
        db.session.add(frame)
        db.session.flush()
    return frame


def rest(frame: SessionFrame) -> None:
    """The clock stands still; what was spent is kept."""
    if frame.begun_at:
        frame.spent += int((clock.now() - frame.begun_at).total_seconds())
        frame.begun_at = None


def close(session: Session) -> None:
    """A session is over: its clock rests, and of spinner and quiz nothing is kept."""
    away = {"icebreaker": "", "drawn_point_id": None, "drawn_goal_id": None, "question": "", "begun_at": None}
    db.session.execute(update(SessionFrame).where(SessionFrame.session_id == session.id).values(**away))
    db.session.execute(delete(Guess).where(Guess.session_id == session.id))


def _points(session: Session) -> list[AgendaPoint]:
    return list(
        db.session.scalars(
            select(AgendaPoint)
            .where(AgendaPoint.session_id == session.id, AgendaPoint.removed_at.is_(None))
            .order_by(AgendaPoint.position, AgendaPoint.id)
        )
    )


def _begin(frame: SessionFrame, point_id: UUID | None) -> None:
    """Its time begins; one that rested goes on, one that runs runs on."""
    if frame.point_id != point_id:
        frame.point_id, frame.spent, frame.begun_at = point_id, 0, None
    frame.begun_at = (frame.begun_at or clock.now()) if point_id else None


def _tick(points: list[AgendaPoint], point_id: UUID, *, done: bool) -> None:
    point = next(each for each in points if each.id == point_id)
    point.done_at = clock.now() if done else None

"""What stands around the talk, as parts of the one statement of a session's page (see session_rows.py).

Of the quiz only who is ready: nobody's words are in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast

from peerapp.models import Goal, Guess, SessionFrame, SessionNeed, SessionTurn
from peerapp.rules.icebreakers import ICEBREAKERS
from peerapp.rules.needs import Need
from peerapp.rules.timing import Timing

Row = Callable[..., Select[Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the spinner picked: an icebreaker's key, a point of the agenda, or a goal with its owner (None: both)."""

    icebreaker: str = ""
    point_id: UUID | None = None
    goal: str | None = None
    goal_owner_id: UUID | None = None

    @property
    def question(self) -> str:
        """The words of the icebreaker, to be translated; "" where there is none."""
        return ICEBREAKERS.get(self.icebreaker, "")


UNTIMED, NOTHING = Timing(None, 0), Drawn()


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in a session by writing, and until when. `was_offered_again`: it was not taken the first time."""

    person_id: UUID
    until: datetime
    was_offered_again: bool


@dataclass(frozen=True, slots=True)
class FrameLines:
    """`point_id` is the point that the two chose, with its clock. `ready` are those who are ready in the quiz."""

    point_id: UUID | None
    timing: Timing
    drawn: Drawn
    question: str
    needs: tuple[tuple[UUID, Need], ...]
    ready: frozenset[UUID]
    turn: Turn | None

    def need_of(self, person_id: UUID) -> Need | None:
        return dict(self.needs).get(person_id)


def frame_parts(row: Row, session: ColumnElement[UUID]) -> Iterable[Select[Any]]:
    """The parts of the union; `row` puts one kind of line into the shared columns."""
    frame, need, guess, turn = SessionFrame, SessionNeed, Guess, SessionTurn
    yield (
        row(
            "frame",
            id=frame.point_id,
            at=frame.begun_at,
            number=frame.spent,
            words=frame.icebreaker,
            ref_id=frame.drawn_point_id,
            title=Goal.title,
            person_id=Goal.owner_id,
            label=frame.question,
        )
        .select_from(frame)
        .outerjoin(Goal, Goal.id == frame.drawn_goal_id)
        .where(frame.session_id == session)
    )
    yield row("need", person_id=need.person_id, label=cast(need.need, String())).where(need.session_id == session)
    yield row("ready", person_id=guess.person_id).where(guess.session_id == session, guess.ready_at.is_not(None))
    yield row("turn", person_id=turn.person_id, at=turn.until, until=turn.offered_again_at).where(
        turn.session_id == session
    )


def frame_in(found: dict[str, list[Any]]) -> FrameLines:
    """The same back from the rows, by kind."""
    frame, turn = next(iter(found["frame"]), None), next(iter(found["turn"]), None)
    return FrameLines(
        point_id=frame.id if frame else None,
        timing=Timing(frame.at, frame.number) if frame else UNTIMED,
        drawn=Drawn(frame.words, frame.ref_id, frame.title, frame.person_id) if frame else NOTHING,
        question=frame.label if frame else "",
        needs=tuple((row.person_id, Need(row.label)) for row in found["need"]),
        ready=frozenset(row.person_id for row in found["ready"]),
        turn=Turn(turn.person_id, turn.at, turn.until is not None) if turn else None,
    )

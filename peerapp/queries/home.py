"""Where does this person stand: which pairs, which requests, a profile or none? One statement each, whatever the size."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from peerapp import clock
from peerapp.db import rows
from peerapp.models import Action, Goal, Membership, Pair, Person, Session, SessionTurn, Skill
from peerapp.models.people import Role
from peerapp.queries import notices
from peerapp.queries.requests import Line, open_ones_of
from peerapp.queries.sent_often import one_of
from peerapp.rules import names, next_step, planning
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.next_step import Next, Standing
from peerapp.rules.states import PairState, RequestState, SessionState

TEASER = 4


@dataclass(frozen=True, slots=True)
class PairLine:
    """One of my open pairs on the home page. `session_id` is the session under way, else the next planned one.

    `session_at` is when it began, or else when it is planned for. `writing_id` is the session by writing under way.
    """

    id: UUID
    state: PairState
    partner: str
    signed: bool
    overall_goal: str
    goals: int
    open_actions: int
    due_actions: int
    session_id: UUID | None
    session_state: SessionState | None
    session_at: datetime | None
    paused_until: date | None
    writing_id: UUID | None
    is_my_turn: bool | None
    turn_until: datetime | None

    @property
    def turn_is_over(self) -> bool:
        return self.turn_until is not None and self.turn_until < clock.now()

    @property
    def name(self) -> str:
        return self.partner

    @property
    def first_name(self) -> str:
        return names.first_name(self.partner)

    @property
    def initials(self) -> str:
        return names.initials(self.partner)

    @property
    def is_open(self) -> bool:
        return self.state in {PairState.ACTIVE, PairState.PAUSED}

    @property
    def standing(self) -> Standing:
        is_due = self.session_at is not None and planning.is_due(self.session_at, clock.now())
        return Standing(
            self.id, self.state, self.signed, self.goals, self.due_actions, self.session_state, is_due, self.is_my_turn
        )


@dataclass(frozen=True, slots=True)
class Home:
    pairs: list[PairLine]
    to_answer: list[Line]
    sent: list[Line]
    notices: list[notices.Line]
    next: Next
    is_alone: bool  # an administrator before anybody else has come in

    @property
    def pair(self) -> PairLine | None:
        """The pair that the next step is about."""
        return next((pair for pair in self.pairs if pair.id == self.next.pair_id), None)


def home_of(person: Person, today: date) -> Home:
    """Four statements at most, five for an administrator. `today` is the day where the person is."""
    pairs = _pairs_of(person, today)
    requests = open_ones_of(person)
    to_answer = [line for line in requests if not line.sent and line.state is RequestState.WAITING]
    sent = [line for line in requests if line.sent]
    step = next_step.next_of(
        (pair.standing for pair in pairs),
        has_profile=bool(pairs) or bool(rows(_HAS_PROFILE, me=person.id).scalar()),
        to_answer=len(to_answer),
        sent=len(sent),
    )
    return Home(
        pairs, to_answer, sent, notices.newest_of(person, TEASER), step, is_alone=not pairs and _is_alone(person)
    )


def _is_alone(person: Person) -> bool:
    return person.has(Role.ADMINISTRATOR) and not rows(_HAS_COMPANY, me=person.id).scalar()


def pair_line_of(person: Person, pair: Pair, today: date) -> PairLine | None:
    """The same line for one pair; None once it has ended."""
    return next((line for line in _pairs_of(person, today) if line.id == pair.id), None)


def _pairs_of(person: Person, today: date) -> list[PairLine]:
    return [PairLine(*row) for row in rows(_PAIRS, me=person.id, today=today).all()]


def _count(table: Any, *where: Any) -> Any:
    return select(func.count()).select_from(table).where(table.pair_id == Pair.id, *where).scalar_subquery()


def _session(column: Any) -> Any:
    """Of the session under way, else of the next planned one."""
    ahead = (SessionState.RUNNING, SessionState.PLANNED)
    return (
        select(column)
        .where(Session.pair_id == Pair.id, one_of(Session.state, ahead), Session.kind == SessionKind.MEETING)
        .order_by(Session.started_at.is_(None), Session.planned_for, Session.id)
        .limit(1)
        .correlate(Pair)
        .scalar_subquery()
    )


_mine, _theirs, _writing = aliased(Membership), aliased(Membership), aliased(Session)
_WRITES = (_writing.state == SessionState.RUNNING) & (_writing.kind == SessionKind.TURNS)  # one of a pair at most
_STILL_OPEN = (Action.done_at.is_(None), Action.dropped_at.is_(None))
_PAIRS = (
    select(
        Pair.id,
        Pair.state,
        Person.name,
        _mine.signed_at.is_not(None),
        Pair.overall_goal,
        _count(Goal, Goal.archived_at.is_(None)),
        _count(Action, *_STILL_OPEN),
        _count(
            Action,
            *_STILL_OPEN,
            Action.due_on <= bindparam("today"),
            or_(Action.owner_id.is_(None), Action.owner_id == bindparam("me")),
        ),
        _session(Session.id),
        _session(Session.state),
        _session(func.coalesce(Session.started_at, Session.planned_for)),
        Pair.paused_until,
        SessionTurn.session_id,
        SessionTurn.person_id == bindparam("me"),
        SessionTurn.until,
    )
    .join(_mine, _mine.pair_id == Pair.id)
    .join(_theirs, (_theirs.pair_id == Pair.id) & (_theirs.person_id != _mine.person_id))
    .join(Person, Person.id == _theirs.person_id)
    .outerjoin(_writing, (_writing.pair_id == Pair.id) & _WRITES)
    .outerjoin(SessionTurn, SessionTurn.session_id == _writing.id)
    .where(_mine.person_id == bindparam("me"), Pair.state != PairState.ENDED)
    .order_by(Pair.made_at, Pair.id)
)
_HAS_COMPANY = select(exists().where(Person.id != bindparam("me"), Person.left_at.is_(None)))
_HAS_PROFILE = select(exists().where(Skill.person_id == bindparam("me"), Skill.removed_at.is_(None)))

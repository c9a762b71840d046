"""What does the page of one goal show to one of the two? Columns only: what is acted on is loaded in queries/goals.py."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import bindparam, exists, select

from peerapp.db import rows
from peerapp.models import Goal, GoalArea, GoalConfirmation, Person
from peerapp.queries import goals
from peerapp.queries.board import Peer, head_of
from peerapp.queries.goals import CommentLine, StepLine
from peerapp.queries.sent_often import joined
from peerapp.rules.areas import Area
from peerapp.rules.states import Column


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is said about a goal. `owner` is me, you or both; the last two tell which of the two say that it is done."""

    id: UUID
    title: str
    column: Column
    owner: str
    areas: tuple[Area, ...]
    why: str
    success_sign: str
    next_step: str
    need: str
    due_on: date | None
    version: int
    done_at: datetime | None
    archived_at: datetime | None
    said_by_me: bool
    said_by_partner: bool


@dataclass(frozen=True, slots=True)
class PairHere:
    """The pair, as far as the page shows it. `version` counts every change of board and journal."""

    id: UUID
    version: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class GoalPage:
    """`earlier` asks for the comments before the first one shown, None where there are none."""

    goal: Sheet
    pair: PairHere
    partner: Peer
    steps: tuple[StepLine, ...]
    comments: tuple[CommentLine, ...]
    earlier: datetime | None


def page_of(person: Person, pair_id: UUID, goal_id: UUID, before: datetime | None) -> GoalPage:
    """Three statements, and the pairs that every page asks for; 404 for a stranger and for the goal of another pair."""
    head = head_of(person, pair_id)
    sheet = _sheet_of(person, pair_id, goal_id)
    comments = goals.comments_of(goal_id, before)
    return GoalPage(
        goal=sheet,
        pair=PairHere(head.id, head.version, head.is_open),
        partner=head.partner,
        steps=tuple(goals.steps_of(goal_id)),
        comments=tuple(comments[: goals.COMMENTS_A_PAGE][::-1]),
        earlier=comments[goals.COMMENTS_A_PAGE - 1].written_at if len(comments) > goals.COMMENTS_A_PAGE else None,
    )


_AREAS = select(joined(GoalArea.area)).where(GoalArea.goal_id == Goal.id)
_SAID = exists().where(GoalConfirmation.goal_id == Goal.id).correlate(Goal)
_BY_ME = GoalConfirmation.person_id == bindparam("me")
_SHEET = select(
    Goal.id,
    Goal.title,
    Goal.column,
    Goal.owner_id,
    _AREAS.correlate(Goal).scalar_subquery().label("areas"),
    Goal.why,
    Goal.success_sign,
    Goal.next_step,
    Goal.need,
    Goal.due_on,
    Goal.version,
    Goal.done_at,
    Goal.archived_at,
    _SAID.where(_BY_ME).label("said_by_me"),
    _SAID.where(~_BY_ME).label("said_by_partner"),
).where(Goal.id == bindparam("goal"), Goal.pair_id == bindparam("pair"))


def _sheet_of(person: Person, pair_id: UUID, goal_id: UUID) -> Sheet:
    row = rows(_SHEET, goal=goal_id, pair=pair_id, me=person.id).first() or abort(404)
    said: dict[str, Any] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    owner, touched = said.pop("owner_id"), (said.pop("areas") or "").split(",")
    return Sheet(
        **said,
        owner="both" if owner is None else "me" if owner == person.id else "you",
        areas=tuple(area for area in Area if area.value in touched),
    )

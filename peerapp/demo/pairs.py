"""What do the demo pairs have on their boards and in their journals?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from peerapp import clock
from peerapp.db import Base, db
from peerapp.demo.stories import BOTH, ME, DemoGoal, DemoPair, DemoSession
from peerapp.models import (
    Action,
    AgendaPoint,
    Comment,
    Decision,
    Goal,
    GoalArea,
    GoalEvent,
    Membership,
    NoteBlock,
    Pair,
    Person,
    PrivateNote,
    Session,
    Step,
)
from peerapp.models.goals import GoalChange
from peerapp.models.requests import couple_of
from peerapp.rules import cadence, ordering
from peerapp.rules.states import Column, PairState, SessionState

Row = TypeVar("Row", bound=Base)
AFTERNOON = 14  # sessions of the demo begin at two in the afternoon, UTC


def add(row: Row) -> Row:
    """Add a row so that the next one may refer to it."""
    db.session.add(row)
    db.session.flush()
    return row


def make_pair(story: DemoPair, people: Mapping[str, Person]) -> None:
    now = clock.now()
    one, other = people[story.one], people[story.other]
    began = now - timedelta(days=story.began)
    signed = story.state is not PairState.CHARTERING
    pair = add(
        Pair(
            state=story.state,
            couple=couple_of(one.id, other.id),
            made_at=began,
            started_at=began if signed else None,
            ended_at=now - timedelta(days=20) if story.state is PairState.ENDED else None,
            ended_by_id=one.id if story.state is PairState.ENDED else None,
            paused_until=(now + timedelta(days=45)).date() if story.state is PairState.PAUSED else None,
            overall_goal=story.overall,
        ),
    )
    for person in (one, other):
        add(Membership(pair_id=pair.id, person_id=person.id, signed_at=began if signed or person is one else None))
    for column in Column:
        goals = [goal for goal in story.goals if goal.column is column]
        for key, goal in zip(ordering.spread(len(goals)), goals, strict=True):
            _goal(pair, goal, key, one, other)
    for number, session in enumerate(sorted(story.sessions, key=lambda each: -each.days_ago), start=1):
        _session(pair, session, number, one, other)


def _owner(who: str, one: Person, other: Person) -> Person | None:
    return None if who == BOTH else one if who == ME else other


def _goal(pair: Pair, story: DemoGoal, key: str, one: Person, other: Person) -> None:
    now = clock.now()
    owner = _owner(story.owner, one, other)
    goal = add(
        Goal(
            pair_id=pair.id,
            column=story.column,
            position=key,
            owner_id=owner.id if owner else None,
            title=story.title,
            why=story.why,
            success_sign=story.sign,
            next_step=story.next_step,
            need=story.need,
            due_on=(now + timedelta(days=story.due)).date() if story.due is not None else None,
            made_at=pair.made_at + timedelta(days=1),
            made_by_id=(owner or one).id,
            done_at=now - timedelta(days=10) if story.column is Column.DONE else None,
            areas=[GoalArea(area=area) for area in story.areas],
        ),
    )
    for place, words in zip(ordering.spread(len(story.steps)), story.steps, strict=True):
        done = words.startswith("+")
        add(
            Step(
                goal_id=goal.id,
                position=place,
                words=words.lstrip("+"),
                done_at=now - timedelta(days=5) if done else None,
            )
        )
    for days, (who, words) in zip((9, 6, 3), story.said, strict=False):
        author = _owner(who, one, other) or one
        add(Comment(goal_id=goal.id, author_id=author.id, body=words, written_at=now - timedelta(days=days)))
    add(
        GoalEvent(
            pair_id=pair.id,
            goal_id=goal.id,
            actor_id=goal.made_by_id,
            kind=GoalChange.MADE,
            at=goal.made_at,
            version=1,
            before={},
            after={"title": goal.title},
        ),
    )


def _session(pair: Pair, story: DemoSession, number: int, one: Person, other: Person) -> None:
    start = _at_two(clock.now() - timedelta(days=story.days_ago))
    end = start + timedelta(minutes=cadence.SESSION_MINUTES)
    held = story.state == SessionState.HELD
    session = add(
        Session(
            pair_id=pair.id,
            number=number,
            state=SessionState(story.state),
            planned_for=start,
            minutes=cadence.SESSION_MINUTES,
            started_at=start if held else None,
            ended_at=end if held else None,
        ),
    )
    for key, point in zip(ordering.spread(len(cadence.AGENDA)), cadence.AGENDA, strict=True):
        add(AgendaPoint(session_id=session.id, position=key, kind=point.key, words=point.name, minutes=point.minutes,
                         done_at=end if held else None))  # fmt: skip
    for key, (who, words) in zip(ordering.spread(len(story.notes)), story.notes, strict=True):
        author = _owner(who, one, other) or one
        add(NoteBlock(session_id=session.id, author_id=author.id, position=key, body=words, written_at=start))
    for words in story.decisions:
        add(Decision(session_id=session.id, author_id=one.id, words=words, made_at=end))
    for who, words in story.actions:
        _action(pair, session, owner=_owner(who, one, other), words=words, made_at=end, by=one)
    if story.private:
        add(PrivateNote(session_id=session.id, author_id=one.id, body=story.private))


def _action(pair: Pair, session: Session, *, owner: Person | None, words: str, made_at: datetime, by: Person) -> None:
    done = words.startswith("+")
    add(
        Action(
            pair_id=pair.id,
            session_id=session.id,
            owner_id=owner.id if owner else None,
            made_by_id=by.id,
            words=words.lstrip("+"),
            due_on=(made_at + timedelta(days=16)).date(),
            made_at=made_at,
            done_at=made_at + timedelta(days=6) if done else None,
            done_by_id=(owner or by).id if done else None,
        ),
    )


def _at_two(moment: datetime) -> datetime:
    """The same day at two, moved off a weekend."""
    over = moment.weekday() - cadence.SATURDAY
    day = moment + timedelta(days=2 - over) if over >= 0 else moment
    return day.replace(hour=AFTERNOON, minute=0, second=0, microsecond=0)

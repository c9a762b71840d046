"""What do the demo pairs have on their boards and in their journals?"""

from collections.abc import Mapping
from datetime import timedelta

from peerapp import clock
from peerapp.demo.rows import add, owner
from peerapp.demo.sessions import make_session
from peerapp.demo.telling import DemoGoal, DemoPair
from peerapp.models import Comment, Goal, GoalArea, GoalEvent, Membership, Pair, Person, Step
from peerapp.models.goals import GoalChange
from peerapp.models.requests import couple_of
from peerapp.rules import ordering
from peerapp.rules.states import Column, PairState


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
    made = []
    for column in Column:
        goals = [goal for goal in story.goals if goal.column is column]
        for key, goal in zip(ordering.spread(len(goals)), goals, strict=True):
            made.append(_goal(pair, goal, key, one, other))
    for number, session in enumerate(sorted(story.sessions, key=lambda each: -each.days_ago), start=1):
        make_session(pair, session, number, (one, other), made)


def _goal(pair: Pair, story: DemoGoal, key: str, one: Person, other: Person) -> Goal:
    now = clock.now()
    holder = owner(story.owner, one, other)
    goal = add(
        Goal(
            pair_id=pair.id,
            column=story.column,
            position=key,
            owner_id=holder.id if holder else None,
            title=story.title,
            why=story.why,
            success_sign=story.sign,
            next_step=story.next_step,
            need=story.need,
            due_on=(now + timedelta(days=story.due)).date() if story.due is not None else None,
            made_at=pair.made_at + timedelta(days=1),
            made_by_id=(holder or one).id,
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
        author = owner(who, one, other) or one
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
    return goal

"""The same world years later: ten times as much of everything that the member has to do with."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import update

from peerapp import clock
from peerapp.db import db
from peerapp.models import (
    About,
    Action,
    AgendaPoint,
    Change,
    ChangeKind,
    Comment,
    Decision,
    Goal,
    GoalEvent,
    Import,
    NoteBlock,
    Notice,
    Pair,
    Person,
    Session,
    Skill,
    Step,
    Story,
)
from peerapp.models.goals import GoalChange
from peerapp.models.profiles import Direction
from peerapp.rules import ordering
from peerapp.rules.areas import Area
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import Column, ImportState, PairState, RequestState, SessionState
from tests.clients import make_sign_in
from tests.factories import make_goal, make_pair, make_person, make_session, make_unit
from tests.house.objects import make_request, person_of
from tests.house.scopes import Kind, Role
from tests.house.world import World
from tests.rounds import make_draft

TIMES = 10
WORDS = "Years later"


def grow(world: World) -> None:
    ana = world.people[Role.MEMBER]
    ids = world.ids[Kind.OWN]
    pair = db.session.get_one(Pair, ids["pair_id"])
    goal, session = db.session.get_one(Goal, ids["goal_id"]), db.session.get_one(Session, ids["session_id"])
    places = ordering.spread(TIMES)
    for number in range(TIMES):
        _of_goal(goal, ana, places[number], number)
        _of_session(session, ana, places[number])
        _of_pair(pair, ana, number)
        _of_person(ana, number)
        _of_company(ana, number)
    db.session.execute(update(Pair).values(version=Pair.version + 1))
    db.session.commit()


def _of_goal(goal: Goal, ana: Person, place: str, number: int) -> None:
    now = clock.now()
    db.session.add_all([
        Step(goal_id=goal.id, position=place, words=WORDS),
        Comment(goal_id=goal.id, author_id=ana.id, body=WORDS, written_at=now),
        GoalEvent(pair_id=goal.pair_id, goal_id=goal.id, actor_id=ana.id, kind=GoalChange.EDITED, at=now,
                  version=number + 2, before={"title": goal.title}, after={"title": WORDS}),
    ])  # fmt: skip


def _of_session(session: Session, ana: Person, place: str) -> None:
    now, line = clock.now(), {"session_id": session.id}
    block = NoteBlock(**line, id=uuid4(), author_id=ana.id, position=place, body=WORDS, written_at=now)
    db.session.add_all([
        block,
        Decision(**line, author_id=ana.id, words=WORDS, made_at=now),
        AgendaPoint(**line, position=place, words=WORDS, minutes=5),
        Action(**line, pair_id=session.pair_id, made_by_id=ana.id, words=WORDS, made_at=now),
        Action(**line, pair_id=session.pair_id, made_by_id=ana.id, words=WORDS, made_at=now, done_at=now),
        Change(**line, pair_id=session.pair_id, about=About.NOTE, thing_id=block.id, actor_id=ana.id, at=now, number=2,
               kind=ChangeKind.CHANGED, before={"body": WORDS}, after={"body": WORDS + " again"}),
    ])  # fmt: skip


def _of_pair(pair: Pair, ana: Person, number: int) -> None:
    for column in Column:
        made = make_goal(pair, WORDS, by=ana, column=column)
        db.session.add(Step(goal_id=made.id, position=ordering.between(None, None), words=WORDS))
    make_goal(pair, WORDS, by=ana, archived_at=clock.now())
    days = timedelta(days=number + 10)
    make_session(pair, number=number + 10, state=SessionState.HELD, planned_for=clock.now() - days)


def _of_person(ana: Person, number: int) -> None:
    now = clock.now()
    words = f"{WORDS} {number}"
    db.session.add_all([
        Story(person_id=ana.id, area=Area.TIME, body=words, written_at=now),
        Skill(person_id=ana.id, direction=Direction.OFFERED, area=Area.TIME, words=words),
        Notice(person_id=ana.id, kind=NoticeKind.SESSION_PLANNED, values={"name": "Ben", "time": "1"}, path="/", made_at=now),
    ])  # fmt: skip
    make_sign_in(ana)


def _of_company(ana: Person, number: int) -> None:
    unit = make_unit(f"Unit {number}")
    others = [make_person(f"Colleague {number} {other}", unit=unit) for other in range(4)]
    for other in others:
        person_of(other)
    make_pair(ana, others[0], PairState.ENDED)
    make_pair(ana, others[1])
    make_request(others[2], ana)
    make_request(ana, others[3])
    make_request(others[0], ana, RequestState.DECLINED)
    make_draft(ana, others, readers=others[:2], title=f"{WORDS} {number}")
    summary = {"new": 1, "changed": 0, "returning": 0, "leaving": 0, "emails": 0, "unchanged": 3, "problems": 0}
    db.session.add(
        Import(made_by_id=ana.id, made_at=clock.now(), file_name=WORDS, state=ImportState.UNDONE, summary=summary)
    )

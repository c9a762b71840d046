"""A company to measure on: a pair with goals, sessions and notes, and colleagues around it, in the sizes asked for."""

from datetime import timedelta

from sqlalchemy import insert

from peerapp import clock
from peerapp.actions.search_words import index
from peerapp.actions.suggesting import choose_for
from peerapp.db import db
from peerapp.models import Goal, GoalArea, NoteBlock, Notice, Pair, Person, RoleGrant, Session, Skill, Step
from peerapp.models.people import Role
from peerapp.models.profiles import Direction
from peerapp.rules import ordering
from peerapp.rules.areas import Area
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import Column, SessionState
from tests.factories import make_pair, make_person, make_session, make_unit

COLUMNS = list(Column)
AREAS = list(Area)
TOLD = (NoticeKind.GOAL_TO_CONFIRM, NoticeKind.ACTION_FOR_YOU, NoticeKind.PAIR_RESUMED)


def fill(goals: int, sessions: int, people: int, *, shown: int = 30) -> tuple[Person, Pair]:
    """Ana with her pair: so many goals (the first `shown` on the board, the rest archived), sessions and colleagues."""
    unit = make_unit("Product")
    ana, ben = make_person("Ana Rivera", unit=unit, room=3), make_person("Ben Okafor", unit=unit)
    ada = make_person("Ada Novak", unit=unit)
    db.session.add(RoleGrant(person_id=ada.id, role=Role.ADMINISTRATOR, granted_at=clock.now()))
    db.session.add(Skill(person_id=ana.id, direction=Direction.WANTED, area=Area.FUNCTIONAL, words="SQL"))
    ada.manager_id = ana.id
    pair = make_pair(ana, ben, overall_goal="I can run an internal event.")
    _goals(pair, ana, goals, shown)
    _sessions(pair, ana, sessions)
    for number in range(people):
        person = make_person(f"Colleague Number{number:05}", unit=unit)
        db.session.add(
            Skill(
                person_id=person.id,
                direction=Direction.OFFERED,
                area=AREAS[number % 6],
                words="SQL" if number % 6 == 5 else "",
            ),
        )
    _notices(ana, pair)
    index(ana)
    choose_for(ana)
    db.session.commit()
    return ana, pair


def _goals(pair: Pair, by: Person, count: int, shown: int) -> None:
    keys = ordering.spread(count)
    for number in range(count):
        goal = Goal(
            pair_id=pair.id,
            title=f"Learn thing number {number}",
            column=COLUMNS[number % len(COLUMNS)],
            position=keys[number],
            made_at=clock.now(),
            made_by_id=by.id,
            owner_id=by.id if number % 3 else None,
            due_on=clock.now().date() + timedelta(days=number % 20),
            areas=[GoalArea(area=AREAS[number % 6])],
            archived_at=None if number < shown else clock.now(),
        )
        db.session.add(goal)
        db.session.flush()
        for key in ordering.spread(3):
            db.session.add(
                Step(goal_id=goal.id, position=key, words="A step", done_at=clock.now() if key == "i0" else None)
            )


def _notices(to: Person, pair: Pair, count: int = 40) -> None:
    """Told over the last days, the newest four not read yet."""
    now = clock.now()
    for number in range(count):
        at = now - timedelta(hours=7 * number + 1)
        values = {"name": "Ben Okafor"}
        db.session.add(
            Notice(
                person_id=to.id,
                kind=TOLD[number % len(TOLD)],
                values=values,
                path=f"/pairs/{pair.id}/board",
                made_at=at,
                read_at=at if number > 3 else None,
            ),
        )


def _sessions(pair: Pair, by: Person, count: int) -> None:
    now = clock.now()
    for number in range(1, count + 1):
        held = Session(
            pair_id=pair.id,
            number=number,
            state=SessionState.HELD,
            minutes=45,
            planned_for=now - timedelta(days=14 * (count - number + 1)),
            started_at=now - timedelta(days=14),
            ended_at=now - timedelta(days=14),
        )
        db.session.add(held)
        if number > count - 20:
            db.session.flush()
            db.session.execute(
                insert(NoteBlock),
                [
                    {
                        "session_id": held.id,
                        "author_id": by.id,
                        "position": key,
                        "body": "Three **keywords** on a card.",
                        "written_at": now,
                        "version": 1,
                    }
                    for key in ordering.spread(6)
                ],
            )
    make_session(pair, number=count + 1)

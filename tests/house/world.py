"""A small company with one of everything, so that every route can be asked for by everybody about everything."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import (
    Action,
    AgendaPoint,
    Comment,
    Decision,
    Import,
    NoteBlock,
    Notice,
    Pair,
    Person,
    PrivateNote,
    Request,
    RoleGrant,
    Step,
    Story,
)
from peerapp.models.people import Role as Granted
from peerapp.models.requests import couple_of
from peerapp.rules import cadence, ordering
from peerapp.rules.areas import Area
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import ImportState, PairState, RequestState
from tests.clients import make_sign_in
from tests.factories import make_goal, make_pair, make_person, make_session, make_unit
from tests.house.table import Kind, Role

SECRET = "only the two of them read this"
Ids = dict[str, UUID | str]


@dataclass
class World:
    """Who plays which role, their session tokens, and the ids of each kind of object by parameter name."""

    people: dict[Role, Person] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)
    ids: dict[Kind, Ids] = field(default_factory=dict)


def make_world() -> World:
    world = World()
    _people(world)
    ana, ben, finn = (world.people[role] for role in (Role.MEMBER, Role.PARTNER, Role.FORMER))
    gus, ida = make_person("Gus Stern"), make_person("Ida Blum")
    own = _objects(make_pair(ana, ben), ana, ben)
    ended = _objects(make_pair(ana, finn, PairState.ENDED), ana, finn)
    foreign = _objects(make_pair(gus, ida), gus, ida)
    world.ids = {
        Kind.OWN: own,
        Kind.ENDED: ended,
        Kind.FOREIGN: foreign,
        Kind.MISSING: {name: _nothing(value) for name, value in own.items()},
        Kind.MIXED: foreign | {"pair_id": own["pair_id"]},
        Kind.SWAPPED: own | {"pair_id": foreign["pair_id"]},
    }
    db.session.commit()
    for role, person in world.people.items():
        if role is not Role.VISITOR:
            world.tokens[role] = make_sign_in(person)[0]
    return world


def _nothing(value: UUID | str) -> UUID | str:
    return uuid4() if isinstance(value, UUID) else "nothing"


def _people(world: World) -> None:
    product, sales = make_unit("Product"), make_unit("Sales")
    mia, hal = make_person("Mia Holm", unit=product), make_person("Hal Voss", unit=sales)
    make_person("Una Frey", unit=sales, manager=hal)
    world.people = {
        Role.STRANGER: make_person("Zoe Park", unit=sales),
        Role.MEMBER: make_person("Ana Rivera", unit=product, manager=mia),
        Role.PARTNER: make_person("Ben Okafor", unit=product, manager=mia),
        Role.FORMER: make_person("Finn Moor", unit=product),
        Role.MANAGER: mia,
        Role.OTHER_MANAGER: hal,
        Role.COORDINATOR: make_person("Olu Adeyemi", unit=sales),
        Role.ADMINISTRATOR: make_person("Ada Novak", unit=sales),
        Role.DEACTIVATED: make_person("Lou Gone", unit=sales, left_at=clock.now()),
    }
    for role, granted in ((Role.COORDINATOR, Granted.COORDINATOR), (Role.ADMINISTRATOR, Granted.ADMINISTRATOR)):
        db.session.add(RoleGrant(person_id=world.people[role].id, role=granted, granted_at=clock.now()))


def _objects(pair: Pair, one: Person, other: Person) -> Ids:
    """One of everything that belongs to this pair or to its first member."""
    now = clock.now()
    goal = make_goal(pair, SECRET, by=one)
    session = make_session(pair)
    key = ordering.between(None, None)
    rows = {
        "step_id": Step(goal_id=goal.id, position=key, words=SECRET),
        "comment_id": Comment(goal_id=goal.id, author_id=one.id, body=SECRET, written_at=now),
        "block_id": NoteBlock(session_id=session.id, author_id=one.id, position=key, body=SECRET, written_at=now),
        "decision_id": Decision(session_id=session.id, author_id=one.id, words=SECRET, made_at=now),
        "action_id": Action(pair_id=pair.id, session_id=session.id, made_by_id=one.id, words=SECRET, made_at=now),
        "story_id": Story(person_id=one.id, area=Area.TIME, body="I did it.", written_at=now),
        "notice_id": Notice(person_id=one.id, kind=NoticeKind.PASSWORD_CHANGED, values={}, path="/", made_at=now),
        "request_id": _request(make_person(f"Asker {uuid4().hex}"), one),
        "import_id": Import(made_by_id=one.id, made_at=now, file_name="x.csv", state=ImportState.APPLIED, summary={}),
    }
    db.session.add_all([*rows.values(), PrivateNote(session_id=session.id, author_id=one.id, body=SECRET)])
    db.session.flush()
    point = db.session.scalars(select(AgendaPoint).where(AgendaPoint.session_id == session.id).limit(1)).one()
    return {name: row.id for name, row in rows.items()} | {
        "pair_id": pair.id,
        "goal_id": goal.id,
        "session_id": session.id,
        "point_id": point.id,
        "person_id": other.id,
        "sign_in_id": make_sign_in(one)[1].id,
        "token": "no-such-token",
        "tree": "0",
        "name": "app.css",
    }


def _request(sender: Person, receiver: Person) -> Request:
    now = clock.now()
    return Request(
        sender_id=sender.id,
        receiver_id=receiver.id,
        couple=couple_of(sender.id, receiver.id),
        area=Area.TIME,
        message=SECRET,
        state=RequestState.WAITING,
        sent_at=now,
        lapses_at=cadence.lapses_at(now),
    )

"""A small company with one of everything, so that every route can be asked for by everybody about everything."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from peerapp import clock
from peerapp.db import db
from peerapp.models import Import, Person, RoleGrant
from peerapp.models.people import Role as Granted
from peerapp.rules.states import ImportState, PairState, RequestState, SessionState
from tests.clients import make_sign_in
from tests.factories import make_pair, make_person, make_unit
from tests.house.asked import rounds_of
from tests.house.objects import SECRET, Ids, links_of, make_request, objects_of, things_of, written_by
from tests.house.scopes import Kind, Role

__all__ = ["SECRET", "World", "make_world"]
PEOPLE_FILE = b"name,e-mail,unit\nNew Colleague,new@example.com,Sales\nNobody,not an address,Sales\n"
WRITTEN = {"new": 1, "changed": 0, "returning": 0, "leaving": 0, "emails": 0, "unchanged": 3, "problems": 0}


@dataclass
class World:
    """Who plays which role, their session tokens, and the ids of each kind of object by parameter name.

    A name such as `link.token` is the `token` of the routes of that blueprint only. `more` are ids of pairs in further
    states of the member; `written` name their sessions by writing: one's turn, the other's, one that waits, one that is over.
    """

    people: dict[Role, Person] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)
    ids: dict[Kind, Ids] = field(default_factory=dict)
    more: list[UUID] = field(default_factory=list)
    written: list[Ids] = field(default_factory=list)


def make_world() -> World:
    world = World()
    _people(world)
    ana, ben, finn = (world.people[role] for role in (Role.MEMBER, Role.PARTNER, Role.FORMER))
    gus, ida, kim = make_person("Gus Stern"), make_person("Ida Blum"), make_person("Kim Doe")
    olu = world.people[Role.COORDINATOR]
    own = objects_of(make_pair(ana, ben), ana, ben) | things_of(ana) | links_of(ana) | _import(olu)
    ended = objects_of(make_pair(ana, finn, PairState.ENDED), ana, finn) | things_of(ana) | links_of(ana, used=True)
    foreign = objects_of(make_pair(gus, ida), gus, ida) | things_of(gus) | links_of(gus) | _import(olu)
    own |= {"person_id": kim.id, "request_id": make_request(finn, ana).id}
    ended |= {
        "person_id": world.people[Role.DEACTIVATED].id,
        "request_id": make_request(finn, ana, RequestState.DECLINED).id,
    }
    ended |= _import(olu, ImportState.APPLIED)
    foreign |= {"person_id": gus.id, "request_id": make_request(gus, kim).id}
    make_request(ana, kim)
    asked = rounds_of(ana, ben, finn, mia=world.people[Role.MANAGER], kim=kim, gus=gus)
    own, ended, foreign = own | asked[Kind.OWN], ended | asked[Kind.ENDED], foreign | asked[Kind.FOREIGN]
    ana.proposed_email = "ana.new@example.com"
    more = [make_pair(ana, make_person(f"More {state}"), state) for state in (PairState.CHARTERING, PairState.PAUSED)]
    world.more = [pair.id for pair in more]
    world.written = _written(ana)
    world.ids = _kinds(own, ended, foreign)
    for role, person in world.people.items():
        world.tokens[role] = make_sign_in(person)[0]
    db.session.commit()
    return world


def _written(ana: Person) -> list[Ids]:
    """Sessions by writing, each with somebody else."""
    uma, vic, wes, xia = (make_person(f"{name} Writes") for name in ("Uma", "Vic", "Wes", "Xia"))
    return [
        written_by(make_pair(ana, uma), ana, SessionState.RUNNING),
        written_by(make_pair(ana, vic), vic, SessionState.RUNNING),
        written_by(make_pair(ana, wes), wes, SessionState.RUNNING, late=True),
        written_by(make_pair(ana, xia), ana, SessionState.HELD),
    ]


def _kinds(own: Ids, ended: Ids, foreign: Ids) -> dict[Kind, Ids]:
    """What else is asked for with these ids: nothing of it exists, or belongs together."""
    parents, cousins = ("pair_id", "goal_id", "session_id"), ("goal_id", "session_id")
    return {
        Kind.OWN: own,
        Kind.ENDED: ended,
        Kind.FOREIGN: foreign,
        Kind.MISSING: {name: uuid4() if isinstance(value, UUID) else "nothing" for name, value in own.items()},
        Kind.MIXED: foreign | {"pair_id": own["pair_id"]},
        Kind.GRANDCHILD: foreign | {name: own[name] for name in parents},
        Kind.COUSIN: own | {name: own[f"other {name}"] for name in cousins},
        Kind.SWAPPED: own | {"pair_id": foreign["pair_id"]},
    }


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


def _import(by: Person, state: ImportState = ImportState.PREVIEWED) -> Ids:
    """A people file that waits for a yes, or one that was written."""
    now, waits = clock.now(), state is ImportState.PREVIEWED
    row = Import(
        made_by_id=by.id, made_at=now, file_name="people.csv", state=state, content=PEOPLE_FILE if waits else None,
        summary={} if waits else WRITTEN, applied_at=None if waits else now, applied_by_id=None if waits else by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return {"import_id": row.id}

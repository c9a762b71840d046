"""The people of every test: Ana and Ben are a pair, Caro answers, Mia manages, Olu coordinates, Zoe is a stranger,
Ada administers. Lou has left."""

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, RoleGrant
from peerapp.models.people import Role
from tests.factories import make_person, make_unit

PASSWORD = "correct horse battery staple"


def enter() -> dict[str, Person]:
    """Put the cast into the database and hand it back by first names in lower case."""
    product, sales = make_unit("Product"), make_unit("Sales")
    mia = make_person("Mia Holm", unit=product)
    people = {
        "ana": make_person("Ana Rivera", unit=product, manager=mia),
        "ben": make_person("Ben Okafor", unit=product, manager=mia),
        "caro": make_person("Caro Lind", unit=product, manager=mia),
        "mia": mia,
        "olu": make_person("Olu Adeyemi", unit=sales),
        "zoe": make_person("Zoe Park", unit=sales),
        "ada": make_person("Ada Novak", unit=sales),
        "lou": make_person("Lou Gone", unit=sales),
    }
    people["lou"].left_at = clock.now()
    db.session.add(RoleGrant(person_id=people["olu"].id, role=Role.COORDINATOR, granted_at=clock.now()))
    db.session.add(RoleGrant(person_id=people["ada"].id, role=Role.ADMINISTRATOR, granted_at=clock.now()))
    db.session.commit()
    return people

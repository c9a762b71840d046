"""The people of every test: Ana and Ben are a pair, Caro answers, Mia manages, Olu coordinates, Zoe is a stranger,
Ada administers. Lou has left."""

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, RoleGrant, Unit
from peerapp.models.people import Role
from tests.factories import new_person

PASSWORD = "correct horse battery staple"


def enter() -> dict[str, Person]:
    """Put the cast into the database and hand it back by first names in lower case."""
    product, sales = Unit(name="Product"), Unit(name="Sales")
    mia = new_person("Mia Holm", unit=product)
    people = {
        "ana": new_person("Ana Rivera", unit=product, manager=mia),
        "ben": new_person("Ben Okafor", unit=product, manager=mia),
        "caro": new_person("Caro Lind", unit=product, manager=mia),
        "mia": mia,
        "olu": new_person("Olu Adeyemi", unit=sales),
        "zoe": new_person("Zoe Park", unit=sales),
        "ada": new_person("Ada Novak", unit=sales),
        "lou": new_person("Lou Gone", unit=sales, left_at=clock.now()),
    }
    db.session.add_all(people.values())
    db.session.flush()
    for name, role in (("olu", Role.COORDINATOR), ("ada", Role.ADMINISTRATOR)):
        db.session.add(RoleGrant(person_id=people[name].id, role=role, granted_at=clock.now()))
    db.session.commit()
    return people

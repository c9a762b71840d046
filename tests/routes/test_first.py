"""A new installation leads everybody to one page, which makes the administrator once and is gone."""

import pytest
import time_machine
from sqlalchemy import delete, func, select

from peerapp import clock
from peerapp.actions import links
from peerapp.db import db
from peerapp.models import OneTimeLink, Person, RoleGrant
from peerapp.models.people import Role
from tests.factories import make_person

ADA = {
    "name": "Ada Novak",
    "email": "Ada.Novak@example.com",
    "password": "orbit lamp mustard velvet",
    "language": "de",
    "time_zone": "Europe/Prague",
}


@pytest.fixture
def code(app):
    """The code on the console of an installation in which nobody exists."""
    app.extensions["first_run_is_over"] = False
    code = links.make_first_code()
    db.session.commit()
    return code


def people():
    return db.session.scalar(select(func.count()).select_from(Person))


@pytest.mark.parametrize("path", ["/", "/sign-in", "/settings", "/system", "/help", "/link/abc", "/forgotten"])
def test_every_page_leads_to_the_first(visitor, code, path):
    assert visitor.get(path).location == "/first"


def test_health_and_static_files_work_before(visitor, code):
    assert visitor.get("/health").status_code == 200
    assert visitor.get("/static/any/app.css").status_code == 200


def test_the_code_makes_an_administrator_who_is_signed_in(visitor, code):
    assert visitor.post("/first", ADA | {"code": code}).location == "/system"
    assert visitor.get("/system").status_code == 200
    ada = db.session.scalars(select(Person)).one()
    assert (ada.email, ada.language, ada.time_zone) == ("ada.novak@example.com", "de", "Europe/Prague")
    assert db.session.scalars(select(RoleGrant.role)).all() == [Role.ADMINISTRATOR]


def test_home_tells_an_administrator_without_company_how_people_come_in(visitor, code):
    visitor.post("/first", ADA | {"code": code, "language": "en"})
    visitor.get("/system")
    assert all(words in visitor.get("/").text for words in ("Nobody else is here yet", 'href="/system/roles"'))
    ada = db.session.scalars(select(Person.id)).one()
    db.session.add(RoleGrant(person_id=ada, role=Role.COORDINATOR, granted_at=clock.now()))
    db.session.commit()
    assert 'href="/programme/import"' in visitor.get("/").text
    make_person("Ben Okafor")
    db.session.commit()
    assert "Nobody else is here yet" not in visitor.get("/").text


def test_the_code_may_be_typed_without_dashes_and_small(visitor, code):
    assert visitor.post("/first", ADA | {"code": code.replace("-", " ").lower()}).status_code == 303


def test_the_page_is_gone_afterwards(visitor, app, code):
    visitor.post("/first", ADA | {"code": code})
    stranger = app.test_client()
    assert stranger.get("/first").location == "/"
    assert stranger.post("/first", ADA | {"code": code, "email": "eve@example.com"}).location == "/"
    assert people() == 1


def test_whoever_comes_back_from_a_backup_signs_in_where_the_first_page_stood(visitor, code):
    assert visitor.get("/first").status_code == 200
    db.session.execute(delete(OneTimeLink))
    db.session.add(RoleGrant(person_id=make_person("Ben Okafor").id, role=Role.ADMINISTRATOR, granted_at=clock.now()))
    db.session.commit()
    page = visitor.post("/first", ADA | {"code": code, "language": "en"}, follow_redirects=True)
    assert (page.request.path, "has an administrator already" in page.text, people()) == ("/sign-in", True, 1)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("code", "AAAA-BBBB-CCCC-DDDD", "This is not the code."),
        ("code", "", "Enter the code from the console."),
        ("name", " ", "Enter your name."),
        ("name", "x" * 121, "This name is too long."),
        ("email", "no address", "Enter an e-mail address like"),
        ("password", "short", "at least 12 characters"),
        ("password", "ada novak ada novak", "easy to guess"),
        ("time_zone", "Nowhere", "Choose a time zone from the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(visitor, code, field, typed, said):
    response = visitor.post("/first", ADA | {"code": code, "language": "en", field: typed})
    assert (response.status_code, said in response.text, people()) == (422, True, 0)
    assert visitor.post("/first", ADA | {"code": code}).status_code == 303


def test_a_code_ends_after_a_week_and_when_a_newer_one_is_printed(visitor, code):
    newer = links.make_first_code()
    db.session.commit()
    assert visitor.post("/first", ADA | {"code": code}).status_code == 422
    with time_machine.travel("2027-11-22"):
        assert visitor.post("/first", ADA | {"code": newer}).status_code == 422


def test_people_without_an_administrator_are_still_a_first_run(visitor, cast, code):
    db.session.query(RoleGrant).delete()
    db.session.commit()
    assert visitor.get("/sign-in").location == "/first"
    taken = visitor.post("/first", ADA | {"code": code, "language": "en"})
    assert (taken.status_code, "peerapp roles give" in taken.text) == (422, True)

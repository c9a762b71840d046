"""Administrators name coordinators and administrators; nobody becomes somebody else, and somebody always administers."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Notice, RoleGrant
from peerapp.models.people import Role

GIVE_ANA = {"email": "Ana.Rivera@example.com", "role": "coordinator"}


def holders(role):
    return set(db.session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role)))


def test_an_administrator_names_a_coordinator_who_is_told(as_, cast):
    assert as_("ada").post("/system/roles", GIVE_ANA).location == "/system/roles"
    assert holders(Role.COORDINATOR) == {cast["ana"].id, cast["olu"].id}
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.person_id, notice.values) == (cast["ana"].id, {"role": {"role": "coordinator"}})


@pytest.mark.parametrize("who", ["ana", "mia", "olu"])
def test_nobody_else_gives_roles_not_even_a_coordinator(as_, cast, who):
    assert as_(who).get("/system/roles").status_code == 404
    assert as_(who).post("/system/roles", GIVE_ANA).status_code == 404
    assert as_(who).post("/system/roles/take", {"person": cast["ada"].id, "role": "administrator"}).status_code == 404
    assert holders(Role.ADMINISTRATOR) == {cast["ada"].id}


def test_a_changed_role_counts_from_the_next_request_and_asks_for_a_new_sign_in(as_, cast):
    olu = as_("olu")
    as_("ada").post("/system/roles/take", {"person": cast["olu"].id, "role": "coordinator"})
    assert olu.get("/settings").location.startswith("/sign-in")
    assert holders(Role.COORDINATOR) == set()


def test_giving_twice_tells_once(as_, cast):
    ada = as_("ada")
    ada.post("/system/roles", GIVE_ANA)
    ada.post("/system/roles", GIVE_ANA)
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_the_last_administrator_cannot_leave_the_role(as_, cast):
    response = as_("ada").post("/system/roles/take", {"person": cast["ada"].id, "role": "administrator"})
    assert response.status_code == 422
    assert "This is the last administrator." in response.text
    assert holders(Role.ADMINISTRATOR) == {cast["ada"].id}


def test_an_administrator_who_has_left_does_not_count(as_, cast):
    db.session.add(RoleGrant(person_id=cast["lou"].id, role=Role.ADMINISTRATOR, granted_at=cast["lou"].left_at))
    db.session.commit()
    response = as_("ada").post("/system/roles/take", {"person": cast["ada"].id, "role": "administrator"})
    assert response.status_code == 422


def test_one_of_two_may_leave_and_stays_signed_in_here(as_, cast):
    ada, elsewhere = as_("ada"), as_("ada")
    ada.post("/system/roles", {"email": "zoe.park@example.com", "role": "administrator"})
    assert ada.post("/system/roles/take", {"person": cast["ada"].id, "role": "administrator"}).location == "/"
    assert ada.get("/settings").status_code == 200
    assert ada.get("/system").status_code == 404
    assert elsewhere.get("/settings").status_code == 303


@pytest.mark.parametrize("form", [{"email": "nobody@example.com"}, {"email": ""}, {"role": "king"}])
def test_what_cannot_be_is_refused_with_the_page(as_, form):
    response = as_("ada").post("/system/roles", GIVE_ANA | form)
    assert (response.status_code, "There is a problem" in response.text) == (422, True)


@pytest.mark.parametrize("form", [{"person": "x"}, {"person": str(uuid4())}, {"role": "king"}, {"person": ""}])
def test_a_role_of_nobody_cannot_be_taken(as_, cast, form):
    taken = as_("ada").post("/system/roles/take", {"person": str(cast["olu"].id), "role": "coordinator"} | form)
    assert taken.status_code == 404

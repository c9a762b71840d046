"""My password and the places where I am signed in: changed and ended by me alone."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from peerapp import access
from peerapp.db import db
from peerapp.models import Letter, Notice, Person, SignIn
from peerapp.passwords import passwords
from peerapp.rules.notice_kinds import NoticeKind
from tests.cast import PASSWORD
from tests.passwords import give_password, hashes_counted
from tests.statements import counted

NEW = "orbit lamp mustard velvet"


def now_of(person):
    return db.session.scalars(select(Person).where(Person.id == person.id)).one()


@pytest.fixture
def ana(cast):
    give_password(cast["ana"])
    return cast["ana"]


def test_a_new_password_ends_the_other_sign_ins_and_renews_this_one(as_, ana, app):
    other, here = as_("ana"), as_("ana")
    before = set(db.session.scalars(select(SignIn.id)))
    response = here.post("/settings/password", {"old": PASSWORD, "password": NEW})
    assert response.status_code == 303
    assert not before & set(db.session.scalars(select(SignIn.id)))
    assert here.get("/settings").status_code == 200
    assert other.get("/settings").status_code == 303
    stored = now_of(ana).password_hash
    db.session.commit()
    assert passwords().match(stored, NEW)


def test_the_person_is_told_of_a_new_password(as_, ana):
    as_("ana").post("/settings/password", {"old": PASSWORD, "password": NEW})
    assert db.session.scalars(select(Notice.kind)).all() == [NoticeKind.PASSWORD_CHANGED]
    assert db.session.scalars(select(Letter.address)).all() == [ana.email]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"old": "wrong", "password": NEW}, "This is not your present password."),
        ({"old": PASSWORD, "password": "short"}, "at least 12 characters"),
        ({"old": PASSWORD, "password": "ana rivera ana rivera"}, "easy to guess"),
        ({"old": "", "password": ""}, "Enter your present password."),
    ],
)
def test_a_password_that_cannot_be_is_refused_and_ends_nothing(as_, ana, form, said):
    here, other = as_("ana"), as_("ana")
    response = here.post("/settings/password", form)
    assert (response.status_code, said in response.text) == (422, True)
    assert other.get("/settings").status_code == 200


def test_guessing_the_old_password_is_slowed_down_too(as_, ana):
    here = as_("ana")
    wrong = {"old": "wrong", "password": NEW}
    for _ in range(5):
        here.post("/settings/password", wrong)
    with hashes_counted() as hasher:
        response = here.post("/settings/password", wrong)
    assert (response.status_code, response.headers["Retry-After"], hasher.computed) == (429, "30", 0)


def sign_in_of(client):
    with client.session_transaction() as session:
        token = session["_user_id"]
    return db.session.scalars(select(SignIn.id).where(SignIn.token_hash == access.hash_of(token))).one()


def test_sign_ins_are_listed_and_ended_one_by_one(as_):
    here, other = as_("ana"), as_("ana")
    page = here.get("/settings/sign-ins").text
    assert (page.count('/end"'), page.count("this browser")) == (2, 1)
    assert here.post(f"/settings/sign-ins/{sign_in_of(other)}/end").location == "/settings/sign-ins"
    assert other.get("/settings").status_code == 303
    assert here.get("/settings").status_code == 200


def test_all_others_end_at_once(as_):
    here, *others = as_("ana"), as_("ana"), as_("ana")
    here.post("/settings/sign-ins/end-others")
    assert [other.get("/settings").status_code for other in others] == [303, 303]
    assert here.get("/settings").status_code == 200


def test_ending_the_sign_in_of_this_browser_is_signing_out(as_):
    here = as_("ana")
    assert here.post(f"/settings/sign-ins/{sign_in_of(here)}/end").location == "/sign-in"
    assert here.get("/settings").status_code == 303


def test_nobody_ends_the_sign_in_of_somebody_else(as_):
    ben = as_("ben")
    foreign = as_("ana").post(f"/settings/sign-ins/{sign_in_of(ben)}/end")
    made_up = as_("ana").post(f"/settings/sign-ins/{uuid4()}/end")
    assert (foreign.status_code, foreign.text) == (404, made_up.text)
    assert ben.get("/settings").status_code == 200


def test_the_list_of_sign_ins_asks_the_same_number_of_questions_for_many(as_, cast):
    here = as_("ana")
    with counted() as few:
        here.get("/settings/sign-ins")
    for _ in range(20):
        as_("ana")
    with counted() as many:
        here.get("/settings/sign-ins")
    assert len(few) == len(many)

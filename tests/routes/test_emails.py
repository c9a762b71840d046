"""An address that the people file proposes is mine only when I, signed in, open the link that came to it."""

import pytest
from sqlalchemy import select

from peerapp.actions import emails
from peerapp.db import db
from peerapp.models import Letter, Notice, Person
from peerapp.rules.notice_kinds import NoticeKind


def now_of(person):
    return db.session.scalars(select(Person).where(Person.id == person.id)).one()


@pytest.fixture
def proposed(cast):
    """The path of the link that went to Ana's proposed address."""
    emails.propose(cast["ana"], "ana.new@example.com")
    db.session.commit()
    body = db.session.scalars(select(Letter.body).where(Letter.address == "ana.new@example.com")).one()
    return body.partition("http://localhost:8000")[2].split()[0]


def test_a_proposed_address_changes_nothing_by_itself_and_the_old_one_hears_of_it(cast, proposed):
    assert now_of(cast["ana"]).email == "ana.rivera@example.com"
    addresses = set(db.session.scalars(select(Letter.address)))
    assert addresses == {"ana.rivera@example.com", "ana.new@example.com"}
    assert db.session.scalars(select(Notice.kind)).all() == [NoticeKind.EMAIL_PROPOSED]


def test_the_owner_signed_in_confirms_the_address_with_the_link(as_, cast, proposed):
    ana = as_("ana")
    assert "ana.new@example.com" in ana.get(proposed).text
    assert now_of(cast["ana"]).proposed_email
    assert ana.post(proposed).location == "/settings/email"
    assert (now_of(cast["ana"]).email, now_of(cast["ana"]).proposed_email) == ("ana.new@example.com", None)
    assert ana.post(proposed).status_code == 404


@pytest.mark.parametrize("who", ["zoe", "olu", "ada"])
def test_whoever_else_has_the_link_cannot_use_it(as_, visitor, cast, proposed, who):
    assert as_(who).get(proposed).status_code == 404
    assert as_(who).post(proposed).status_code == 404
    assert visitor.post(proposed).status_code == 401
    assert now_of(cast["ana"]).email == "ana.rivera@example.com"


def test_a_refused_address_is_forgotten_and_its_link_is_dead(as_, cast, proposed):
    ana = as_("ana")
    ana.post("/settings/email/refuse")
    assert now_of(cast["ana"]).proposed_email is None
    assert ana.get(proposed).status_code == 404
    assert ana.post("/settings/email/send").status_code == 404


def test_an_address_that_somebody_else_took_meanwhile_is_refused(as_, cast, proposed):
    now_of(cast["zoe"]).email = "ana.new@example.com"
    db.session.commit()
    response = as_("ana").post(proposed)
    assert response.status_code == 422
    assert "Another account already has this address." in response.text
    assert now_of(cast["ana"]).email == "ana.rivera@example.com"


def test_the_link_to_confirm_can_be_sent_again_three_times_an_hour(as_, cast, proposed):
    ana = as_("ana")
    answers = [ana.post("/settings/email/send").status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert ana.get(proposed).status_code == 404  # replaced by the newer ones

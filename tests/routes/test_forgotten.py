"""Somebody without a password gets a link by mail; it works once, and scanners that open it change nothing."""

import re

import pytest
import time_machine
from sqlalchemy import select

from peerapp.actions import links
from peerapp.db import db
from peerapp.models import Letter, Notice, OneTimeLink, Person, SignIn
from peerapp.models.signins import LinkPurpose
from peerapp.passwords import passwords
from peerapp.rules.notice_kinds import NoticeKind
from tests.passwords import give_password
from tests.statements import counted

ANA = "ana.rivera@example.com"
NEW = "orbit lamp mustard velvet"


@pytest.fixture
def link(app, cast):
    """The path of a link for Ana, who has a password and is signed in somewhere."""
    give_password(cast["ana"])
    app.test_client().sign_in(cast["ana"])
    address = links.make(cast["ana"], LinkPurpose.RESET_PASSWORD)
    db.session.commit()
    return address.removeprefix("http://localhost:8000")


def letters():
    return db.session.scalars(select(Letter).order_by(Letter.made_at)).all()


def stored(person):
    return db.session.scalars(select(Person.password_hash).where(Person.id == person.id)).one()


def test_a_link_comes_by_mail_to_the_address_on_file(visitor, cast):
    assert visitor.post("/forgotten", {"email": "Ana.Rivera@example.com"}).location == "/forgotten/sent"
    [letter] = letters()
    assert letter.address == ANA
    assert re.search(r"http://localhost:8000/link/[\w-]{43}\n", letter.body)
    assert "If it was not you" in letter.body


def test_the_link_stands_on_the_configured_address_whatever_the_request_says(visitor, cast):
    visitor.post("/forgotten", {"email": ANA}, headers={"X-Forwarded-Host": "evil.example"})
    assert "evil" not in letters()[0].body


@pytest.mark.parametrize("email", ["nobody@example.com", "lou.gone@example.com", "no address"])
def test_unknown_accounts_get_the_same_answer_after_the_same_work_and_no_mail(visitor, cast, email):
    with counted() as known:
        right = visitor.post("/forgotten", {"email": ANA})
    with counted() as unknown:
        wrong = visitor.post("/forgotten", {"email": email})
    assert (wrong.status_code, wrong.location) == (right.status_code, right.location)
    assert [words.split()[:3] for words in unknown if "SAVEPOINT" not in words] == [
        words.split()[:3] for words in known if "SAVEPOINT" not in words
    ]
    assert [letter.address for letter in letters()] == [ANA]


def test_the_fourth_letter_in_an_hour_is_not_written_and_looks_the_same(visitor, cast):
    answers = [visitor.post("/forgotten", {"email": ANA}).location for _ in range(4)]
    assert (set(answers), len(letters())) == ({"/forgotten/sent"}, 3)


def test_one_source_asks_for_at_most_twenty(visitor, cast):
    answers = [visitor.post("/forgotten", {"email": f"n{number}@example.com"}) for number in range(21)]
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "3600")


def test_opening_the_link_ten_times_changes_nothing(visitor, link, cast):
    before = stored(cast["ana"])
    pages = [visitor.get(link) for _ in range(10)]
    assert {page.status_code for page in pages} == {200}
    assert pages[0].headers["Referrer-Policy"] == "no-referrer"
    assert stored(cast["ana"]) == before
    assert visitor.head(link).status_code == 200


def test_the_link_sets_the_password_ends_all_sign_ins_and_tells_the_person(visitor, link, cast):
    old = db.session.scalars(select(SignIn.id)).one()
    response = visitor.post(link, {"password": NEW})
    assert response.location == "/"
    assert visitor.get("/settings").status_code == 200
    assert old not in db.session.scalars(select(SignIn.id)).all()
    hashed = stored(cast["ana"])
    db.session.commit()
    assert passwords().match(hashed, NEW)
    assert [notice.kind for notice in db.session.scalars(select(Notice))] == [NoticeKind.PASSWORD_CHANGED]
    assert letters()[-1].subject == "Your password was changed."


def test_a_link_works_once(visitor, link, cast):
    visitor.post(link, {"password": NEW})
    after = stored(cast["ana"])
    assert visitor.post(link, {"password": "another velvet orbit lamp"}).status_code == 404
    assert stored(cast["ana"]) == after


def test_used_expired_replaced_and_unknown_links_lead_to_the_same_kind_page(visitor, link, cast):
    unknown = visitor.get("/link/unknown")
    with time_machine.travel("2027-11-22"):
        expired = visitor.get(link)
    links.make(cast["ana"], LinkPurpose.RESET_PASSWORD)
    db.session.commit()
    replaced = visitor.get(link)
    assert {answer.status_code for answer in (unknown, expired, replaced)} == {404}
    assert "This link no longer works" in unknown.text
    assert (
        len(
            {
                re.sub(r'csrf_token" value="[^"]+|value="/link/[^"]+', "", each.text)
                for each in (unknown, expired, replaced)
            }
        )
        == 1
    )


def test_a_link_of_somebody_who_left_is_gone(visitor, link, cast):
    db.session.get(Person, cast["ana"].id).left_at = cast["lou"].left_at
    db.session.commit()
    assert visitor.post(link, {"password": NEW}).status_code == 404


def test_a_link_for_an_address_sets_no_password(visitor, cast):
    address = links.make(cast["ana"], LinkPurpose.CONFIRM_EMAIL)
    db.session.commit()
    assert visitor.get("/link/" + address.rpartition("/")[2]).status_code == 404


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Enter a new password."),
        ("short", "at least 12 characters"),
        ("x" * 129, "at most 128 characters"),
        ("passwordpassword", "easy to guess"),
        ("ana.rivera@example.com", "easy to guess"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(visitor, link, password, said):
    response = visitor.post(link, {"password": password})
    assert response.status_code == 422
    assert said in response.text
    assert db.session.scalars(select(OneTimeLink.used_at)).one() is None


def test_only_the_hash_of_a_link_is_stored(link, cast):
    assert link.rpartition("/")[2] not in db.session.scalars(select(OneTimeLink.token_hash)).one()

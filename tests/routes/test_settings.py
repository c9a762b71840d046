"""What is mine to set: language, zone, theme, shortcuts, room, password, sign-ins, address."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from peerapp import access
from peerapp.actions import emails
from peerapp.db import db
from peerapp.models import Letter, Notice, Person, SignIn
from peerapp.passwords import passwords
from peerapp.rules import limits
from peerapp.rules.notice_kinds import NoticeKind
from tests.cast import PASSWORD
from tests.passwords import give_password, hashes_counted
from tests.statements import counted

SETTINGS = {"language": "de", "time_zone": "europe/berlin", "theme": "dark", "room": "3"}
NEW = "orbit lamp mustard velvet"


def now_of(person):
    return db.session.scalars(select(Person).where(Person.id == person.id)).one()


@pytest.fixture
def ana(cast):
    give_password(cast["ana"])
    return cast["ana"]


@pytest.fixture
def proposed(cast):
    """The path of the link that went to Ana's proposed address."""
    emails.propose(cast["ana"], "ana.new@example.com")
    db.session.commit()
    body = db.session.scalars(select(Letter.body).where(Letter.address == "ana.new@example.com")).one()
    return body.partition("http://localhost:8000")[2].split()[0]


def test_settings_are_kept(as_, cast):
    assert as_("ana").post("/settings", SETTINGS).location == "/settings"
    ana = now_of(cast["ana"])
    assert (ana.language, ana.time_zone, ana.theme, ana.room) == ("de", "Europe/Berlin", "dark", 3)
    assert ana.shortcuts_off_since is not None


def test_the_page_shows_what_is_set(as_, cast):
    ana = as_("ana")
    ana.post("/settings", SETTINGS | {"shortcuts": "1", "language": "en"})
    page = ana.get("/settings").text
    assert 'value="Europe/Berlin" selected' in page
    assert 'value="3" selected' in page
    assert 'value="dark" checked' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "x" * 10_000),
        ("theme", "purple"),
        ("room", str(limits.ROOM_MAX + 1)),
        ("room", "-1"),
        ("room", "9" * 5_000),
        ("room", "two"),
        ("room", ""),
    ],
)
def test_what_cannot_be_is_refused_with_the_page(as_, cast, field, typed):
    response = as_("ana").post("/settings", SETTINGS | {field: typed})
    assert (response.status_code, "There is a problem" in response.text) == (422, True)
    assert now_of(cast["ana"]).room == limits.ROOM_DEFAULT


def test_the_footer_sets_theme_and_language_and_leads_back(as_, cast):
    ana = as_("ana")
    assert ana.post("/settings/theme", {"theme": "light", "next": "/help?a=1"}).location == "/help?a=1"
    assert ana.post("/settings/language", {"language": "de", "next": "//evil.example"}).location == "/"
    assert (now_of(cast["ana"]).theme, now_of(cast["ana"]).language) == ("light", "de")


def test_a_visitor_keeps_theme_and_language_in_cookies(visitor, cast):
    visitor.post("/settings/theme", {"theme": "dark"})
    visitor.post("/settings/language", {"language": "de"})
    page = visitor.get("/help").text
    assert 'data-theme="dark"' in page
    assert '<html lang="de"' in page


@pytest.mark.parametrize("value", ["purple", "", '"><script>'])
def test_nobody_sets_a_theme_or_language_that_is_not_there(visitor, cast, value):
    assert visitor.post("/settings/theme", {"theme": value}).status_code == 400
    assert visitor.post("/settings/language", {"language": value}).status_code == 400
    visitor.set_cookie("theme", value)
    visitor.set_cookie("language", value)
    assert 'data-theme="system"' in visitor.get("/help").text
    assert visitor.get("/nowhere").status_code == 404


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

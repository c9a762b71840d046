"""Coming in and going: one answer for every failure, a way back to where one was, and a cookie that dies at once."""

import html
import re

import pytest
from sqlalchemy import func, select, update

from peerapp import kept
from peerapp.db import db
from peerapp.models import Person, SignIn, SignInTry
from tests.cast import PASSWORD
from tests.passwords import give_password, hashes_counted
from tests.statements import counted

ANA = {"email": "ana.rivera@example.com", "password": PASSWORD}
COMMENT = "\n".join(f"Line {number}: what I meant to say <to you> & me." for number in range(1, 41))


@pytest.fixture
def ana(cast):
    give_password(cast["ana"])
    return cast["ana"]


def is_signed_in(client):
    return client.get("/settings").status_code == 200


def rows(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_the_right_password_opens_the_door(visitor, ana):
    response = visitor.post("/sign-in", ANA)
    assert (response.status_code, response.location) == (303, "/")
    assert is_signed_in(visitor)


def test_the_address_may_be_typed_in_capitals_and_with_blanks(visitor, ana):
    visitor.post("/sign-in", {**ANA, "email": "  Ana.Rivera@Example.COM "})
    assert is_signed_in(visitor)


def test_a_password_is_the_same_however_the_keyboard_composes_it(visitor, cast):
    give_password(cast["ana"], "drei M\u00fcnzen im Brunnen")
    visitor.post("/sign-in", {**ANA, "password": "drei Mu\u0308nzen im Brunnen"})
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "not the password"},
        {"email": "nobody@example.com"},
        {"email": "lou.gone@example.com"},
        {"email": "ben.okafor@example.com"},
        {"email": "not an address"},
        {"email": "ana.rivera@example.com'--"},
    ],
    ids=["wrong", "unknown", "left", "never had one", "no address", "quotes"],
)
def test_every_failure_says_the_same_costs_one_hash_and_keeps_the_address(visitor, cast, ana, typed):
    give_password(cast["lou"])
    with hashes_counted() as hasher, counted() as statements:
        response = visitor.post("/sign-in", ANA | typed)
    assert response.status_code == 422
    assert "The e-mail address or the password is not right." in html.unescape(response.text)
    assert html.escape((ANA | typed)["email"], quote=False).replace("'", "&#39;") in response.text
    assert hasher.computed == 1
    assert len([each for each in statements if "person" in each and each.startswith("SELECT")]) == 1


def test_success_costs_one_hash_too_unless_the_parameters_changed(visitor, ana):
    with hashes_counted() as hasher:
        visitor.post("/sign-in", ANA)
    assert hasher.computed == 1


def test_a_hash_with_old_parameters_is_made_anew_at_sign_in(visitor, ana):
    with hashes_counted(time_cost=2) as hasher:
        visitor.post("/sign-in", ANA)
        assert hasher.computed == 2
        assert "t=2" in db.session.scalars(select(Person.password_hash).where(Person.id == ana.id)).one()
        visitor.post("/sign-out")
        visitor.post("/sign-in", ANA)
        assert hasher.computed == 3


def test_empty_fields_are_named(visitor, cast):
    response = visitor.post("/sign-in", {})
    assert response.status_code == 422
    assert "Enter your e-mail address." in response.text
    assert "Enter your password." in response.text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/settings/password?a=1", "/settings/password?a=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_to_our_own_paths(visitor, ana, asked, led):
    assert visitor.post("/sign-in", ANA | {"next": asked}).location == led


def test_a_page_that_needs_a_sign_in_is_there_afterwards(visitor, ana):
    wall = visitor.get("/settings/password")
    shown = visitor.get(wall.location)
    there = re.search(r'name="next" value="([^"]+)"', shown.text)[1]
    assert visitor.post("/sign-in", ANA | {"next": there}).location == "/settings/password"


def test_somebody_signed_in_needs_no_sign_in_page(as_):
    assert as_("ana").get("/sign-in?next=/help").location == "/help"


def test_signing_in_begins_a_new_session_and_ends_the_old_one_of_this_browser(visitor, ana, cast):
    visitor.sign_in(cast["zoe"])
    visitor.post("/sign-in", ANA)
    assert [row.person_id for row in db.session.scalars(select(SignIn))] == [ana.id]


def test_a_try_is_taken_back_when_it_succeeds(visitor, ana):
    visitor.post("/sign-in", ANA)
    assert set(db.session.scalars(select(SignInTry.failures))) == {0}


def test_a_copied_cookie_of_a_signed_out_browser_opens_nothing(visitor, ana, app):
    visitor.post("/sign-in", ANA)
    stolen = visitor.get_cookie("peerapp").value
    response = visitor.post("/sign-out")
    assert response.location == "/sign-in"
    thief = app.test_client()
    thief.set_cookie("peerapp", stolen)
    assert thief.get("/settings").location.startswith("/sign-in")
    assert rows(SignIn) == 0


def test_signing_out_needs_the_token_and_a_post(as_):
    ana = as_("ana")
    assert ana.post("/sign-out", csrf=False).status_code == 400
    assert ana.get("/sign-out").status_code == 405
    assert is_signed_in(ana)


def test_whoever_leaves_the_company_is_out_at_the_next_request(as_, cast):
    ana = as_("ana")
    assert is_signed_in(ana)
    db.session.execute(update(Person).where(Person.id == cast["ana"].id).values(left_at=func.now()))
    db.session.commit()
    assert not is_signed_in(ana)


def test_a_long_comment_typed_into_an_expired_session_is_there_after_signing_in(visitor, ana):
    wall = visitor.post("/settings", {"words": COMMENT, "area": ["time", "leadership"], "password": "secret"})
    assert (wall.status_code, COMMENT in wall.text) == (401, False)
    page = visitor.post("/sign-in", ANA | {"kept": kept_in(wall)})
    form = html.unescape(page.text)
    assert 'method="post" action="/settings"' in form
    assert f">\n{COMMENT}</textarea>" in form
    assert re.findall(r'name="area" value="(\w+)"', form) == ["time", "leadership"]
    assert "secret" not in form
    assert is_signed_in(visitor)


@pytest.mark.parametrize(("language", "label"), [("en", "Your message"), ("de", "Deine Nachricht")])
def test_what_comes_back_is_named_as_on_its_page_and_in_the_readers_language(visitor, ana, language, label):
    ana.language = language
    db.session.commit()
    wall = visitor.post("/settings", {"message": COMMENT, "of_a_later_version": "typed"})
    form = html.unescape(visitor.post("/sign-in", ANA | {"kept": kept_in(wall)}).text)
    assert f">{label}</label>" in form
    assert "Of a later version" not in form


def test_what_was_chosen_from_a_list_is_sent_again_and_not_shown_as_words(visitor, ana):
    typed = {"title": "SQL", "place": "https://meet.example.com/our-room", "need": "A Friday"}
    chosen = {"areas": "leadership", "column": "ideas", "owner": "both", "role": "advocate", "why": ""}
    wall = visitor.post("/settings", typed | chosen | {"old": "my present password"})
    form = visitor.post("/sign-in", ANA | {"kept": kept_in(wall)}).text
    shown = dict(re.findall(r'id="kept_\d+" name="(\w+)" value="([^"]*)"', form))
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert (shown, hidden | chosen, "present password" in form) == (typed, hidden, False)


@pytest.mark.parametrize(("name", "value"), [("need", "coach"), ("point", "6f1c2a34-58a6-4b41-9a7c-0c4ad3d1b6a1")])
def test_a_button_that_was_pressed_comes_back_without_its_value_in_a_field(visitor, ana, name, value):
    form = visitor.post("/sign-in", ANA | {"kept": kept_in(visitor.post("/settings", {name: value}))}).text
    assert f'<input type="hidden" name="{name}" value="{value}">' in form


def test_a_form_whose_session_cookie_is_gone_is_carried_as_well(visitor, ana):
    wall = visitor.post("/settings", {"words": COMMENT, "csrf_token": "of a session that is gone"})
    assert COMMENT in html.unescape(visitor.post("/sign-in", ANA | {"kept": kept_in(wall)}).text)


def test_htmx_shows_the_sign_in_in_place_of_the_page_and_carries_the_text(visitor, ana):
    wall = visitor.post("/settings", {"words": COMMENT}, headers={"HX-Request": "true", "HX-Target": "board"})
    assert (wall.status_code, wall.headers["HX-Retarget"]) == (401, "body")
    assert COMMENT in html.unescape(visitor.post("/sign-in", ANA | {"kept": kept_in(wall)}).text)


def test_a_tampered_form_is_not_carried(visitor, ana):
    assert visitor.post("/sign-in", ANA | {"kept": "eyJ4IjoxfQ.forged"}).location == "/"


def test_the_sign_in_page_itself_may_have_expired(visitor, ana):
    carried = kept_in(visitor.post("/settings", {"words": COMMENT}))
    again = visitor.post("/sign-in", ANA | {"kept": carried, "next": "/help", "csrf_token": "old"})
    assert again.status_code == 400
    assert kept_in(again) == carried
    assert ANA["email"] in again.text


def test_typed_text_survives_also_a_wrong_password_on_the_way(visitor, ana):
    carried = kept_in(visitor.post("/settings", {"words": COMMENT}))
    carried = kept_in(visitor.post("/sign-in", ANA | {"password": "wrong", "kept": carried}))
    assert COMMENT in html.unescape(visitor.post("/sign-in", ANA | {"kept": carried}).text)


def test_typed_text_survives_a_database_that_is_busy_at_the_sign_in(app, visitor, ana):
    carried = kept_in(visitor.post("/settings", {"words": COMMENT}))
    with app.test_request_context("/sign-in", method="POST", data=ANA | {"kept": carried}):
        page = kept.again(503)
    assert PASSWORD not in page.get_data(as_text=True)
    assert COMMENT in html.unescape(visitor.post("/sign-in", ANA | {"kept": kept_in(page)}).text)


def kept_in(response):
    return re.search(r'name="kept" value="([^"]+)"', response.get_data(as_text=True))[1]

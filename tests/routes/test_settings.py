"""What is mine to set: language, zone, theme, shortcuts."""

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Person

SETTINGS = {"language": "de", "time_zone": "europe/berlin", "theme": "dark"}


def now_of(person):
    return db.session.scalars(select(Person).where(Person.id == person.id)).one()


def test_settings_are_kept(as_, cast):
    assert as_("ana").post("/settings", SETTINGS).location == "/settings"
    ana = now_of(cast["ana"])
    assert (ana.language, ana.time_zone, ana.theme) == ("de", "Europe/Berlin", "dark")
    assert ana.shortcuts_off_since is not None


def test_the_page_shows_what_is_set(as_, cast):
    ana = as_("ana")
    ana.post("/settings", SETTINGS | {"shortcuts": "1", "language": "en"})
    page = ana.get("/settings").text
    assert 'value="Europe/Berlin" selected' in page
    assert "/profile#room" in page
    assert 'value="dark" checked' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "x" * 10_000),
        ("theme", "purple"),
    ],
)
def test_what_cannot_be_is_refused_with_the_page(as_, cast, field, typed):
    response = as_("ana").post("/settings", SETTINGS | {field: typed})
    assert (response.status_code, "There is a problem" in response.text) == (422, True)
    assert now_of(cast["ana"]).language == "en"


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

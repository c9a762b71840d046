"""The narrow check that open pages make again and again."""

import pytest
from sqlalchemy import update

from peerapp import clock
from peerapp.db import db
from peerapp.models import Pair, Person
from tests.factories import make_pair
from tests.statements import counted


@pytest.fixture
def url(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/version"


def test_a_check_is_one_statement_and_says_the_version(as_, url):
    ana = as_("ana")
    with counted() as sent:
        answer = ana.get(url)
    assert (answer.status_code, answer.text, answer.headers["HX-PTag"]) == (200, "1", "1")
    assert len([each for each in sent if each.startswith("SELECT")]) == 1


def test_a_known_version_is_a_304_until_something_changes(as_, url):
    ana = as_("ana")
    assert ana.get(url, headers={"HX-PTag": "1"}).status_code == 304
    db.session.execute(update(Pair).values(version=2))
    assert ana.get(url, headers={"HX-PTag": "1"}).text == "2"


@pytest.mark.parametrize("ending", ["", "?"])
def test_the_early_answer_is_the_one_that_the_route_would_give(as_, url, ending):
    ana = as_("ana")
    early = ana.get(url + ending, headers={"HX-PTag": "1"})
    late = ana.get(url.upper().replace("PAIRS", "pairs").replace("VERSION", "version"), headers={"HX-PTag": "1"})
    assert (early.status_code, early.data, sorted(early.headers)) == (late.status_code, late.data, sorted(late.headers))


@pytest.mark.parametrize("tag", ["", "2", "-1", "1 ", "0x1", "9" * 40])
def test_whatever_names_another_version_is_told_the_one_there_is(as_, url, tag):
    assert as_("ana").get(url, headers={"HX-PTag": tag}).text == "1"


def test_who_knows_the_version_but_may_not_read_it_gets_no_304(as_, visitor, url):
    for browser, status in ((as_("zoe"), 404), (visitor, 303)):
        assert browser.get(url, headers={"HX-PTag": "1"}).status_code == status


def test_strangers_find_nothing_and_visitors_are_asked_to_sign_in(as_, visitor, cast, url):
    other = make_pair(cast["zoe"], cast["olu"])
    assert as_("zoe").get(url).status_code == 404
    assert as_("ana").get(f"/pairs/{other.id}/version").status_code == 404
    assert visitor.get(url).status_code == 303


def test_who_signed_out_or_left_gets_nothing_more(as_, url):
    ana, ben = as_("ana"), as_("ben")
    db.session.execute(update(Person).where(Person.name == "Ben Okafor").values(left_at=clock.now()))
    assert ben.get(url).status_code == 303
    ana.post("/sign-out")
    assert ana.get(url).status_code == 303


def test_nothing_of_it_is_stored(as_, url):
    assert as_("ana").get(url).headers["Cache-Control"] == "no-store"

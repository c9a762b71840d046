"""The bar above a page is kept: is it still this person's, of this moment, and of this page?"""

from collections.abc import Callable

import pytest

from peerapp import clock
from peerapp.db import db
from peerapp.models import Notice, Person, RoleGrant
from peerapp.models.people import Role
from peerapp.rules.notice_kinds import NoticeKind
from tests.factories import make_pair

Cast = dict[str, Person]


def bar(page: str) -> str:
    return page[page.index('<header class="bar">') : page.index("</header>")]


def grant(person: Person, role: Role) -> None:
    db.session.add(RoleGrant(person_id=person.id, role=role, granted_at=clock.now()))


def tell(person: Person) -> None:
    values = {"kind": NoticeKind.PASSWORD_CHANGED, "values": {}, "path": "/", "made_at": clock.now()}
    db.session.add(Notice(person_id=person.id, **values))


CHANGES: dict[str, tuple[Callable[[Cast], object], str]] = {
    "another name": (lambda cast: setattr(cast["ana"], "name", "Ana Rivero"), "Your menu, Ana Rivero"),
    "a notice": (lambda cast: tell(cast["ana"]), '<span class="count">1<'),
    "a pair": (lambda cast: make_pair(cast["ana"], cast["caro"]), "Caro & me"),
    "a coordinator": (lambda cast: grant(cast["ana"], Role.COORDINATOR), 'href="/programme"'),
    "an administrator": (lambda cast: grant(cast["ana"], Role.ADMINISTRATOR), 'href="/system"'),
    "another language": (lambda cast: setattr(cast["ana"], "language", "de"), ">Personen</a>"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_bar_is_of_now(as_, cast: Cast, change: str) -> None:
    ana, (happens, told) = as_("ana"), CHANGES[change]
    assert told not in bar(ana.get("/settings").text)
    happens(cast)
    assert told in bar(ana.get("/settings").text)


def test_each_gets_their_own_bar(as_) -> None:
    bars = [bar(as_(name).get("/settings").text) for name in ("ana", "ben", "ana")]
    assert ["Your menu, Ana Rivera" in each for each in bars] == [True, False, True]


def test_two_of_the_same_name_each_get_their_own_bar(as_, cast: Cast) -> None:
    cast["caro"].name = cast["ana"].name
    grant(cast["caro"], Role.COORDINATOR)
    assert ['href="/programme"' in bar(as_(name).get("/settings").text) for name in ("caro", "ana")] == [True, False]


def test_the_bar_says_where_one_is(as_, ana_and_ben) -> None:
    ana = as_("ana")
    marked = {}
    for path in (
        "/",
        "/people",
        "/notices",
        "/feedback",
        "/rounds/new",
        f"/pairs/{ana_and_ben.id}/overall-goal",
        "/settings",
    ):
        found = [line for line in bar(ana.get(path).text).splitlines() if "aria-current" in line]
        marked[path] = [
            (line.split('href="')[1].split('"')[0], line.split('aria-current="')[1].split('"')[0]) for line in found
        ]
    assert marked == {
        "/": [("/", "page")],
        "/people": [("/people", "page")],
        "/notices": [("/notices", "page")],
        "/feedback": [("/feedback", "page")],
        "/rounds/new": [("/feedback", "true")],
        f"/pairs/{ana_and_ben.id}/overall-goal": [(f"/pairs/{ana_and_ben.id}/board", "page")],
        "/settings": [],
    }


def test_below_a_path_the_bar_leads_below_it(as_) -> None:
    ana = as_("ana")
    ana.get("/settings")
    assert 'href="/mentoring/people"' in bar(ana.get("/settings", environ_overrides={"SCRIPT_NAME": "/mentoring"}).text)

"""The coordinator sees who is here, in counts and names, and nothing of what pairs do."""

import re
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from peerapp import clock
from peerapp.actions import roles
from peerapp.db import db
from peerapp.models.people import Role
from tests.factories import make_pair, make_person, make_unit
from tests.people_files import person
from tests.statements import counted

LIST = "/programme/people"
PAGES = ("/programme", LIST, "/programme/units", "/programme/import")
OWN_STATEMENTS = {"/programme": 2, LIST: 2, "/programme/units": 1, "/programme/import": 2}
OF_EVERY_PAGE = 2  # who asks, and the pairs in the header


def crowd(number):
    """So many more people, each in a unit of their own."""
    units = [{"id": uuid4(), "name": f"Unit {at:05}"} for at in range(number)]
    db.session.execute(insert(db.metadata.tables["unit"]), units)
    people = [
        {
            "id": uuid4(),
            "key": f"{at}",
            "email": f"p{at:05}@example.com",
            "name": f"P {at:05}",
            "sort_name": f"p {at:05}",
        }
        | {"unit_id": units[at]["id"]}
        for at in range(number)
    ]
    db.session.execute(insert(db.metadata.tables["person"]), people)
    db.session.commit()


def address_of(someone):
    return f"{LIST}/{someone.id}"


def test_the_overview_counts_people(as_, cast):
    cast["ana"].first_signed_in_at = clock.now()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", as_("olu").get("/programme").text))
    assert "7 colleagues 6 never signed in 1 left 2 units" in text


def test_a_handful_of_pairs_is_not_counted_and_five_are(as_, cast):
    olu = as_("olu")
    names = ["ana", "ben", "caro", "mia", "zoe"]
    for one, other in pairwise(names):
        make_pair(cast[one], cast[other])
    assert "Fewer than 5 pairs are under way" in olu.get("/programme").text
    make_pair(cast["ana"], cast["zoe"])
    assert "5 pairs are under way." in olu.get("/programme").text


def test_without_people_the_one_next_step_is_a_file(as_, cast):
    for name in set(cast) - {"olu", "ada"}:
        cast[name].left_at = clock.now()
    page = as_("olu").get("/programme")
    assert re.search(r'class="empty.*href="/programme/import"', page.text, re.DOTALL)


@pytest.mark.parametrize("path", [*PAGES, f"/programme/people/{UUID(int=7)}"])
def test_only_a_coordinator_gets_there(as_, visitor, path):
    assert {as_(name).get(path).status_code for name in ("ana", "mia", "ada")} == {404}
    assert visitor.get(path).status_code == 303


@pytest.mark.parametrize("number", [10, 10_000])
def test_every_page_asks_the_database_as_often_for_ten_as_for_ten_thousand(as_, number):
    olu = as_("olu")
    crowd(number)
    for path, own in OWN_STATEMENTS.items():
        with counted() as sent:
            assert olu.get(path).status_code == 200
        questions = [each for each in sent if each.startswith("SELECT")]
        assert len(questions) == own + OF_EVERY_PAGE, (path, questions)


def test_the_list_goes_on_page_by_page_and_names_everybody_once(as_):
    olu = as_("olu")
    crowd(120)
    seen, path = [], LIST
    while path:
        page = olu.get(path).text
        seen += re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        path = onward[1].replace("&amp;", "&") if onward else None
    assert (len(seen), len(set(seen)), seen == sorted(seen)) == (127, 127, True)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=RIVERA", ["Ana Rivera"]),
        ("q=park zo", ["Zoe Park"]),
        ("q=ben.okafor@", ["Ben Okafor"]),
        ("q=%25", []),
        ("q=_", []),
        ("which=left", ["Lou Gone"]),
        ("which=never&q=mia", ["Mia Holm"]),
        ("which=nonsense&q=mia", ["Mia Holm"]),
        ("unit=nonsense&after=nonsense&q=mia", ["Mia Holm"]),
        (f"after={UUID(int=7)}", []),
    ],
)
def test_the_list_is_searched_and_narrowed(as_, query, names):
    page = as_("olu").get(f"{LIST}?{query}")
    assert re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page.text) == names


def test_a_unit_leads_to_its_people(as_):
    olu = as_("olu")
    page = olu.get("/programme/units").text
    there = re.search(r'href="([^"]+)">Product</a></th>\s*<td class="num">4</td>', page)[1]
    assert re.findall(r'<th scope="row"><a [^>]+>(\w+)', olu.get(there).text) == ["Ana", "Ben", "Caro", "Mia"]


def test_units_go_on_page_by_page(as_):
    olu = as_("olu")
    crowd(150)
    first = olu.get("/programme/units").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert (first.count('<th scope="row"><a'), olu.get(onward).text.count('<th scope="row"><a')) == (100, 52)


def test_a_persons_page_shows_what_is_on_file_and_nothing_of_their_pair(as_, cast):
    make_pair(cast["ana"], cast["ben"], overall_goal="Lead a team well")
    cast["ana"].started_on = date(2020, 3, 1)
    page = as_("olu").get(address_of(cast["ana"])).text
    assert all(words in page for words in ("ana.rivera@example.com", "Product", "Mia Holm", "1 Mar 2020"))
    assert not any(words in page for words in ("Ben", "Lead a team", "pairs/"))


def test_nobody_is_no_page(as_):
    assert as_("olu").get(f"{LIST}/{uuid4()}").status_code == 404


def link_on(page):
    found = re.search(r'id="f_link" value="([^"]+)"', page.text)
    return found[1] if found else None


def test_a_first_link_is_shown_once_and_works_once(as_, cast, visitor):
    olu = as_("olu")
    there = address_of(cast["zoe"])
    assert olu.post(f"{there}/link").location == there
    link = link_on(olu.get(there))
    assert link_on(olu.get(there)) is None
    path = link.removeprefix("http://localhost:8000")
    answer = visitor.post(path, {"password": "four unusual words together"})
    assert (answer.status_code, visitor.get("/settings").status_code) == (303, 200)
    assert person("zoe.park@example.com").first_signed_in_at is not None
    assert visitor.get(path).status_code == 404


def test_another_link_ends_the_first(as_, cast, visitor):
    olu, there, links = as_("olu"), address_of(cast["zoe"]), []
    for _twice in range(2):
        olu.post(f"{there}/link")
        links.append(link_on(olu.get(there)).removeprefix("http://localhost:8000"))
    assert [visitor.get(link).status_code for link in links] == [404, 200]


def test_a_link_is_only_shown_on_the_page_of_its_person(as_, cast):
    olu = as_("olu")
    olu.post(f"{address_of(cast['zoe'])}/link")
    assert link_on(olu.get(address_of(cast["ana"]))) is None


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("ana", {"first_signed_in_at": clock.now()}, "This account is in use."),
        ("ana", {"password_hash": "set, but never signed in"}, "This account is in use."),
        ("lou", {}, "Who has left cannot sign in"),
        ("ada", {}, "This account holds a role"),
    ],
)
def test_there_is_no_link_to_become_somebody_else(as_, cast, name, values, sentence):
    for column, value in values.items():
        setattr(cast[name], column, value)
    olu, there = as_("olu"), address_of(cast[name])
    olu.post(f"{there}/link")
    page = olu.get(there)
    assert (link_on(page), sentence in page.text, "/link" in page.text) == (None, True, False)


def test_a_link_does_not_open_a_role_that_was_given_later(as_, cast, visitor):
    olu, there = as_("olu"), address_of(cast["zoe"])
    olu.post(f"{there}/link")
    link = link_on(olu.get(there)).removeprefix("http://localhost:8000")
    roles.give(cast["zoe"], Role.ADMINISTRATOR, by=None)
    assert visitor.get(link).status_code == 404


def test_a_link_for_nobody_or_by_nobody_is_not_made(as_, cast, visitor):
    assert as_("olu").post(f"{LIST}/{uuid4()}/link").status_code == 404
    assert as_("ada").post(f"{address_of(cast['zoe'])}/link").status_code == 404
    assert visitor.post(f"{address_of(cast['zoe'])}/link").status_code in {303, 401}


def test_names_are_text_wherever_they_stand(as_, cast):
    make_person("<img src=x onerror=alert(1)>", unit=make_unit("<b>Unit</b>"), email="x@example.com")
    olu = as_("olu")
    for path in (LIST, "/programme/units", address_of(person("x@example.com"))):
        text = olu.get(path).text
        assert ("<img src=x" in text, "<b>Unit" in text) == (False, False)

"""Forms, results and boards are drawn once and kept: does everybody still see their own, as it is now?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from peerapp import clock
from peerapp.actions import opening, pairs as pair_actions, showing
from peerapp.db import db
from peerapp.models import Pair, Person, Round
from peerapp.queries.pairs import held_pair
from peerapp.rules.audiences import SplitBy
from peerapp.rules.question_bank import Purpose
from tests.factories import make_person, make_unit
from tests.rounds import make_closed_round, make_crowd, make_draft, make_open_round

Cast = dict[str, Person]
As = Callable[[str], Any]
FOUR = {"q1": 4, "q2": 4}


@pytest.fixture
def crowd(app: Flask) -> list[Person]:
    return make_crowd(12)


@pytest.fixture
def opened(cast: Cast) -> Round:
    asked = [make_person(f"Asked Person{each}") for each in range(9)]
    return make_open_round(cast["ana"], [cast["caro"], cast["ben"], *asked], readers=[cast["mia"]])


@pytest.fixture
def closed(app: Flask, cast: Cast, crowd: list[Person]) -> Round:
    values = {"readers": [cast["mia"]], "may_be_shown": [cast["ben"]], "title": "How Ana works"}
    return make_closed_round(app, cast["ana"], crowd, [FOUR] * 12, **values)


@pytest.fixture
def of_unit(app: Flask, cast: Cast, crowd: list[Person]) -> Round:
    return make_closed_round(app, cast["mia"], crowd, [FOUR] * 12, purpose=Purpose.UNIT, title="Our unit")


def main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def between(page: str, start: str, end: str) -> str:
    return page.split(start, 1)[1].split(end, 1)[0]


@pytest.mark.parametrize(("column", "value"), [("language", "de"), ("time_zone", "Asia/Tokyo")])
def test_the_form_speaks_the_readers_language_and_zone(
    as_: As, cast: Cast, opened: Round, column: str, value: str
) -> None:
    caro, path = as_("caro"), f"/rounds/{opened.id}/answer"
    before = between(caro.get(path).text, '<p class="soft">', "</p>")
    setattr(cast["caro"], column, value)
    assert between(caro.get(path).text, '<p class="soft">', "</p>") != before


def test_the_form_holds_the_names_of_now_and_its_readers_own_token(as_: As, cast: Cast, opened: Round) -> None:
    pages = [as_(name).get(f"/rounds/{opened.id}/answer").text for name in ("caro", "ben", "caro")]
    assert len({between(page, 'data-token="', '"') for page in pages}) == 3
    assert ["Ben Okafor" in between(page, "data-known='", "'") for page in pages] == [True, True, True]
    cast["ben"].name = "Benno Okafor"
    assert "Benno Okafor" in between(as_("caro").get(f"/rounds/{opened.id}/answer").text, "data-known='", "'")


def test_each_part_of_a_round_is_asked_as_that_part(as_: As, cast: Cast) -> None:
    cast["caro"].site = "Oslo"
    crowd = [*make_crowd(8, site="Oslo"), *(make_person(f"South Person{each}", site="Kiel") for each in range(8))]
    cast["ben"].site = "Kiel"
    draft = make_draft(cast["ana"], [cast["caro"], cast["ben"], *crowd], split_by=SplitBy.SITE, joins_small=True)
    opening.open_round(cast["ana"], draft.id)
    parts = [
        between(as_(name).get(f"/rounds/{draft.id}/answer").text, '"part": ', ",") for name in ("caro", "ben", "caro")
    ]
    assert (parts[0], parts[0] == parts[1]) == (parts[2], False)


def test_two_rounds_that_ask_the_same_have_each_their_own_form(
    as_: As, cast: Cast, opened: Round, crowd: list[Person]
) -> None:
    other = make_open_round(cast["ana"], [cast["caro"], cast["ben"], *crowd], readers=[cast["mia"]])
    pages = [as_("caro").get(f"/rounds/{each.id}/answer").text for each in (opened, other)]
    assert [str(opened.fingerprint) in page for page in pages] == [True, False]


@pytest.mark.parametrize("path", ["/rounds/{opened}/answer", "/rounds/{closed}/result", "/feedback/unit"])
def test_below_a_path_everything_leads_below_it(
    as_: As, opened: Round, closed: Round, of_unit: Round, path: str
) -> None:
    mia, where = as_("caro" if "answer" in path else "mia"), path.format(opened=opened.id, closed=closed.id)
    mia.get(where)
    assert 'href="/mentoring/' in main(mia.get(where, environ_overrides={"SCRIPT_NAME": "/mentoring"}).text)
    assert 'href="/mentoring/' not in main(mia.get(where).text)


def test_a_result_says_what_happens_next_as_soon_as_it_is_written(as_: As, closed: Round) -> None:
    ana, path = as_("ana"), f"/rounds/{closed.id}/result"
    assert "Nothing is written yet." in ana.get(path).text
    closed.what_next = "Fewer meetings."
    db.session.commit()
    assert [("Fewer meetings." in as_(name).get(path).text) for name in ("ana", "mia")] == [True, True]


def test_a_result_says_to_whom_it_is_shown_now_and_only_its_owner_can_change_that(
    as_: As, cast: Cast, closed: Round
) -> None:
    path = f"/rounds/{closed.id}/result"
    assert ["not shown" in as_(name).get(path).text for name in ("ana", "mia")] == [True, False]
    showing.show(cast["ana"], closed.id, cast["ben"].id)
    assert ["shown since" in as_(name).get(path).text for name in ("ana", "mia")] == [True, True]
    assert ["Stop showing it" in as_(name).get(path).text for name in ("ana", "mia", "ben")] == [True, False, False]
    showing.stop(cast["ana"], closed.id, cast["ben"].id)
    assert ["shown since" in as_(name).get(path).text for name in ("ana", "mia")] == [False, False]
    assert as_("ben").get(path).status_code == 404


def test_a_colleague_who_is_called_otherwise_now_is_called_that_beside_a_result(
    as_: As, cast: Cast, closed: Round
) -> None:
    as_("ana").get(f"/rounds/{closed.id}/result")
    cast["mia"].name = "Mia Sund"
    assert "Mia Sund" in main(as_("ana").get(f"/rounds/{closed.id}/result").text)


@pytest.mark.parametrize("path", ["/rounds/{closed}/result", "/feedback/unit"])
def test_figures_speak_the_readers_language_and_know_the_year(
    as_: As, cast: Cast, closed: Round, of_unit: Round, path: str
) -> None:
    mia, where = as_("mia"), path.format(closed=closed.id)
    pages = [main(mia.get(where).text)]
    cast["mia"].language = "de"
    pages.append(main(mia.get(where).text))
    cast["mia"].time_zone = "Pacific/Kiritimati" if clock.now().hour >= 10 else "Pacific/Pago_Pago"  # another day there
    pages.append(main(mia.get(where).text))
    with time_machine.travel(clock.now() + timedelta(days=366)):
        pages.append(main(as_("mia").get(where).text))
    assert len(set(pages)) == 4


def test_a_managers_page_is_of_now(as_: As, app: Flask, cast: Cast, crowd: list[Person], of_unit: Round) -> None:
    mia = as_("mia")
    pages = [main(mia.get("/feedback/unit").text)]
    cast["mia"].unit = care = make_unit("Care")
    pages.append(main(mia.get("/feedback/unit").text))
    for number in range(9):
        make_person(f"Team {number}", unit=care)
    pages.append(main(mia.get("/feedback/unit").text))
    make_closed_round(app, cast["olu"], crowd, [FOUR] * 3, purpose=Purpose.UNIT, readers=[cast["mia"]])
    pages.append(main(mia.get("/feedback/unit").text))
    assert len(set(pages)) == 4
    assert "Care" in pages[1]
    assert "Your team is too small" in pages[1]
    assert "Your team is too small" not in pages[2]
    assert "too few answered" in pages[3]


def test_a_board_names_the_partner_as_she_is_called_now_and_knows_whether_it_is_open(
    as_: As, cast: Cast, ana_and_ben: Pair
) -> None:
    ana, path = as_("ana"), f"/pairs/{ana_and_ben.id}/board"
    assert 'data-partner="Ben"' in ana.get(path).text
    cast["ben"].name = "Benno Okafor"
    assert 'data-partner="Benno"' in ana.get(path).text
    ana_and_ben.touch()
    pages = [as_(name).get(path).text for name in ("ana", "ben")]
    assert [between(page, 'data-at="', '"') for page in pages] == [str(ana_and_ben.version)] * 2
    pair_actions.end(held_pair(ana_and_ben.id), cast["ana"], "")
    assert 'data-partner="' not in ana.get(path).text

"""A manager's page: what names her as a reader, what people show her, and nothing else."""

import pytest
from flask import Flask

from peerapp.actions import showing
from peerapp.db import db
from peerapp.models import Person
from peerapp.rules.question_bank import Purpose
from tests.factories import make_person
from tests.rounds import make_closed_round, make_crowd
from tests.statements import counted

FOUR = {"q1": 4, "q2": 4}
SMALL = "Your team is too small for figures. You can still support anyone who shares a goal with you."
Cast = dict[str, Person]


@pytest.mark.parametrize("name", ["ana", "zoe", "olu", "ada"])
def test_whoever_manages_nobody_has_no_such_page(as_, name: str) -> None:
    assert as_(name).get("/feedback/unit").status_code == 404
    assert "/feedback/unit" not in as_(name).get("/feedback").text


def test_two_clicks_lead_there(as_) -> None:
    assert 'href="/feedback"' in as_("mia").get("/").text
    assert 'href="/feedback/unit"' in as_("mia").get("/feedback").text


def test_a_small_team_has_no_figures_but_the_whole_programmes_releases(app: Flask, cast: Cast, as_) -> None:
    make_closed_round(
        app,
        cast["olu"],
        make_crowd(12),
        [FOUR] * 12,
        purpose=Purpose.PROGRAMME,
        readers=[cast["mia"]],
        title="The pairs",
    )
    page = as_("mia").get("/feedback/unit").text
    assert SMALL in page
    assert "The pairs" in page
    assert "10 to 19 people answered" in page
    assert "<td>4.0</td>" in page


def test_a_team_of_eight_is_large_enough(cast: Cast, as_) -> None:
    for number in range(5):  # and Ana, Ben and Caro
        make_person(f"Team {number}", unit=cast["mia"].unit)
    db.session.commit()
    assert SMALL not in as_("mia").get("/feedback/unit").text


def test_a_round_that_does_not_name_her_is_not_there(app: Flask, cast: Cast, as_) -> None:
    make_closed_round(app, cast["olu"], make_crowd(12), [FOUR] * 12, purpose=Purpose.UNIT, title="Not for Mia")
    assert "Not for Mia" not in as_("mia").get("/feedback/unit").text


def test_a_persons_own_round_is_there_only_while_that_person_shows_it(app: Flask, cast: Cast, as_) -> None:
    mine = make_closed_round(
        app, cast["ana"], make_crowd(12), [FOUR] * 12, may_be_shown=[cast["mia"]], title="How Ana works"
    )
    assert "How Ana works" not in as_("mia").get("/feedback/unit").text
    showing.show(cast["ana"], mine.id, cast["mia"].id)
    assert "How Ana works" in as_("mia").get("/feedback/unit").text
    showing.stop(cast["ana"], mine.id, cast["mia"].id)
    assert "How Ana works" not in as_("mia").get("/feedback/unit").text


def test_what_is_hidden_says_so_and_is_never_a_nought(app: Flask, cast: Cast, as_) -> None:
    answers = [{"q1": 4}] * 9 + [{"q1": 4, "q2": 2}] * 3
    make_closed_round(app, cast["mia"], make_crowd(12), answers, purpose=Purpose.UNIT, title="Our unit")
    assert "fewer than 5 answers, hidden to protect people" in as_("mia").get("/feedback/unit").text


def test_withheld_rounds_are_told_in_words(app: Flask, cast: Cast, as_) -> None:
    make_closed_round(app, cast["mia"], make_crowd(12), [FOUR] * 3, purpose=Purpose.UNIT, title="Our unit")
    assert "too few answered, so nothing is shown" in as_("mia").get("/feedback/unit").text


def test_the_page_asks_three_times_about_rounds_and_team(app: Flask, cast: Cast, as_) -> None:
    make_closed_round(app, cast["mia"], make_crowd(12), [FOUR] * 12, purpose=Purpose.UNIT)
    mia = as_("mia")
    mia.get("/feedback/unit")
    with counted() as sent:
        mia.get("/feedback/unit")
    assert len([each for each in sent if "round" in each or "other" in each]) == 3

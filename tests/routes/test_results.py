"""Who reads what came out of a round, and what stands there?"""

import csv
import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, Round
from peerapp.rules.audiences import SplitBy
from peerapp.rules.question_bank import Purpose
from tests.factories import make_person, make_unit
from tests.rounds import answer, make_closed_round, make_crowd, make_open_round
from tests.statements import counted

WORDS = "Short & to the point, <b>always</b>."
FOUR = {"q1": 4, "q2": 4, "c1": WORDS}
Cast = dict[str, Person]


def closed(app: Flask, cast: Cast, number: int = 12, **values: object) -> Round:
    """A round about Ana that so many answered in the same way, read by Olu; it may be shown to Mia."""
    people = values.pop("people", None) or make_crowd(max(number, 8))
    values = {"readers": [cast["olu"]], "may_be_shown": [cast["mia"]]} | values
    answers = values.pop("answers", [FOUR] * number)
    return make_closed_round(app, cast["ana"], people, answers, **values)


def test_a_result_is_read_by_its_owner_and_its_readers(app: Flask, cast: Cast, as_) -> None:
    round_ = closed(app, cast)
    for name in ("ana", "olu"):
        page = as_(name).get(f"/rounds/{round_.id}/result")
        assert page.status_code == 200
        assert "10 to 19 people answered" in page.text
        assert WORDS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page.text


def test_everybody_else_finds_nothing_the_manager_of_the_unit_included(app: Flask, cast: Cast, as_) -> None:
    round_ = closed(app, cast, people=[*make_crowd(11), cast["caro"]])
    for browser in map(as_, ("mia", "zoe", "ada", "caro")):
        for what in ("result", "result.csv", "proof.json"):
            real, made_up = (browser.get(f"/rounds/{each}/{what}") for each in (round_.id, uuid4()))
            assert (real.status_code, real.text) == (404, made_up.text)


def test_the_owner_shows_it_to_those_named_and_stops_at_once(app: Flask, cast: Cast, as_) -> None:
    path = f"/rounds/{closed(app, cast).id}"
    mia, ana = as_("mia"), as_("ana")

    assert ana.post(f"{path}/readers/{cast['mia'].id}/show").status_code == 303
    assert mia.get(f"{path}/result").status_code == 200
    assert "shows you a result" in mia.get("/notices").text

    assert ana.post(f"{path}/readers/{cast['mia'].id}/stop").status_code == 303
    assert mia.get(f"{path}/result").status_code == 404
    assert mia.get(f"{path}/result.csv").status_code == 404


def test_showing_it_twice_tells_of_it_once(app: Flask, cast: Cast, as_) -> None:
    path, ana = f"/rounds/{closed(app, cast).id}", as_("ana")
    for _ in range(2):
        ana.post(f"{path}/readers/{cast['mia'].id}/show")
    assert as_("mia").get("/notices").text.count("shows you a result") == 1


@pytest.mark.parametrize("name", ["zoe", "olu", "ben"])
def test_it_is_shown_to_nobody_who_was_not_named_as_somebody_to_show_it_to(app, cast, as_, name: str) -> None:
    path = f"/rounds/{closed(app, cast).id}"
    assert as_("ana").post(f"{path}/readers/{cast[name].id}/show").status_code == 404


def test_nobody_but_the_owner_shows_it(app: Flask, cast: Cast, as_) -> None:
    path = f"/rounds/{closed(app, cast).id}"
    for name in ("olu", "mia", "zoe"):
        assert as_(name).post(f"{path}/readers/{cast['mia'].id}/show").status_code == 404
        assert as_("mia").get(f"{path}/result").status_code == 404


def test_an_open_round_shows_no_number_and_cannot_be_shown(app: Flask, cast: Cast, as_) -> None:
    opened = make_open_round(cast["ana"], crowd := make_crowd(9), may_be_shown=[cast["mia"]])
    for each in crowd[:7]:
        answer(app, each, opened, FOUR)
    page = as_("ana").get(f"/rounds/{opened.id}/result")
    assert (page.status_code, "Still open" in page.text) == (200, True)
    assert as_("ana").post(f"/rounds/{opened.id}/readers/{cast['mia'].id}/show").status_code == 403
    for what in ("result.csv", "proof.json"):
        assert as_("ana").get(f"/rounds/{opened.id}/{what}").status_code == 404


def test_after_the_last_day_it_is_being_counted(app: Flask, cast: Cast, as_) -> None:
    opened = make_open_round(cast["ana"], make_crowd(8))
    with time_machine.travel(opened.closes_at + timedelta(seconds=1), tick=False):
        browser = as_("ana")
        assert "being counted" in browser.get(f"/rounds/{opened.id}/result").text


def test_too_few_answers_are_said_in_words(app: Flask, cast: Cast, as_) -> None:
    page = as_("ana").get(f"/rounds/{closed(app, cast, 4).id}/result")
    assert "Too few people answered" in page.text
    assert "data-receipt" not in page.text


def test_a_question_with_too_few_answers_has_no_number_anywhere(app: Flask, cast: Cast, as_) -> None:
    answers = [{"q1": 4, "q2": 2}] * 4 + [{"q1": 4}] * 6
    path = f"/rounds/{closed(app, cast, answers=answers).id}"
    page = as_("ana").get(f"{path}/result").text
    assert "Not enough answers to show. They are gone; nobody can look them up." in page
    assert "Too few comments to show" in page
    table = list(csv.reader(io.StringIO(as_("ana").get(f"{path}/result.csv").get_data(as_text=True))))
    assert ["We keep our appointments.", "Everybody", "", "not enough answers", ""] in table


def test_five_to_nine_answers_give_a_word_and_no_mean(app: Flask, cast: Cast, as_) -> None:
    page = as_("ana").get(f"/rounds/{closed(app, cast, 8).id}/result").text
    assert "mostly agreement" in page
    assert "5 to 9 answers, so only a word is shown" in page
    assert 'class="mean"' not in page


def test_fifty_answers_give_three_bands_and_a_mean_drawn_and_as_a_table(app: Flask, cast: Cast, as_) -> None:
    answers = [{"q1": 1, "q2": 5}] * 10 + [{"q1": 3, "q2": 5}] * 10 + [{"q1": 5, "q2": 5}] * 30
    page = as_("ana").get(f"/rounds/{closed(app, cast, answers=answers, people=make_crowd(50)).id}/result").text
    assert 'aria-label="Share of answers: disagree 20%, neither 20%, agree 60%"' in page
    assert "agree 90% or more" in page
    assert "4.5 or more" in page
    assert "<td>disagree 20%, neither 20%, agree 60%</td>" in page
    assert "style=" not in page


def test_the_parts_of_a_split_stand_beside_each_other(app: Flask, cast: Cast, as_) -> None:
    crowd = [
        make_person(f"{unit.name} {number}", unit=unit)
        for unit in map(make_unit, ("North", "South"))
        for number in range(12)
    ]
    answers = [{"q1": 2, "q2": 2}] * 12 + [{"q1": 5, "q2": 3}] * 12
    page = (
        as_("ana")
        .get(f"/rounds/{closed(app, cast, people=crowd, answers=answers, split_by=SplitBy.UNIT).id}/result")
        .text
    )
    assert '<th scope="col">North</th><th scope="col">South</th>' in page
    assert "<td>mostly disagreement</td>" in page


def in_autumn_and_now(app: Flask, cast: Cast, **values: object) -> tuple[Round, Round]:
    """The same asked twice, of others: first 3 and 4, then 4 and 4."""
    crowd = make_crowd(12)
    with time_machine.travel(clock.now() - timedelta(days=100), tick=False):
        first = closed(app, cast, title="In autumn", people=crowd, answers=[{"q1": 3, "q2": 4}] * 12, **values)
    return first, closed(app, cast, title="Now", people=crowd)


def test_a_mean_is_compared_with_the_last_time_that_the_same_was_asked(app: Flask, cast: Cast, as_) -> None:
    _first, second = in_autumn_and_now(app, cast)
    page = as_("olu").get(f"/rounds/{second.id}/result").text
    assert "▲ 1.0" in page
    assert "up by 1.0 since last time" in page
    assert "the same as last time" in page
    assert "In autumn" in page


def test_nothing_is_compared_with_a_round_that_this_reader_does_not_read(app: Flask, cast: Cast, as_) -> None:
    _first, second = in_autumn_and_now(app, cast, readers=[])
    assert "In autumn" in as_("ana").get(f"/rounds/{second.id}/result").text
    page = as_("olu").get(f"/rounds/{second.id}/result").text
    assert "In autumn" not in page
    assert "last time" not in page


def test_nothing_is_compared_with_a_round_about_something_else(app: Flask, cast: Cast, as_) -> None:
    _first, second = in_autumn_and_now(app, cast, purpose=Purpose.UNIT)
    assert "In autumn" not in as_("ana").get(f"/rounds/{second.id}/result").text


def test_what_happens_next_stands_there_and_who_wrote_it(app: Flask, cast: Cast, as_) -> None:
    round_ = closed(app, cast)
    round_.what_next = "I will try shorter meetings."
    db.session.commit()
    page = as_("olu").get(f"/rounds/{round_.id}/result").text
    assert "I will try shorter meetings." in page
    assert "written by Ana Rivera, read by everybody who was asked" in page


def test_papers_handed_out_and_people_stand_beside_each_other(app: Flask, cast: Cast, as_) -> None:
    page = (
        as_("ana").get(f"/rounds/{closed(app, cast, people=make_crowd(14), answers=[FOUR] * 10 + [{}]).id}/result").text
    )
    assert "<strong>11</strong> papers came back" in page
    assert "<strong>11</strong> papers handed out" in page
    assert "<strong>14</strong> people asked" in page


def test_a_spreadsheet_gets_the_same_numbers_and_no_formula(app: Flask, cast: Cast, as_) -> None:
    answers = [{"q1": 4, "q2": 4, "c1": "=HYPERLINK(1)"}] * 3 + [FOUR] * 9
    response = as_("ana").get(f"/rounds/{closed(app, cast, answers=answers).id}/result.csv")
    table = list(csv.reader(io.StringIO(response.get_data(as_text=True))))
    assert ["After a session I know my next step.", "Everybody", "10 to 19", "mean", "4.0"] in table
    assert [line[4] for line in table if line[3] == "comment" and "HYPER" in line[4]] == ["'=HYPERLINK(1)"] * 3
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_proof_convinces_the_script_that_stands_alone(app: Flask, cast: Cast, as_, tmp_path: Path) -> None:
    round_ = closed(app, cast)
    (tmp_path / "proof.json").write_bytes(as_("olu").get(f"/rounds/{round_.id}/proof.json").data)
    (tmp_path / "verify.py").write_bytes(as_("olu").get("/help/verify.py").data)
    command = [sys.executable, "-I", "verify.py", "proof.json", round_.fingerprint]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "NO " in done.stdout) == (0, False), done.stdout + done.stderr


def test_a_result_takes_three_statements_and_never_loads_the_list_of_papers(app: Flask, cast: Cast, as_) -> None:
    _first, second = in_autumn_and_now(app, cast)
    browser, path = as_("olu"), f"/rounds/{second.id}/result"
    browser.get(path)
    with counted() as sent:
        browser.get(path)
    of_rounds = [each for each in sent if "round" in each.lower() and "FROM pair" not in each]
    assert len(of_rounds) == 3
    assert not any("release_serials" in each for each in sent)


def test_many_comments_stand_on_several_pages_and_all_of_them_in_the_spreadsheet(app: Flask, cast: Cast, as_) -> None:
    texts = [f"Comment number {number}." for number in range(60)]
    answers = [{"q1": 4, "q2": 4, "c1": text} for text in texts]
    path = f"/rounds/{closed(app, cast, people=make_crowd(60), answers=answers).id}/result"
    ana = as_("ana")
    pages = [ana.get(f"{path}?comments={number}").text for number in ("1", "2", "3", "x", "99999999999")]
    assert [page.count("Comment number") for page in pages] == [50, 10, 0, 50, 50]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[1]
    assert ana.get(f"{path}.csv").text.count("Comment number") == 60

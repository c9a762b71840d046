"""A goal is made, changed by two people at once, archived and restored. Bad input gets a sentence."""

import re

import pytest
from sqlalchemy import func, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Goal
from peerapp.rules import limits
from peerapp.rules.states import Column
from tests.boards import FIELDS, GOAL, stored, undo_in
from tests.factories import make_goal


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


def test_title_area_and_owner_make_a_goal(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"column": "next"})
    goal = db.session.scalars(select(Goal)).one()
    assert (answer.status_code, goal.title, goal.column, goal.owner_id) == (303, "Brief three speakers", "next", None)
    assert answer.location.startswith(f"/pairs/{ana_and_ben.id}/board?shown=next")


def test_a_double_click_makes_one_goal(as_, ana_and_ben):
    ana = as_("ana")
    for _ in range(2):
        ana.post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"once": "a" * 32})
    assert db.session.scalar(select(func.count()).select_from(Goal)) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Say in a few words what you want to reach."),
        ({"title": "x" * 121}, "Keep this under 120 characters."),
        ({"areas": ""}, "Tick at least one skill area."),
        ({"areas": "magic"}, "Tick at least one skill area."),
        ({"owner": "zoe"}, "Say whose goal it is."),
        ({"due_on": "31.12."}, "Write the day like this: 2026-11-26."),
        ({"due_on": "0202-12-04"}, "Check the year."),
        ({"why": "x" * 601}, "Keep this under 600 characters."),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence_and_nothing_is_lost(as_, ana_and_ben, wrong, sentence):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"need": "A Friday"} | wrong)
    assert (answer.status_code, sentence in answer.text, "A Friday" in answer.text) == (422, True, True)
    assert db.session.scalar(select(func.count()).select_from(Goal)) == 0


def test_a_goal_does_not_start_done(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL | {"column": "done"})
    assert stored(Goal.column) == Column.IDEAS


def test_a_full_board_says_so(as_, ana_and_ben, cast):
    for number in range(limits.GOALS_MAX):
        db.session.add(
            Goal(pair_id=ana_and_ben.id, title="x", column=Column.NEXT, position=f"i{number:03}", made_at=clock.now(),
                 made_by_id=cast["ana"].id)
        )  # fmt: skip
    db.session.commit()
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals", GOAL)
    assert (answer.status_code, "The board is full: it holds 200 goals." in answer.text) == (422, True)


def test_a_goal_is_changed_and_taken_back(as_, url):
    ana = as_("ana")
    answer = ana.post(f"{url}/edit", FIELDS | {"title": "Learn R", "due_on": "2026-12-04", "version": 1})
    page = ana.get(answer.location).text
    assert (stored(), "Learn R" in page, "by 4 Dec" in page or "4 Dec" in page) == ("Learn R", True, True)
    assert ana.post(undo_in(page)).location == url
    assert stored() == "Learn SQL"


def test_line_breaks_of_a_browser_are_no_change(as_, url, goal):
    ana = as_("ana")
    ana.post(f"{url}/edit", FIELDS | {"why": "one\ntwo", "version": 1})
    ana.post(f"{url}/edit", FIELDS | {"why": "one\r\ntwo\r\n", "version": 2})
    assert stored(Goal.version) == 2


def test_two_who_change_the_same_words_see_both_and_choose_for_each_field(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "why": "theirs", "version": 1})
    clash = as_("ana").post(
        f"{url}/edit", FIELDS | {"title": "Learn Excel", "why": "mine", "need": "A day", "version": 1}
    )
    assert clash.status_code == 409
    assert all(each in clash.text for each in ("Learn R", "Learn Excel", "mine", "theirs", "Keep mine", "Keep theirs"))
    assert clash.text.count('name="keep_why"') == clash.text.count('name="keep_title"') == 3
    assert not re.search(r'type="radio"[^>]* checked', clash.text)
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', clash.text))
    sent.pop("csrf_token")
    answer = as_("ana").post(f"{url}/edit", sent | {"keep_title": "mine", "keep_why": "theirs"})
    assert answer.status_code == 303
    assert (stored(), stored(Goal.why), stored(Goal.need)) == ("Learn Excel", "theirs", "A day")


def test_what_only_the_other_changed_outlives_the_choice(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "need": "An hour", "version": 1})
    clash = as_("ana").post(f"{url}/edit", FIELDS | {"title": "Learn Excel", "why": "mine", "version": 1})
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', clash.text))
    sent.pop("csrf_token")
    as_("ana").post(f"{url}/edit", sent | {"keep_title": "mine"})
    assert (stored(), stored(Goal.why), stored(Goal.need)) == ("Learn Excel", "mine", "An hour")


def test_merged_words_are_checked_like_any_others(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "version": 1})
    sent = FIELDS | {"title": "Mine", "version": 2, "keep_title": "merged", "merged_title": "x" * 121}
    answer = as_("ana").post(f"{url}/edit", sent)
    assert (answer.status_code, "x" * 121 in answer.text) == (422, True)


def test_a_clash_about_owner_date_and_areas_is_told_in_words(as_, url):
    theirs = {
        "title": "Learn SQL",
        "areas": ["time", "leadership"],
        "owner": "both",
        "due_on": "2031-12-04",
        "version": 1,
    }
    as_("ben").post(f"{url}/edit", theirs)
    mine = theirs | {"areas": ["functional"], "owner": "you", "due_on": "2031-12-05"}
    clash = as_("ana").post(f"{url}/edit", mine)
    assert clash.status_code == 409
    assert all(
        each in clash.text for each in ("both of you", "Ben", "4 Dec 2031", "5 Dec 2031", "Functional knowledge")
    )


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30, "1.5"])
def test_a_page_without_its_version_is_too_old(as_, url, version):
    answer = as_("ana").post(f"{url}/edit", FIELDS | {"title": "Typed", "version": version})
    assert (answer.status_code, "Typed" in answer.text, stored()) == (422, True, "Learn SQL")


def test_the_owner_of_what_is_done_stays(as_, ana_and_ben, cast):
    done = make_goal(ana_and_ben, "Done", by=cast["ana"], column=Column.DONE)
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{done.id}/edit", GOAL | {"owner": "me", "version": 1})
    assert (answer.status_code, "keeps its owner" in answer.text) == (422, True)


def test_a_goal_goes_to_the_archive_and_comes_back(as_, url, goal):
    ana = as_("ana")
    ana.post(f"{url}/archive", {"version": 1})
    assert "Learn SQL" in ana.get(f"/pairs/{goal.pair_id}/board/archive").text
    assert "in the archive since" in ana.get(url).text
    ana.post(f"{url}/restore")
    assert stored(Goal.archived_at) is None


def test_archiving_what_changed_meanwhile_asks(as_, url):
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn R", "version": 1})
    answer = as_("ana").post(f"{url}/archive", {"version": 1})
    assert (answer.status_code, "Archive it anyway" in answer.text, "Learn R" in answer.text) == (409, True, True)
    as_("ana").post(f"{url}/archive", {"version": 2})
    assert stored(Goal.archived_at) is not None

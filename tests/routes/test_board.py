"""The board, for its two people and for nobody else."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from peerapp import clock
from peerapp.db import db
from peerapp.models import Comment, Goal, GoalArea, GoalEvent, Pair, Person, Step
from peerapp.rules.areas import Area
from peerapp.rules.states import Column, PairState
from tests.factories import make_goal, make_pair


@pytest.fixture
def board(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/board"


def column(html, name):
    """What stands in a column."""
    return html.split(f'data-column="{name}"')[1].split("</section>")[0]


def test_a_stranger_cannot_tell_a_pairs_board_from_none(as_, ana_and_ben):
    real, made_up = (as_("zoe").get(f"/pairs/{id_}/board") for id_ in (ana_and_ben.id, uuid4()))
    assert (real.status_code, real.text) == (404, made_up.text)


@pytest.mark.parametrize("who", ["mia", "olu", "ada"])
def test_no_manager_coordinator_or_administrator_sees_it(as_, board, who):
    assert as_(who).get(board).status_code == 404


def test_an_empty_board_says_how_to_begin_with_three_templates(as_, board):
    html = as_("ana").get(board).text
    assert "Start with one thing each of you wants to be better at by the end of next month." in html
    assert [name in html for name in ("SMART goal", "Skill swap", "First 90 days")] == [True] * 3


def test_cards_stand_in_their_columns_with_owner_areas_steps_and_date(as_, ana_and_ben, cast, board):
    goal = make_goal(ana_and_ben, "Brief <b>three</b>", by=cast["ana"], column=Column.DOING, owner_id=cast["ben"].id)
    for key in ("i0", "i1", "i2"):
        db.session.add(Step(goal_id=goal.id, position=key, words="A step", done_at=clock.now() if key < "i2" else None))
    db.session.add(GoalArea(goal_id=goal.id, area=Area.TIME))
    goal.due_on = date(clock.now().year, 12, 4)
    db.session.commit()
    doing = column(as_("ana").get(board).text, "doing")
    assert "Brief &lt;b&gt;three&lt;/b&gt;" in doing
    words = " ".join(re.sub(r"<[^>]+>", " ", doing).split())
    assert "Time management Communication" in words
    assert "2 of 3 steps · by 4 Dec" in words
    assert 'title="Ben Okafor"' in doing


def test_a_date_is_over_in_the_viewers_zone(as_, ana_and_ben, cast, board):
    today = clock.now().date()
    make_goal(ana_and_ben, by=cast["ana"], due_on=today - timedelta(days=3))
    db.session.execute(update(Person).where(Person.name == "Ben Okafor").values(time_zone="Pacific/Kiritimati"))
    db.session.commit()
    over = [re.search(r"(\d) days over", as_(name).get(board).text).group(1) for name in ("ana", "ben")]
    assert over in (["3", "3"], ["3", "4"])


def test_the_strip_says_which_areas_are_covered(as_, ana_and_ben, cast, board):
    make_goal(ana_and_ben, by=cast["ana"])
    strip = as_("ana").get(board).text.split('class="coverage"')[1].split("</ul>")[0]
    assert re.findall(r">([\w ]+)<span class=\"sr-only\">: covered", strip) == ["Communication"]
    assert strip.count("not yet") == 5


def test_more_than_two_goals_under_way_is_said_kindly(as_, ana_and_ben, cast, board):
    for _ in range(3):
        make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id, column=Column.DOING)
    assert "You have 3 goals under way." in as_("ana").get(board).text
    assert "Ana has 3 goals under way." in as_("ben").get(board).text


def test_archived_goals_and_removed_steps_and_retracted_comments_do_not_count(as_, ana_and_ben, cast, board):
    make_goal(ana_and_ben, "Gone", by=cast["ana"], archived_at=clock.now())
    goal = make_goal(ana_and_ben, "There", by=cast["ana"])
    db.session.add(Step(goal_id=goal.id, position="i0", words="x", removed_at=clock.now()))
    db.session.add(
        Comment(goal_id=goal.id, author_id=cast["ana"].id, body="", written_at=clock.now(), retracted_at=clock.now())
    )
    db.session.commit()
    html = as_("ana").get(board).text
    assert "Gone" not in html
    assert " steps" not in column(html, "ideas")
    assert "comment" not in column(html, "ideas")


def test_a_board_that_is_known_already_is_a_304_until_something_changes(as_, ana_and_ben, cast, board):
    ana = as_("ana")
    asking = {"HX-Request": "true", "HX-Target": "div#board"}
    first = ana.get(board, headers=asking)
    again = ana.get(board, headers=asking | {"HX-PTag": first.headers["HX-PTag"]})
    assert (again.status_code, again.data) == (304, b"")
    ana.post(f"/pairs/{ana_and_ben.id}/overall-goal", {"overall_goal": "New", "version": 1})
    changed = ana.get(board, headers=asking | {"HX-PTag": first.headers["HX-PTag"]})
    assert (changed.status_code, "New" in changed.text) == (200, True)


def test_a_known_board_is_not_somebody_elses(as_, board):
    tag = as_("ana").get(board).headers["HX-PTag"]
    assert as_("ben").get(board, headers={"HX-PTag": tag}).status_code == 200


def test_the_block_of_the_board_comes_alone_and_nothing_is_stored(as_, board):
    answer = as_("ana").get(board, headers={"HX-Request": "true", "HX-Target": "div#board"})
    assert answer.text.strip().startswith('<div id="board"')
    assert (answer.headers["Cache-Control"], "HX-Target" in answer.headers["Vary"]) == ("no-store", True)


def test_both_read_the_board_after_the_pair_ended_and_nobody_writes_it(as_, cast):
    pair = make_pair(cast["ana"], cast["ben"], PairState.ENDED, overall_goal="We did it")
    goal = make_goal(pair, "Kept", by=cast["ana"])
    html = as_("ben").get(f"/pairs/{pair.id}/board").text
    assert "Kept" in html
    assert "Add goal" not in html
    for path, data in {
        f"/goals/{goal.id}/move": {"column": "done", "version": 1},
        f"/goals/{goal.id}/edit": {"title": "x", "areas": "time", "owner": "me", "version": 1},
        f"/goals/{goal.id}/archive": {"version": 1},
        f"/goals/{goal.id}/steps": {"words": "x", "version": 1},
        f"/goals/{goal.id}/comments": {"body": "x"},
        "/goals": {"title": "x", "areas": "time", "owner": "me"},
        "/templates/event": {},
        "/overall-goal": {"overall_goal": "x", "version": 1},
        "/undo": {},
    }.items():
        assert as_("ben").post(f"/pairs/{pair.id}{path}", data).status_code == 403, path


# --- the overall goal ----------------------------------------------------------------------------


def test_the_overall_goal_is_changed_and_taken_back(as_, ana_and_ben, board):
    ana = as_("ana")
    ana.post(f"/pairs/{ana_and_ben.id}/overall-goal", {"overall_goal": "  Run   an event ", "version": 1})
    html = ana.get(board).text
    assert "“Run an event”" in html
    undo = re.search(r'action="([^"]+)" data-undo', html).group(1)
    assert ana.post(undo.replace("&amp;", "&")).status_code == 303
    assert db.session.scalar(select(Pair.overall_goal)) == ""


def test_an_earlier_overall_goal_is_shown_and_brought_back(as_, ana_and_ben):
    ana, url = as_("ana"), f"/pairs/{ana_and_ben.id}/overall-goal"
    for version, words in enumerate(("First", "Second"), start=1):
        ana.post(url, {"overall_goal": words, "version": version})
    html = as_("ben").get(url).text
    assert ("“First”" in html, "changed by Ana" in html) == (True, True)
    as_("ben").post(url, {"overall_goal": "First", "version": 3})
    assert db.session.scalar(select(Pair.overall_goal)) == "First"


def test_an_overall_goal_that_is_too_long_comes_back_with_a_sentence(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/overall-goal", {"overall_goal": "x" * 301, "version": 1})
    assert (answer.status_code, "Keep this under 300 characters." in answer.text, "x" * 301 in answer.text) == (
        422,
        True,
        True,
    )


def test_two_overall_goals_at_once_show_both(as_, ana_and_ben):
    url = f"/pairs/{ana_and_ben.id}/overall-goal"
    as_("ben").post(url, {"overall_goal": "Theirs", "version": 1})
    clash = as_("ana").post(url, {"overall_goal": "Mine", "version": 1})
    assert clash.status_code == 409
    assert ["Mine" in clash.text, "Theirs" in clash.text, "Keep mine" in clash.text, "Merge" in clash.text] == [
        True
    ] * 4
    version = re.search(r'name="version" value="(\d+)"', clash.text).group(1)
    settled = {"overall_goal": "Mine", "version": version, "keep_overall_goal": "merged", "merged_overall_goal": "Ours"}
    assert as_("ana").post(url, settled).status_code == 303
    assert db.session.scalar(select(Pair.overall_goal)) == "Ours"


# --- archive -------------------------------------------------------------------------------------


def test_the_archive_is_read_page_by_page(as_, ana_and_ben, cast):
    for number in range(31):
        put_away = clock.now() - timedelta(minutes=number)
        make_goal(ana_and_ben, f"Goal {number:02}", by=cast["ana"], archived_at=put_away)
    first = as_("ana").get(f"/pairs/{ana_and_ben.id}/board/archive").text
    assert ("Goal 29" in first, "Goal 30" in first) == (True, False)
    older = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    assert "Goal 30" in as_("ana").get(older.replace("&amp;", "&")).text


@pytest.mark.parametrize("before", ["", "yesterday", "2026-13-45", "%00", "9" * 5000, "2026-01-01"])
def test_an_archive_from_no_moment_starts_at_the_top(as_, ana_and_ben, before):
    assert as_("ana").get(f"/pairs/{ana_and_ben.id}/board/archive?before={before}").status_code in {200, 400}


# --- undo ----------------------------------------------------------------------------------------


def test_undo_of_the_last_change_without_naming_it(as_, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id)
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{goal.id}/move", {"column": "done", "version": 1})
    as_("ana").post(f"/pairs/{ana_and_ben.id}/undo")
    assert db.session.scalar(select(Goal.column)) == Column.IDEAS


def test_undo_after_the_other_touched_it_is_a_409_that_says_why(as_, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id)
    url = f"/pairs/{ana_and_ben.id}/goals/{goal.id}/move"
    as_("ana").post(url, {"column": "next", "version": 1})
    as_("ben").post(url, {"column": "doing", "version": 2})
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/undo")
    assert (answer.status_code, "It was changed again since." in answer.text) == (409, True)
    assert db.session.scalar(select(Goal.column)) == Column.DOING


def test_nobody_undoes_the_others_change_or_one_of_another_board(as_, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id)
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{goal.id}/move", {"column": "next", "version": 1})
    change = db.session.scalar(select(GoalEvent.id))
    other = make_pair(cast["ana"], cast["zoe"])
    assert as_("ben").post(f"/pairs/{ana_and_ben.id}/undo?change={change}").status_code == 404
    assert as_("ana").post(f"/pairs/{other.id}/undo?change={change}").status_code == 404

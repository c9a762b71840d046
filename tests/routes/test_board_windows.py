"""A long board opens like a short one: each column shows its uppermost cards, and more where somebody asks for them."""

import re

import pytest
from sqlalchemy import delete

from peerapp import clock
from peerapp.db import db
from peerapp.models import Goal, GoalArea
from peerapp.rules import ordering, windows
from peerapp.rules.areas import Area
from peerapp.rules.limits import GOALS_MAX
from peerapp.rules.states import Column
from tests.factories import make_goal
from tests.statements import counted

PART = {"HX-Request": "true", "HX-Target": "div#board"}
DONE_AT_FIRST = windows.AT_FIRST[Column.DONE]


@pytest.fixture
def board(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/board"


@pytest.fixture
def fill(ana_and_ben, cast):
    """Put so many goals into a column, from the top down."""

    def filled(count, column=Column.DONE, **values):
        fields = {"pair_id": ana_and_ben.id, "made_by_id": cast["ana"].id, "made_at": clock.now()} | values
        made = [
            Goal(title=f"{column} {number:03}", column=column, position=place, **fields)
            for number, place in enumerate(ordering.spread(count))
        ]
        db.session.add_all(made)
        ana_and_ben.touch()
        db.session.commit()
        return made

    return filled


def titles(html):
    return re.findall(r'<h3 id="title_[^"]+"><a [^>]+>([^<]+)</a>', html)


def more_in(html, column=Column.DONE):
    """Where "Show more" of a column leads."""
    found = re.search(rf'id="more_{column}" href="([^"#]+)', html)
    return found and found.group(1).replace("&amp;", "&")


def selects(sent):
    return len([each for each in sent if each.startswith("SELECT")])


def test_the_uppermost_cards_are_shown_and_all_are_counted(as_, board, fill):
    fill(20)
    html = as_("ana").get(board).text
    assert titles(html) == [f"done {number:03}" for number in range(DONE_AT_FIRST)]
    assert '<small>20<span class="sr-only"> goals' in html
    assert "Show 12 more" in html


def test_a_column_that_is_not_long_is_shown_whole(as_, board, fill):
    fill(DONE_AT_FIRST)
    html = as_("ana").get(board).text
    assert (len(titles(html)), more_in(html)) == (DONE_AT_FIRST, None)


def test_more_are_shown_on_asking_column_by_column_until_there_are_no_more(as_, board, fill):
    fill(60)
    fill(20, Column.IDEAS)
    ana = as_("ana")
    html = ana.get(board).text
    for shown in (38, 60):
        html = ana.get(board + more_in(html)).text
        assert len([each for each in titles(html) if each.startswith("done")]) == shown
    html = ana.get(board + more_in(html, Column.IDEAS)).text
    assert (len(titles(html)), more_in(html), more_in(html, Column.IDEAS)) == (80, None, None)


@pytest.mark.parametrize("said", ["-1", "0", "1", "x", "1e3", "٣٠", "99999999999999999999", ""])
def test_nonsense_in_the_address_shows_what_there_is_at_first(as_, board, fill, said):
    fill(20)
    assert len(titles(as_("ana").get(f"{board}?done={said}&goal={said}").text)) == DONE_AT_FIRST


def test_what_a_page_shows_stays_when_its_board_comes_anew(as_, ana_and_ben, board, fill):
    ana, cards = as_("ana"), fill(20)
    here = PART | {"HX-Current-URL": f"http://localhost{board}?done=38#more_done"}
    assert len(titles(ana.get(board, headers=here).text)) == 20
    moved = {"column": "doing", "version": 1}
    answer = ana.post(f"/pairs/{ana_and_ben.id}/goals/{cards[19].id}/move", moved, headers=here, follow_redirects=True)
    assert len(titles(answer.text)) == 20


def test_a_board_known_at_one_length_is_sent_anew_at_another(as_, board, fill):
    fill(20)
    ana = as_("ana")
    tag = ana.get(board, headers=PART).headers["HX-PTag"]
    assert ana.get(board, headers=PART | {"HX-PTag": tag}).status_code == 304
    assert ana.get(f"{board}?done=38", headers=PART | {"HX-PTag": tag}).status_code == 200


def test_a_card_that_lands_below_what_is_shown_is_in_sight(as_, ana_and_ben, cast, board, fill):
    fill(20)
    goal = make_goal(ana_and_ben, "Far down", by=cast["ana"], column=Column.DONE, owner_id=cast["ana"].id)
    db.session.commit()
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{goal.id}/move", {"by": "bottom", "version": 1})
    assert f"goal={goal.id}" in answer.location
    assert titles(as_("ana").get(answer.location).text)[-1] == "Far down"


def test_areas_and_kind_words_count_what_is_not_shown(as_, cast, board, fill):
    cards = fill(20, Column.DOING, owner_id=cast["ben"].id)
    db.session.add(GoalArea(goal_id=cards[-1].id, area=Area.LEADERSHIP))
    db.session.commit()
    html = as_("ana").get(board).text
    assert "Ben has 20 goals under way." in html
    assert re.findall(r">([\w ]+)<span class=\"sr-only\">: covered", html) == ["Leadership"]


def test_two_hundred_goals_take_the_statements_of_ten_and_bytes_of_what_is_shown(as_, board, fill):
    ana, seen = as_("ana"), {}
    for goals in (10, GOALS_MAX):
        db.session.execute(delete(Goal))
        for column in Column:
            fill(goals // len(Column), column)
        with counted() as sent:
            first = ana.get(board)
        with counted() as again:
            ana.get(board)
        seen[goals] = selects(sent), selects(again), len(titles(first.text)), len(first.data)
    assert [figures[:2] for figures in seen.values()] == [(3, 2), (3, 2)]  # who, their pairs, cards
    card = (seen[GOALS_MAX][3] - seen[10][3]) / (seen[GOALS_MAX][2] - seen[10][2])
    assert (seen[GOALS_MAX][2], card < 2_500) == (sum(windows.AT_FIRST.values()), True)

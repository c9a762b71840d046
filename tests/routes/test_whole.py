"""A page that is handed out again is still this person's, in this browser, with today's frame."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from peerapp import clock
from peerapp.db import db
from peerapp.models import Notice, Person
from peerapp.models.people import Theme
from peerapp.rules.notice_kinds import NoticeKind
from tests.factories import make_goal


@pytest.fixture
def board(ana_and_ben, cast):
    make_goal(ana_and_ben, "Learn SQL", by=cast["ana"])
    return f"/pairs/{ana_and_ben.id}/board"


def token_in(html):
    return re.search(r'name="csrf_token" value="([^"]+)"', html).group(1)


def test_each_browser_gets_a_token_that_works_there(as_, board):
    url = board.replace("/board", "/overall-goal")
    for words in ("First", "Second"):
        browser = as_("ana")
        tokens = [token_in(browser.get(board).text) for _ in range(2)]
        version = 1 if words == "First" else 2
        sent = {"overall_goal": words, "version": version, "csrf_token": tokens[1]}
        assert browser.post(url, sent).status_code == 303
        browser.get(board)


def test_a_token_of_one_browser_is_not_in_anothers_page(as_, board):
    mine, other = (token_in(as_("ana").get(board).text) for _ in range(2))
    assert mine != other


def test_each_of_the_two_gets_their_own_frame(as_, board):
    pages = [as_(name).get(board).text for name in ("ana", "ben", "ana", "ben")]
    assert ["Your menu, Ana Rivera" in page for page in pages] == [True, False, True, False]
    assert ["Board with Ben" in page for page in pages] == [True, False, True, False]


def test_the_frame_is_of_now(as_, board, cast):
    ana = as_("ana")
    ana.get(board)
    values = {"kind": NoticeKind.PASSWORD_CHANGED, "values": {}, "path": "/", "made_at": clock.now()}
    db.session.add(Notice(person_id=cast["ana"].id, **values))
    db.session.execute(update(Person).where(Person.name == "Ana Rivera").values(theme=Theme.DARK, name="Ana Rivero"))
    page = ana.get(board).text
    assert 'data-theme="dark"' in page
    assert "Your menu, Ana Rivero" in page
    assert re.search(r'class="count">1<', page)


def test_a_message_is_said_once(as_, board):
    ana = as_("ana")
    ana.get(board)
    ana.post(board.replace("/board", "/overall-goal"), {"overall_goal": "New", "version": 1})
    assert ["The overall goal is saved." in ana.get(board).text for _ in range(2)] == [True, False]


def test_after_signing_out_nothing_is_handed_out(as_, board):
    ana = as_("ana")
    assert "Learn SQL" in ana.get(board).text
    ana.post("/sign-out")
    answer = ana.get(board)
    assert (answer.status_code, "Learn SQL" in answer.text) == (303, False)


@pytest.fixture
def goal(ana_and_ben, cast):
    made = make_goal(ana_and_ben, "Learn SQL", by=cast["ana"])
    return f"/pairs/{ana_and_ben.id}/goals/{made.id}"


def test_what_the_other_says_stands_on_the_kept_page_of_a_goal(as_, goal):
    ana = as_("ana")
    ana.get(goal)
    as_("ben").post(f"{goal}/comments", {"body": "Shall we start on Monday?"})
    assert "Shall we start on Monday?" in ana.get(goal).text


def test_each_of_the_two_reads_a_goal_as_their_own(as_, goal):
    pages = [as_(name).get(goal).text for name in ("ana", "ben", "ana")]
    assert ["Board with Ben" in page for page in pages] == [True, False, True]


def test_a_page_that_was_kept_speaks_the_language_of_now(as_, goal, cast):
    ana = as_("ana")
    assert 'lang="en"' in ana.get(goal).text
    db.session.execute(update(Person).where(Person.id == cast["ana"].id).values(language="de"))
    page = ana.get(goal).text
    assert ('lang="de"' in page, "Kommentare" in page) == (True, True)


@pytest.mark.parametrize("url", ["/", "/notices"])
def test_notices_are_their_readers_alone_and_read_when_they_are(as_, cast, url):
    values = {"kind": NoticeKind.PASSWORD_CHANGED, "values": {}, "path": "/", "made_at": clock.now()}
    db.session.add(Notice(person_id=cast["ana"].id, **values))
    ana = as_("ana")
    told = [browser.get(url).text.count("Your password was changed.") for browser in (ana, as_("ben"), ana)]
    ana.post("/notices/read")
    assert (told, 'class="unread"' in ana.get(url).text) == ([1, 0, 1], False)


def test_how_long_ago_it_was_is_said_anew(as_, cast, monkeypatch):
    now = clock.now()
    values = {"kind": NoticeKind.PASSWORD_CHANGED, "values": {}, "path": "/", "made_at": now}
    db.session.add(Notice(person_id=cast["ana"].id, **values))
    ana = as_("ana")
    assert "just now" in ana.get("/notices").text
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    assert "2 hours ago" in ana.get("/notices").text

"""Eight people answer a round in real browsers, with all that happens: what is left of who said what? Nothing."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, Route, expect
from werkzeug.test import Client

from peerapp.db import db
from peerapp.models import Person, ReleaseSerials, Round, RoundRelease
from tests.browser.answering import Answering, answering, close_early, enter_crowd
from tests.browser.conftest import PHONE
from tests.rounds import again, make_crowd, make_open_round

BrowserAs = Callable[..., Page]
WORDS = "Please keep the thirty minute format."
BALLOT, PAPER = 16_384, 256


@pytest.fixture
def opened(live: Flask, people: dict[str, Person]) -> Round:
    crowd = make_crowd(8)
    enter_crowd(people, crowd)
    return make_open_round(people["ana"], crowd, readers=[people["mia"]], may_be_shown=[people["olu"]], why="To learn.")


def test_eight_people_answer_and_nothing_tells_who_said_what(
    live: Flask, people: dict[str, Person], browser_as: BrowserAs, opened: Round
) -> None:
    first = answering(browser_as, "crowd0", opened).open().fill(words=WORDS).send().ends("counted")
    declined = answering(browser_as, "crowd1", opened).open()
    declined.button("blank").click()
    declined.ends("counted")
    nothing_says_who_it_was(first, live)
    both_leave_the_same_trace(first, declined)
    nothing_is_left_in_the_browser(first)
    crash_between_the_two_requests(browser_as, opened)
    two_windows(browser_as, opened)
    answering(browser_as, "crowd4", opened, viewport=PHONE).open().fill().send().ends("counted")
    the_reply_is_lost(live, browser_as, opened)
    the_box_is_busy(browser_as, opened)
    answering(browser_as, "crowd7", opened).open().fill().send().ends("counted")
    answering(browser_as, "crowd7", opened).open().fill(words=WORDS).send().ends("taken")

    close_early(live, people["ana"], opened)
    release = json.loads(db.session.get(RoundRelease, opened.id).text)
    assert (release["state"], release["papers"]) == ("released", 8)
    assert len(db.session.get(ReleaseSerials, opened.id).serials) == again(opened).handed_out == 8
    for each in (first, declined):
        each.page.goto(each.path)
        expect(each.page.get_by_text("Your answer was counted.")).to_be_visible()
    first.page.goto(f"/rounds/{opened.id}")
    expect(first.page.get_by_text("Your answer was counted.")).to_be_visible()
    first.page.goto("/feedback")
    first.page.get_by_text("Asked of you before").click()
    expect(first.page.get_by_text("your answer was counted")).to_be_visible()


def nothing_says_who_it_was(first: Answering, live: Flask) -> None:
    paper, ballot = first.writes()
    headers = ballot.all_headers()
    assert not {"cookie", "authorization", "referer"} & headers.keys()
    assert headers["origin"] in {"null", live.config["PEERAPP"].base_url}
    assert "cookie" in paper.all_headers()
    assert (len(paper.post_data_buffer or b""), len(ballot.post_data_buffer or b"")) == (PAPER, BALLOT)
    assert WORDS.encode() in (ballot.post_data_buffer or b"")
    manifest = next(each for each in first.sent if each.url.endswith("/manifest"))
    assert not {"cookie", "authorization", "referer"} & manifest.all_headers().keys()
    assert all(WORDS not in each.url + (each.post_data or "" if each is paper else "") for each in first.sent)


def both_leave_the_same_trace(one: Answering, other: Answering) -> None:
    """An answer and "not for me": the same requests of the same size in the same order, once the form is open."""
    traces = [
        [trace(each) for each in who.sent if not re.search("/static/|/notices", each.url)] for who in (one, other)
    ]
    assert traces[0] == traces[1]
    assert one.panel("counted").inner_text() == other.panel("counted").inner_text()


def trace(request: Request) -> tuple[str, str, int]:
    return request.method, request.url, len(request.post_data_buffer or b"")


def nothing_is_left_in_the_browser(first: Answering) -> None:
    (name, kept) = next(iter(first.stored().items()))
    assert (len(first.stored()), name.split(":")[0]) == (1, "peerapp-receipt")
    assert sorted(json.loads(kept)) == ["fingerprint", "round", "serial", "signature"]
    page = first.page
    assert page.evaluate("history.state") is None
    assert page.locator("#answer_form").count() == 0
    assert WORDS not in page.content()
    page.goto("/help")
    page.go_back()
    expect(first.panel("answered")).to_be_visible()
    assert WORDS not in page.content()
    assert WORDS not in str(page.evaluate("[...document.querySelectorAll('textarea')].map((each) => each.value)"))


def crash_between_the_two_requests(browser_as: BrowserAs, opened: Round) -> None:
    before = answering(browser_as, "crowd2", opened)
    context = before.page.context
    context.route("**/ballots/**", lambda route: route.abort())
    before.open().fill(words=WORDS)
    with before.page.expect_request("**/ballots/**"):
        before.send()
    before.page.close()
    context.unroute_all()
    after = Answering(context.new_page(), before.path)
    after.page.goto(after.path)
    after.ends("counted")
    assert [each.url.split("/")[3] for each in after.writes()] == ["ballots"]
    assert [name.split(":")[0] for name in after.stored()] == ["peerapp-receipt"]


def two_windows(browser_as: BrowserAs, opened: Round) -> None:
    one = answering(browser_as, "crowd3", opened)
    other = Answering(one.page.context.new_page(), one.path)
    for each in (one, other):
        each.open().fill().look()
    for each in (one, other):  # at the same moment; the one that is later may know already that it is counted
        each.button("send").evaluate("(button) => setTimeout(() => button.checkVisibility() && button.click(), 300)")
    for each in (one, other):
        each.ends("counted")
    papers = [each for each in (*one.writes(), *other.writes()) if each.url.endswith("/paper")]
    ballots = {each.post_data_buffer for each in (*one.writes(), *other.writes()) if "/ballots/" in each.url}
    assert (len(papers), len(ballots)) == (1, 1)  # a busy box may be sent the same one twice


def the_reply_is_lost(live: Flask, browser_as: BrowserAs, opened: Round) -> None:
    """The box has counted the paper; that it has is learned from the second try's 409."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        sent = Client(live).post(f"/ballots/{opened.id}", data=route.request.post_data_buffer)
        lost.append(sent.status_code)
        route.abort()

    page = answering(browser_as, "crowd5", opened).open().fill()
    page.page.route("**/ballots/**", lose, times=1)
    page.send().ends("counted")
    assert (lost, len(page.writes())) == ([204], 3)


def the_box_is_busy(browser_as: BrowserAs, opened: Round) -> None:
    page = answering(browser_as, "crowd6", opened).open().fill()
    page.page.route("**/ballots/**", lambda route: route.fulfill(status=503), times=1)
    page.page.route("**/paper", lambda route: route.fulfill(status=503), times=1)
    page.send().ends("counted")

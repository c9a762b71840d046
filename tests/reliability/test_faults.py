"""A database that fails at any point: 503 with Retry-After, what was typed comes back, nothing is kept by half, and the
next request works without a restart."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select

from peerapp.actions import sign_ins
from peerapp.db import DRIVER, db
from peerapp.models import Comment, Goal, GoalEvent, Pair, Person, Submission
from peerapp.once import new_key
from tests.clients import PeerClient
from tests.factories import make_goal

As = Callable[[str], PeerClient]
POINTS = ("do_execute", "do_commit")


class Faults:
    """Lets the driver fail as a broken disk makes it fail."""

    def __init__(self) -> None:
        self.dialect = db.engine.dialect
        self.error = DRIVER.OperationalError("disk I/O error")
        if self.dialect.name == "postgresql":
            self.error = self.dialect.loaded_dbapi.errors.DiskFull("could not extend file")
        self.raised = 0

    @contextmanager
    def at(self, point: str, number: int, *, and_after: bool = False, done_first: bool = False) -> Iterator[None]:
        """Fail when `point` is reached for this time; and ever after; or only once the thing is done."""
        real, reached, self.raised = getattr(self.dialect, point), count(1), 0
        db.session.remove()  # the test itself has nothing to do with it

        def instead(*args: object, **kwargs: object) -> object:
            now = next(reached)
            if now != number and not (and_after and now > number):
                return real(*args, **kwargs)
            if done_first:
                real(*args, **kwargs)
            self.raised += 1
            raise self.error

        self.dialect.__dict__[point] = instead
        try:
            yield
        finally:
            del self.dialect.__dict__[point]


@pytest.fixture
def faults(app: Flask) -> Faults:
    return Faults()


@pytest.fixture
def goal(cast: dict[str, Person], ana_and_ben: Pair) -> Goal:
    return make_goal(ana_and_ben, by=cast["ana"])


@pytest.fixture
def comments(goal: Goal) -> str:
    """Where comments are sent to."""
    return f"/pairs/{goal.pair_id}/goals/{goal.id}/comments"


def rows(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def state() -> tuple[int, ...]:
    return (*map(rows, (Comment, Goal, GoalEvent, Submission)), db.session.scalars(select(Pair.version)).one())


@pytest.mark.parametrize("and_after", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("point", POINTS)
def test_a_form_that_meets_a_fault_comes_back_with_its_words_and_has_changed_nothing(
    as_: As, goal: Goal, faults: Faults, point: str, and_after: bool
) -> None:
    ana, before, goals = as_("ana"), state(), f"/pairs/{goal.pair_id}/goals"
    form = {"title": "Brief three speakers well", "areas": "communication", "owner": "me", "column": "ideas"}
    for number in count(1):
        with faults.at(point, number, and_after=and_after):
            answer = ana.post(goals, form | {"once": new_key()})
        if not faults.raised:
            break
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Brief three speakers well" in answer.text
        assert state() == before
    assert (answer.status_code, rows(Goal)) == (303, 2)
    assert number > (5 if point == "do_execute" else 1)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("path", ["/board", "/journal", "/goals/new"])
def test_a_page_that_meets_a_fault_says_so_and_works_the_next_time(
    as_: As, goal: Goal, faults: Faults, path: str, point: str
) -> None:
    ana, page = as_("ana"), f"/pairs/{goal.pair_id}{path}"
    for number in count(1):
        with faults.at(point, number, and_after=True):
            answer = ana.get(page)
        if not faults.raised:
            break
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "disk" not in answer.text
    assert answer.status_code == 200


@pytest.mark.parametrize("csrf", [True, False], ids=["signed out", "page was old"])
def test_a_form_of_somebody_who_is_asked_to_begin_again_meets_no_500(
    as_: As, cast: dict[str, Person], comments: str, faults: Faults, csrf: bool
) -> None:
    browser = as_("ana")
    if csrf:
        sign_ins.end_all(cast["ana"])
        db.session.commit()
    for number in count(1):
        with faults.at("do_execute", number, and_after=True):
            answer = browser.post(comments, {"body": "Well done, Ben"}, csrf=csrf)
        if not faults.raised:
            break
        assert answer.status_code == 503
        assert "Well done, Ben" in answer.text
    assert number > 1
    assert answer.status_code == (401 if csrf else 400)


def test_a_rollback_that_fails_too_changes_nothing_for_the_reader(as_: As, comments: str, faults: Faults) -> None:
    ana = as_("ana")
    with faults.at("do_commit", 1), faults.at("do_rollback", 1, and_after=True):
        answer = ana.post(comments, {"body": "Well done, Ben"})
    assert (answer.status_code, "Well done, Ben" in answer.text) == (503, True)
    assert ana.post(comments, {"body": "Well done, Ben"}).status_code == 303


def test_what_was_saved_although_the_answer_was_lost_is_not_saved_twice(as_: As, comments: str, faults: Faults) -> None:
    ana = as_("ana")
    with faults.at("do_commit", 1, done_first=True):
        page = ana.post(comments, {"body": "Well done, Ben", "once": new_key()})
    assert (page.status_code, rows(Comment)) == (503, 1)
    key = re.search(r'name="once" value="(\w{32})"', page.text)
    assert key
    assert ana.post(comments, {"body": "Well done, Ben", "once": key[1]}).status_code == 303
    assert rows(Comment) == 1


def test_what_needs_no_database_works_without_one(visitor: PeerClient, faults: Faults) -> None:
    with faults.at("do_execute", 1, and_after=True):
        page = visitor.get("/no-such-page")
        style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page.text)
        assert style
        assert (page.status_code, visitor.get(style[1]).status_code) == (404, 200)
    assert faults.raised == 0

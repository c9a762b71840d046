"""Who changed what on a goal, and bringing it back."""

import re

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import GoalEvent, Step
from tests.boards import FIELDS, stored
from tests.factories import make_goal


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


def test_the_history_tells_who_changed_what_and_brings_words_back(as_, url):
    as_("ana").post(f"{url}/edit", FIELDS | {"title": "Learn R", "version": 1})
    as_("ben").post(f"{url}/move", {"column": "next", "version": 2})
    html = as_("ana").get(f"{url}/history").text
    assert "You changed it." in html
    assert "<del>Learn SQL</del> → <ins>Learn R</ins>" in html
    assert "Ben moved it from Ideas to Next." in html
    edited = db.session.scalars(select(GoalEvent.id).where(GoalEvent.version == 2)).one()
    as_("ben").post(f"{url}/history/{edited}/restore", {"version": 3})
    assert stored() == "Learn SQL"


def test_bringing_back_what_the_other_just_reworded_is_a_clash(as_, url):
    as_("ana").post(f"{url}/edit", FIELDS | {"title": "Learn R", "version": 1})
    edited = stored(GoalEvent.id)
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "title": "Learn Excel", "version": 2})
    answer = as_("ana").post(f"{url}/history/{edited}/restore", {"version": 2})
    assert (answer.status_code, "Learn Excel" in answer.text, "Learn SQL" in answer.text) == (409, True, True)


def test_every_kind_of_change_is_told(as_, url, goal):
    ana = as_("ana")
    for words in ("One", "Two"):
        ana.post(f"{url}/steps", {"words": words, "version": 1})
    one, two = db.session.scalars(select(Step.id).order_by(Step.position)).all()
    ana.post(f"{url}/steps/{one}/tick", {"done": "1"})
    ana.post(f"{url}/steps/{one}/tick", {"done": "0"})
    ana.post(f"{url}/steps/{two}/move", {"by": "up"})
    ana.post(f"{url}/steps/{two}/edit", {"words": "Second", "version": 6})
    ana.post(f"{url}/steps/{two}/remove", {"version": 7})
    ana.post(f"{url}/archive", {"version": 8})
    ana.post(f"{url}/restore")
    ana.post(f"/pairs/{goal.pair_id}/undo")
    html = ana.get(f"{url}/history").text
    for told in (
        "You added the step “One”.", "You ticked the step “One”.", "You opened the step “One” again.",
        "You moved the step “Two”.", "You reworded the step “Two”: “Second”.", "You removed the step “Second”.",
        "You put it into the archive.", "You brought it back from the archive.", "taken back", "You took a change back.",
    ):  # fmt: skip
        assert told in html, told


def test_the_history_of_an_archived_goal_is_still_reached(as_, url):
    as_("ana").post(f"{url}/archive", {"version": 1})
    page = as_("ana").get(url).text
    assert f'href="{url}/history"' in page
    assert "You put it into the archive." in as_("ana").get(f"{url}/history").text


def test_a_long_history_is_read_page_by_page(as_, url):
    ana = as_("ana")
    for number in range(27):
        ana.post(f"{url}/edit", FIELDS | {"title": f"Title {number:02}", "version": number + 1})
    first = ana.get(f"{url}/history").text
    older = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    assert "Learn SQL" not in first
    assert "Learn SQL" in ana.get(older).text


def test_a_removed_step_and_an_old_wording_of_one_are_brought_back(as_, url):
    ana = as_("ana")
    ana.post(f"{url}/steps", {"words": "Ask Kim", "version": 1})
    step = f"{url}/steps/{stored(Step.id)}"
    ana.post(f"{step}/edit", {"words": "Ask Sam", "version": 2})
    ana.post(f"{step}/remove", {"version": 3})
    for version in (4, 3):
        event = db.session.scalars(select(GoalEvent.id).where(GoalEvent.version == version)).one()
        assert f"{event}/restore" in ana.get(f"{url}/history").text
        ana.post(f"{url}/history/{event}/restore", {"version": 9})
    assert (stored(Step.words), stored(Step.removed_at)) == ("Ask Kim", None)

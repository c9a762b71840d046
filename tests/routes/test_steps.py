"""The steps of a goal and what the two say about it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.actions import lines
from peerapp.db import db
from peerapp.models import Comment, Step
from peerapp.rules.states import PairState
from tests.boards import stored
from tests.factories import make_goal, make_pair


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


def test_steps_are_added_ticked_reworded_moved_and_removed(as_, url):
    ana = as_("ana")
    for words in ("Ask", "Agree"):
        ana.post(f"{url}/steps", {"words": words, "version": 1})
    first, second = db.session.scalars(select(Step.id).order_by(Step.position)).all()
    ana.post(f"{url}/steps/{first}/tick", {"done": "1"})
    ana.post(f"{url}/steps/{second}/edit", {"words": "Agree on it", "version": 4})
    ana.post(f"{url}/steps/{second}/move", {"by": "up"})
    page = ana.get(url).text
    assert "1 of 2 steps" in page
    assert page.index("Agree on it") < page.index(">Ask<")
    ana.post(f"{url}/steps/{first}/remove", {"version": 6})
    assert ">Ask<" not in ana.get(url).text


@pytest.mark.parametrize(("words", "sentence"), [(" ", "Write down the step."), ("x" * 201, "Keep this under 200")])
def test_a_step_that_does_not_fit_comes_back(as_, url, words, sentence):
    answer = as_("ana").post(f"{url}/steps", {"words": words, "version": 1})
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_two_who_reword_a_step_at_once_see_both(as_, url):
    as_("ana").post(f"{url}/steps", {"words": "Ask", "version": 1})
    step = stored(Step.id)
    as_("ben").post(f"{url}/steps/{step}/edit", {"words": "Ask Priya", "version": 2})
    clash = as_("ana").post(f"{url}/steps/{step}/edit", {"words": "Ask Tom", "version": 2})
    assert (clash.status_code, "Ask Priya" in clash.text, "Ask Tom" in clash.text) == (409, True, True)
    settled = {"words": "Ask Tom", "version": 3, "keep_words": "merged", "merged_words": "Ask Priya and Tom"}
    as_("ana").post(f"{url}/steps/{step}/edit", settled)
    assert stored(Step.words) == "Ask Priya and Tom"


def test_rewording_a_step_the_other_removed_keeps_the_words(as_, url):
    as_("ana").post(f"{url}/steps", {"words": "Ask", "version": 1})
    step = stored(Step.id)
    as_("ben").post(f"{url}/steps/{step}/remove", {"version": 2})
    answer = as_("ana").post(f"{url}/steps/{step}/edit", {"words": "Ask Tom", "version": 2})
    assert (answer.status_code, 'value="Ask Tom"' in answer.text) == (409, True)


def test_a_comment_is_markdown_and_nothing_else(as_, url):
    as_("ana").post(f"{url}/comments", {"body": "**Well** done <script>alert(1)</script> [x](javascript:alert(1))"})
    html = as_("ben").get(url).text
    assert "<strong>Well</strong>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_one_takes_back_ones_own_comment_and_its_words_are_gone(as_, url):
    as_("ana").post(f"{url}/comments", {"body": "Too hasty"})
    comment = stored(Comment.id)
    assert as_("ben").post(f"{url}/comments/{comment}/retract").status_code == 403
    assert as_("ana").post(f"{url}/comments/{comment}/retract").status_code == 303
    page = as_("ben").get(url).text
    assert ("Taken back." in page, "Too hasty" in page) == (True, False)
    assert lines.forget_retracted(clock.now() + timedelta(hours=2), 9) == 1
    assert stored(Comment.body) == ""


def test_a_comment_that_was_taken_back_comes_back_within_the_hour(as_, url):
    as_("ana").post(f"{url}/comments", {"body": "Too hasty"})
    there = f"{url}/comments/{stored(Comment.id)}"
    as_("ana").post(f"{there}/retract")
    assert as_("ben").post(f"{there}/restore").status_code == 403
    assert as_("ana").post(f"{there}/restore").status_code == 303
    assert "Too hasty" in as_("ben").get(url).text


def test_ones_own_comment_can_be_taken_back_after_the_end(as_, cast):
    pair = make_pair(cast["ana"], cast["ben"], PairState.ENDED)
    goal = make_goal(pair, by=cast["ana"])
    comment = Comment(goal_id=goal.id, author_id=cast["ana"].id, body="Mine", written_at=clock.now())
    db.session.add(comment)
    db.session.commit()
    as_("ana").post(f"/pairs/{pair.id}/goals/{goal.id}/comments/{comment.id}/retract")
    assert stored(Comment.retracted_at)


def test_an_empty_comment_is_a_sentence(as_, url):
    answer = as_("ana").post(f"{url}/comments", {"body": " \n "})
    assert (answer.status_code, "Write something first." in answer.text) == (422, True)

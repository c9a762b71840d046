"""A goal, its steps, comments and changes exist for its two people only."""

from uuid import uuid4

import pytest

from peerapp.models import Comment, Goal, GoalEvent, Step
from tests.boards import FIELDS, stored
from tests.factories import make_goal, make_pair


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


GETS = ["", "/edit", "/move", "/history"]
POSTS = ["/edit", "/move", "/not-yet", "/archive", "/restore", "/steps", "/comments"]


@pytest.mark.parametrize("path", GETS)
def test_a_goal_of_another_pair_is_not_there(as_, cast, goal, path):
    other = make_pair(cast["ana"], cast["zoe"])
    mixed = as_("ana").get(f"/pairs/{other.id}/goals/{goal.id}{path}")
    missing = as_("ana").get(f"/pairs/{other.id}/goals/{uuid4()}{path}")
    stranger = as_("zoe").get(f"/pairs/{goal.pair_id}/goals/{goal.id}{path}")
    assert (mixed.status_code, missing.status_code, stranger.status_code) == (404, 404, 404)
    assert mixed.text == missing.text == stranger.text


@pytest.mark.parametrize("path", POSTS)
def test_a_goal_of_another_pair_takes_nothing(as_, cast, goal, path):
    other = make_pair(cast["ana"], cast["zoe"])
    sent = FIELDS | {"version": 1, "column": "done", "words": "x", "body": "x"}
    for who, pair_id in (("ana", other.id), ("zoe", goal.pair_id), ("mia", goal.pair_id)):
        assert as_(who).post(f"/pairs/{pair_id}/goals/{goal.id}{path}", sent).status_code == 404
    assert stored(Goal.version) == 1


def test_a_step_comment_or_change_of_another_goal_is_not_there(as_, ana_and_ben, cast, url):
    ana, other = as_("ana"), make_goal(ana_and_ben, "other", by=cast["ana"])
    other_url = f"/pairs/{ana_and_ben.id}/goals/{other.id}"
    ana.post(f"{other_url}/steps", {"words": "x", "version": 1})
    ana.post(f"{other_url}/comments", {"body": "x"})
    step, comment, event = stored(Step.id), stored(Comment.id), stored(GoalEvent.id)
    for path in ("tick", "edit", "move", "remove"):
        assert ana.post(f"{url}/steps/{step}/{path}", {"words": "y", "by": "up", "version": 1}).status_code == 404
    assert ana.get(f"{url}/steps/{step}/edit").status_code == 404
    assert ana.post(f"{url}/comments/{comment}/retract").status_code == 404
    assert ana.post(f"{url}/history/{event}/restore", {"version": 1}).status_code == 404

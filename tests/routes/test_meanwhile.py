"""Two change the same thing at the same time, but not the same of it: both are kept, and it is said."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Action, AgendaPoint, Goal
from peerapp.rules.states import SessionState
from tests.boards import FIELDS, stored
from tests.factories import make_goal, make_session

NOON = "2099-01-02"


def sent_by(page):
    """What the form of a page would send, were nothing typed."""
    form = page.partition('<form class="form mt"')[2].partition("</form>")[0]
    return {
        name: value
        for name, value in re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', form)
        if name not in {"csrf_token", "once"}
    }


@pytest.fixture
def action(as_, ana_and_ben):
    """The address of an action that both have open to change."""
    all_of_them = f"/pairs/{ana_and_ben.id}/actions"
    as_("ana").post(all_of_them, {"action": "Brief Kim", "owner": "me"})
    return f"{all_of_them}/{db.session.scalars(select(Action.id)).one()}"


@pytest.fixture
def point(as_, ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    db.session.commit()
    first = select(AgendaPoint.id).where(AgendaPoint.session_id == session.id).order_by(AgendaPoint.position)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}/agenda/{db.session.scalars(first).first()}"


def test_other_fields_of_a_goal_go_together_and_it_is_said_whose_they_are(as_, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)
    url = f"/pairs/{goal.pair_id}/goals/{goal.id}"
    as_("ben").post(f"{url}/edit", FIELDS | {"owner": "you", "due_on": NOON, "version": 1})
    ana = as_("ana")
    answer = ana.post(f"{url}/edit", FIELDS | {"why": "mine", "version": 1})
    assert (answer.status_code, stored(Goal.why), str(stored(Goal.due_on))) == (303, "mine", NOON)
    assert "Ben changed “By when” meanwhile. Both are saved." in ana.get(url).text


def test_ones_own_earlier_change_is_not_told_as_the_others(as_, ana_and_ben, cast):
    goal = make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)
    url, ana = f"/pairs/{goal.pair_id}/goals/{goal.id}", as_("ana")
    ana.post(f"{url}/edit", FIELDS | {"due_on": NOON, "version": 1})
    ana.post(f"{url}/edit", FIELDS | {"why": "mine", "version": 1})
    assert "meanwhile" not in ana.get(url).text


def test_other_fields_of_an_action_go_together(as_, action):
    ana, ben = as_("ana"), as_("ben")
    mine, theirs = (sent_by(each.get(f"{action}/edit").text) | {"action": "Brief Kim"} for each in (ana, ben))
    ben.post(action, theirs | {"owner": "you", "due_on": NOON})
    answer = ana.post(action, mine | {"owner": "me", "action": "Brief Kim and Sam", "due_on": ""})
    done = db.session.scalars(select(Action)).one()
    assert (answer.status_code, done.words, str(done.due_on)) == (303, "Brief Kim and Sam", NOON)
    assert "Ben changed “Until” meanwhile." in ana.get(answer.location).text


def test_an_action_that_was_ticked_meanwhile_can_still_be_reworded(as_, action):
    ana, ben = as_("ana"), as_("ben")
    mine = sent_by(ana.get(f"{action}/edit").text)
    ben.post(f"{action}/tick", {"seen": "1"})
    assert ana.post(action, mine | {"action": "Brief Kim well", "owner": "me"}).status_code == 303


def test_the_same_field_of_an_action_asks_and_brings_the_others_fields_along(as_, action):
    ana, ben = as_("ana"), as_("ben")
    mine, theirs = sent_by(ana.get(f"{action}/edit").text), sent_by(ben.get(f"{action}/edit").text)
    ben.post(action, theirs | {"action": "Brief Sam", "owner": "you", "due_on": NOON})
    clash = ana.post(action, mine | {"action": "Brief Tom", "owner": "me", "due_on": ""})
    assert (clash.status_code, "Brief Sam" in clash.text, "Brief Tom" in clash.text) == (409, True, True)
    assert f'name="due_on" value="{NOON}"' in clash.text


def test_words_and_minutes_of_a_point_go_together(as_, point):
    ana, ben = as_("ana"), as_("ben")
    mine, theirs = sent_by(ana.get(f"{point}/edit").text), sent_by(ben.get(f"{point}/edit").text)
    ben.post(point, theirs | {"minutes": "25"})
    answer = ana.post(point, mine | {"point": "The open day"})
    now = db.session.get_one(AgendaPoint, UUID(point.rpartition("/")[2]))
    assert (answer.status_code, now.words, now.minutes) == (303, "The open day", 25)

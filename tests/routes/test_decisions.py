"""What the two decided is written down, said in other words by either, and taken back by whoever wrote it down."""

import re

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Decision
from peerapp.rules.states import SessionState
from tests.factories import make_session


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


def test_a_decision_is_written_down_and_taken_back(as_, here):
    ana = as_("ana")
    ana.post(f"{here}/decisions", {"decision": "No  slides"})
    decision = db.session.scalars(select(Decision)).one()
    assert decision.words == "No slides"
    assert as_("ben").post(f"{here}/decisions/{decision.id}/retract").status_code == 403
    ana.post(f"{here}/decisions/{decision.id}/retract")
    assert "No slides" not in ana.get(here).text
    ana.post(f"{here}/decisions/{decision.id}/restore")
    assert "No slides" in as_("ben").get(here).text


@pytest.mark.parametrize("typed", ["", "x" * 601])
def test_a_decision_without_words_or_without_end_is_refused(as_, here, typed):
    answer = as_("ana").post(f"{here}/decisions", {"decision": typed})
    assert answer.status_code == 422
    assert typed in answer.text


def decided(as_, here):
    """A decision of Ana's, and its address."""
    as_("ana").post(f"{here}/decisions", {"decision": "No slides"})
    return f"{here}/decisions/{db.session.scalars(select(Decision.id)).one()}"


def words_of_decision():
    db.session.expire_all()
    return db.session.scalars(select(Decision.words)).one()


def test_either_changes_a_decision_and_its_history_tells_both(as_, here):
    there, ben = decided(as_, here), as_("ben")
    assert f'href="{there}/edit"' in ben.get(here).text
    assert 'name="was_decision" value="No slides"' in ben.get(f"{there}/edit").text
    ben.post(there, {"decision": "Three slides", "was_decision": "No slides"})
    page = as_("ana").get(here).text
    past = re.search(r'href="(/pairs/[^"]+/history\?of=[^"]+)"', page.partition('id="decision_')[2])[1]
    for said in ("Ben changed the decision “Three slides”.", "<del>No slides</del>", "Bring back what was there"):
        assert said in as_("ana").get(past).text
    ben.post(re.search(r'action="(/pairs/[^"]+/take-back[^"]*)"', ben.get(here).text)[1])
    assert words_of_decision() == "No slides"


@pytest.mark.parametrize(("keep", "stands"), [("mine", "Two"), ("theirs", "Three"), ("merged", "Three Two")])
def test_two_who_change_a_decision_see_both_and_choose(as_, here, keep, stands):
    there = decided(as_, here)
    as_("ben").post(there, {"decision": "Three", "was_decision": "No slides"})
    ana, mine = as_("ana"), {"decision": "Two", "was_decision": "No slides"}
    clash = ana.post(there, mine)
    assert (clash.status_code, words_of_decision()) == (409, "Three")
    for said in ("Keep mine", "Keep theirs", 'name="was_decision" value="Three"'):
        assert said in clash.text
    kept = {"was_decision": "Three", "keep_decision": keep, "merged_decision": "Three Two"}
    assert ana.post(there, mine | kept).status_code == 303
    assert words_of_decision() == stands


def test_a_decision_that_was_taken_back_is_not_changed_any_more(as_, here):
    there = decided(as_, here)
    as_("ben").post(there, {"decision": "Three", "was_decision": "No slides"})
    as_("ana").post(f"{there}/retract")
    ben = as_("ben")
    assert ben.get(f"{there}/edit").location.endswith(f"{here}#decisions")
    answer = ben.post(there, {"decision": "Mine", "was_decision": "No slides"})
    assert (answer.status_code, "taken back by the one" in answer.text, 'value="Mine"' in answer.text) == (
        422,
        True,
        True,
    )
    past = ben.get(f"{here.partition('/sessions')[0]}/history").text
    assert ("You changed a decision that was taken back since." in past, "Three" in past) == (True, False)


def test_a_decision_cannot_be_changed_to_nothing(as_, here):
    assert as_("ben").post(decided(as_, here), {"decision": " ", "was_decision": "No slides"}).status_code == 422

"""What becomes of a request: yes, later, no, never mind. Each step once, and by the right one of the two."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Goal, Pair, Person, Request
from peerapp.models.profiles import Direction
from peerapp.rules.states import PairState, RequestState
from tests.factories import make_pair, make_request, make_skill

YES = {"area": "time", "words": ""}


@pytest.fixture
def asked(cast: dict[str, Person]) -> UUID:
    """Ana has asked Zoe."""
    return make_request(cast["ana"], cast["zoe"], words="SQL").id


def state_of(asked: UUID) -> RequestState:
    return db.session.get_one(Request, asked, populate_existing=True).state


def notices_of(client) -> str:
    return client.get("/notices").text


def test_yes_makes_a_pair_that_has_yet_to_sign(as_, cast, asked):
    answer = as_("zoe").post(f"/requests/{asked}/accept", YES)
    pair = db.session.scalars(select(Pair)).one()
    assert (pair.state, answer.location) == (PairState.CHARTERING, f"/pairs/{pair.id}/charter")
    assert "Zoe said yes." in notices_of(as_("ana"))


def test_what_both_want_to_learn_stands_on_their_board(as_, cast, asked):
    as_("zoe").post(f"/requests/{asked}/accept", {"area": "time", "words": "planning a week"})
    goals = db.session.execute(select(Goal.title, Goal.owner_id).order_by(Goal.title)).all()
    assert goals == [("SQL", cast["ana"].id), ("planning a week", cast["zoe"].id)]


def test_the_answer_is_begun_with_what_the_sender_can_show(as_, cast, asked):
    make_skill(cast["zoe"], Direction.WANTED, "planning a week")
    make_skill(cast["ana"], Direction.OFFERED, "planning")
    assert 'value="planning a week"' in as_("zoe").get(f"/requests/{asked}").text


def test_a_second_click_on_accept_leads_to_the_same_pair(as_, asked):
    zoe = as_("zoe")
    answers = [zoe.post(f"/requests/{asked}/accept", YES) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(db.session.scalars(select(Pair)).all()) == 1


def test_later_has_a_date_and_the_sender_hears_it(as_, asked):
    day = clock.now().date() + timedelta(days=10)
    as_("zoe").post(f"/requests/{asked}/later", {"later_on": day.isoformat()})
    assert state_of(asked) is RequestState.LATER
    assert "Zoe would like to come back to your request on" in notices_of(as_("ana"))


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "2199-01-01"])
def test_later_is_no_day_in_the_past_or_far_away(as_, asked, day):
    answer = as_("zoe").post(f"/requests/{asked}/later", {"later_on": day})
    assert (answer.status_code, state_of(asked)) == (422, RequestState.WAITING)


def test_no_comes_with_a_kind_word_that_only_the_two_read(as_, asked):
    zoe = as_("zoe")
    assert "I hope you find somebody who has the time." in zoe.get(f"/requests/{asked}").text
    zoe.post(f"/requests/{asked}/decline", {"answer": "Thank you, ask me in spring."})
    assert "Thank you, ask me in spring." in as_("ana").get(f"/requests/{asked}").text
    assert "Zoe cannot take on another pair just now." in notices_of(as_("ana"))


def test_a_request_can_be_withdrawn(as_, asked):
    as_("ana").post(f"/requests/{asked}/withdraw")
    assert state_of(asked) is RequestState.WITHDRAWN
    assert "Ana has withdrawn the request." in notices_of(as_("zoe"))


@pytest.mark.parametrize("step", ["accept", "later", "decline"])
def test_an_answer_to_a_withdrawn_request_says_what_became_of_it(as_, asked, step):
    as_("ana").post(f"/requests/{asked}/withdraw")
    day = (clock.now().date() + timedelta(days=3)).isoformat()
    answer = as_("zoe").post(f"/requests/{asked}/{step}", YES | {"later_on": day})
    assert (answer.status_code, state_of(asked)) == (422, RequestState.WITHDRAWN)
    assert "This request was withdrawn in the meantime." in answer.text


def test_an_accepted_request_is_not_withdrawn_any_more(as_, asked):
    as_("zoe").post(f"/requests/{asked}/accept", YES)
    answer = as_("ana").post(f"/requests/{asked}/withdraw")
    assert (answer.status_code, state_of(asked)) == (422, RequestState.ACCEPTED)


@pytest.mark.parametrize(
    ("full", "sentence"), [("zoe", "You have no room for another pair"), ("ana", "Ana has no room for another pair")]
)
def test_nobody_becomes_a_pair_beyond_their_room(as_, cast, asked, full, sentence):
    make_pair(cast[full], cast["caro"])
    answer = as_("zoe").post(f"/requests/{asked}/accept", YES)
    assert (answer.status_code, state_of(asked)) == (422, RequestState.WAITING)
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("who", "step"), [("ana", "accept"), ("ana", "later"), ("ana", "decline"), ("zoe", "withdraw")]
)
def test_each_of_the_two_does_only_their_part(as_, asked, who, step):
    assert as_(who).post(f"/requests/{asked}/{step}", YES).status_code == 403
    assert state_of(asked) is RequestState.WAITING


@pytest.mark.parametrize("who", ["caro", "mia", "olu", "ada"])
def test_a_request_is_nobody_elses_business(as_, asked, who):
    real, made_up = (as_(who).get(f"/requests/{id_}") for id_ in (asked, uuid4()))
    assert (real.status_code, real.text) == (404, made_up.text)


def test_a_request_to_whom_one_blocks_is_withdrawn(as_, cast, asked):
    as_("ana").post(f"/people/{cast['zoe'].id}/block")
    assert state_of(asked) is RequestState.WITHDRAWN


def test_a_request_from_whom_one_blocks_is_hidden_and_its_sender_sees_only_silence(as_, cast, asked):
    zoe = as_("zoe")
    zoe.post(f"/people/{cast['ana'].id}/block")
    assert zoe.get(f"/requests/{asked}").status_code == 404
    assert "Ana Rivera" not in zoe.get("/requests").text
    assert state_of(asked) is RequestState.WAITING
    assert as_("ana").get(f"/requests/{asked}").status_code == 200

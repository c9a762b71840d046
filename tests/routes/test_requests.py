"""Asking a colleague: prefilled, once, and only where nothing stands between the two."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Letter, Notice, Request
from peerapp.models.profiles import Direction
from peerapp.rules.areas import Area
from peerapp.rules.states import PairState, RequestState
from tests.factories import make_pair, make_request, make_skill

ASK = {"area": "functional", "words": "SQL", "message": "Shall we be peers?"}


def requests() -> list[Request]:
    return list(db.session.scalars(select(Request)))


def test_the_message_is_begun_from_the_skill_that_the_two_share(as_, cast):
    make_skill(cast["ana"], Direction.WANTED, "SQL")
    make_skill(cast["zoe"], Direction.OFFERED, "SQL queries")
    text = as_("ana").get(f"/people/{cast['zoe'].id}/ask").text
    assert "Hello Zoe, I would like to get better at this, and you can show it: SQL queries." in text
    assert 'value="SQL"' in text


def test_the_message_to_somebody_who_offers_an_area_says_what_i_want_and_what_they_offer(as_, cast):
    make_skill(cast["ana"], Direction.WANTED, "giving a talk", Area.COMMUNICATION)
    make_skill(cast["zoe"], Direction.OFFERED, "", Area.COMMUNICATION)
    text = as_("ana").get(f"/people/{cast['zoe'].id}/ask").text
    assert "get better at this: giving a talk. You can show things in Communication." in text
    assert 'value="giving a talk"' in text


def test_a_request_is_sent_and_the_other_hears_of_it(as_, cast):
    answer = as_("ana").post(f"/people/{cast['zoe'].id}/ask", ASK)
    assert (answer.status_code, answer.location) == (303, f"/requests/{requests()[0].id}")
    assert "Ana Rivera would like to be peers with you." in as_("zoe").get("/notices").text
    assert db.session.scalars(select(Letter.address)).all() == ["zoe.park@example.com"]


def test_the_same_form_sent_twice_asks_once(as_, cast):
    ana, form = as_("ana"), ASK | {"once": uuid4().hex}
    answers = [ana.post(f"/people/{cast['zoe'].id}/ask", form) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(requests()) == 1


def test_when_both_ask_each_other_there_is_one_request_and_the_second_sees_it(as_, cast):
    as_("ana").post(f"/people/{cast['zoe'].id}/ask", ASK)
    answer = as_("zoe").post(f"/people/{cast['ana'].id}/ask", ASK, follow_redirects=True)
    assert "Ana asks you" in answer.text
    assert len(requests()) == 1
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 1


def test_who_has_asked_already_is_led_to_the_request(as_, cast):
    open_one = make_request(cast["zoe"], cast["ana"])
    assert as_("ana").get(f"/people/{cast['zoe'].id}/ask").location == f"/requests/{open_one.id}"


@pytest.mark.parametrize("state", [RequestState.DECLINED, RequestState.LAPSED, RequestState.WITHDRAWN])
def test_after_an_answer_one_may_ask_again(as_, cast, state):
    make_request(cast["ana"], cast["zoe"], state=state)
    assert as_("ana").post(f"/people/{cast['zoe'].id}/ask", ASK).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": " "}, "Name one thing you would like to get better at."),
        ({"words": "x" * 81}, "Keep this under 80 characters."),
        ({"message": ""}, "Write a sentence or two."),
        ({"message": "x" * 1001}, "Keep your message under 1000 characters."),
        ({"area": "juggling"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(as_, cast, typed, sentence):
    answer = as_("ana").post(f"/people/{cast['zoe'].id}/ask", ASK | {"message": "I kept this."} | typed)
    assert (answer.status_code, requests()) == (422, [])
    assert sentence in answer.text
    assert "message" in typed or "I kept this." in answer.text


def full_me(cast):
    cast["ana"].room = 0


def full_them(cast):
    cast["zoe"].room = 0


def pair_of_two(cast):
    make_pair(cast["ana"], cast["zoe"], state=PairState.CHARTERING)


def left(cast):
    cast["zoe"].left_at = cast["lou"].left_at


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (full_me, "You have no room for another pair just now."),
        (full_them, "Zoe has no room for another pair just now."),
        (pair_of_two, "You and Zoe are a pair already."),
        (left, "Zoe has left the company."),
    ],
)
def test_what_stands_between_the_two_is_a_sentence_before_and_after_sending(as_, cast, given, sentence):
    given(cast)
    db.session.commit()
    ana, there = as_("ana"), f"/people/{cast['zoe'].id}/ask"
    assert sentence in ana.get(there).text
    answer = ana.post(there, ASK)
    assert (answer.status_code, requests()) == (422, [])
    assert sentence in answer.text
    assert "Shall we be peers?" in answer.text  # what was typed can be copied


def test_who_has_no_room_finds_the_way_to_it_and_no_form(as_, cast):
    full_me(cast)
    db.session.commit()
    text = as_("ana").get(f"/people/{cast['zoe'].id}/ask").text
    assert ("/profile#room" in text, 'name="message"' in text) == (True, False)


def test_nobody_asks_themselves(as_, cast):
    answer = as_("ana").post(f"/people/{cast['ana'].id}/ask", ASK)
    assert (answer.status_code, "This is your own profile." in answer.text) == (422, True)


def test_requests_stand_under_received_sent_and_past(as_, cast):
    make_request(cast["zoe"], cast["ana"], words="received one")
    make_request(cast["ana"], cast["caro"], words="sent one")
    make_request(cast["ana"], cast["olu"], words="past one", state=RequestState.DECLINED)
    text = as_("ana").get("/requests").text
    places = [text.index(words) for words in ("For you", "received one", "From you", "sent one", "Past", "past one")]
    assert places == sorted(places)


def test_past_requests_follow_page_by_page(as_, cast):
    for number in range(25):
        make_request(cast["ana"], cast["zoe"], words=f"wish {number:02}", state=RequestState.LAPSED)
    first = as_("ana").get("/requests").text
    second = as_("ana").get(f"/requests?before={first.partition('before=')[2][:36]}").text
    assert [sum(f"wish {n:02}" in page for page in (first, second)) for n in range(25)] == [1] * 25

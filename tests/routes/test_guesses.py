"""*Guess my answer*: nobody sees the other's words before both are ready, and at the end nothing is left of it."""

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Guess, SessionFrame
from peerapp.rules.guessing import QUESTIONS
from peerapp.rules.states import SessionState
from tests.factories import make_session

ANAS = {"answer": "I sleep until noon", "guess": "He climbs something"}
BENS = {"answer": "I climb the Rigi", "guess": "She sleeps"}


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


def question():
    db.session.expire_all()
    return db.session.scalars(select(SessionFrame.question)).one()


@pytest.fixture
def asked(as_, here):
    as_("ana").post(f"{here}/guess/question")
    return question()


def be_ready(client, here, words, question):
    return client.post(f"{here}/guess", words | {"question": question})


def test_both_get_the_same_question(as_, here, asked):
    for name in ("ana", "ben"):
        assert QUESTIONS[asked] in as_(name).get(f"{here}/guess").text


def test_nothing_is_shown_until_both_are_ready(as_, here, asked):
    be_ready(as_("ana"), here, ANAS, asked)
    waiting = as_("ben").get(f"{here}/guess").text
    assert "Ana is ready" in waiting
    assert not [words for words in ANAS.values() if words in waiting + as_("ben").get(here).text]


def test_then_both_see_all_of_it(as_, here, asked):
    be_ready(as_("ana"), here, ANAS, asked)
    be_ready(as_("ben"), here, BENS, asked)
    for name in ("ana", "ben"):
        page = as_(name).get(f"{here}/guess").text
        assert [words for words in ANAS.values() if words not in page] == []
        assert [words for words in BENS.values() if words not in page] == []


def test_until_the_other_is_ready_one_may_change_ones_mind_and_no_longer(as_, here, asked):
    ana, ben = as_("ana"), as_("ben")
    be_ready(ana, here, ANAS, asked)
    be_ready(ana, here, ANAS | {"answer": "I read"}, asked)
    be_ready(ben, here, BENS, asked)
    be_ready(ana, here, ANAS | {"answer": "I climb, too"}, asked)
    page = ana.get(f"{here}/guess").text
    assert "Both answers have been shown." in page
    assert "I climb, too" not in page


def test_at_the_end_of_the_session_nothing_is_kept(as_, here, asked):
    be_ready(as_("ana"), here, ANAS, asked)
    be_ready(as_("ben"), here, BENS, asked)
    as_("ben").post(f"{here}/end", {"then": "none"})
    assert question() == ""
    assert not db.session.scalars(select(Guess)).all()
    assert as_("ana").get(f"{here}/guess").status_code == 303


def test_an_answer_to_a_question_that_is_gone_is_not_taken(as_, here, asked):
    ana = as_("ana")
    as_("ben").post(f"{here}/guess/question")
    be_ready(ana, here, ANAS, asked)
    assert "There is another question now." in ana.get(f"{here}/guess").text
    assert not db.session.scalars(select(Guess)).all()


def test_nobodys_answer_is_thrown_away_by_the_next_question(as_, here, asked):
    be_ready(as_("ana"), here, ANAS, asked)
    as_("ben").post(f"{here}/guess/question")
    assert question() == asked
    as_("ben").post(f"{here}/guess/away")
    assert not db.session.scalars(select(Guess)).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer": ""}, "Write your own answer."),
        ({"guess": " "}, "Take a guess"),
        ({"answer": "x" * 201}, "under 200"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(as_, here, asked, wrong, sentence):
    answer = be_ready(as_("ana"), here, ANAS | wrong, asked)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not db.session.scalars(select(Guess)).all()


def test_the_next_question_is_always_another_one(as_, here, asked):
    ana, before = as_("ana"), asked
    for _ in range(12):
        ana.post(f"{here}/guess/question")
        assert question() != before
        before = question()

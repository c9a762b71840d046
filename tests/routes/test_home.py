"""The start page names one next thing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Action, Session
from peerapp.models.profiles import Direction
from peerapp.rules.states import PairState, SessionState
from tests.factories import make_goal, make_pair, make_request, make_session, make_skill
from tests.statements import counted


def nothing(_cast):
    pass


def a_profile(cast):
    make_skill(cast["ana"], Direction.WANTED, "SQL")


def asked(cast):
    a_profile(cast)
    make_request(cast["ana"], cast["zoe"])


def was_asked(cast):
    make_pair(cast["ana"], cast["ben"])
    make_request(cast["zoe"], cast["ana"])


def to_sign(cast):
    make_pair(cast["ana"], cast["ben"], state=PairState.CHARTERING)


def empty_board(cast):
    make_pair(cast["ana"], cast["ben"])


def a_goal(cast):
    pair = make_pair(cast["ana"], cast["ben"])
    make_goal(pair, by=cast["ana"])
    return pair


def a_session(cast):
    make_session(a_goal(cast))


def a_session_now(cast):
    make_session(a_goal(cast), planned_for=clock.now() + timedelta(minutes=10))


def underway(cast):
    make_session(a_goal(cast), state=SessionState.RUNNING)


def due(cast):
    pair = a_goal(cast)
    now = clock.now()
    db.session.add(
        Action(
            pair_id=pair.id, owner_id=None, made_by_id=cast["ben"].id, words="Send it", due_on=now.date(), made_at=now
        )
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("given", "next_thing", "done"),
    [
        (nothing, "What would you like to learn?", 0),
        (a_profile, "Ask one colleague", 0),
        (asked, "Zoe has your request", 0),
        (was_asked, "Zoe asks you", 1),
        (to_sign, "Read and sign with Ben", 1),
        (empty_board, "Start with one thing each of you wants to be better at", 1),
        (a_goal, "When do you meet Ben?", 2),
        (a_session, "Next: ", 2),
        (a_session_now, "It is time for your session with Ben", 2),
        (underway, "Your session with Ben is under way", 2),
        (due, "1 action is due", 2),
    ],
)
def test_there_is_one_next_thing_and_what_is_done_is_folded(as_, cast, given, next_thing, done):
    given(cast)
    text = as_("ana").get("/").text
    assert text.count('class="button primary"') == 1
    assert f'<h2 id="next">{next_thing}' in text
    assert text.count('<li class="done">') == done


def test_a_session_that_is_due_begins_from_home_with_one_click(as_, cast):
    a_session_now(cast)
    session = db.session.scalars(select(Session)).one()
    start = f"/pairs/{session.pair_id}/sessions/{session.id}/start"
    assert f'form="quick" formaction="{start}"' in as_("ana").get("/").text
    assert as_("ana").post(start).location == start.removesuffix("/start")
    assert "is under way" in as_("ben").get("/").text


def test_both_pairs_stand_there_with_their_next_session_and_open_actions(as_, cast):
    cast["ana"].room = 2
    due(cast)
    make_session(make_pair(cast["ana"], cast["zoe"]))
    text = as_("ana").get("/").text
    assert all(
        words in text for words in ("Ben Okafor and you", "Zoe Park and you", "1 open action", "no session planned")
    )


def test_an_action_of_the_other_is_not_mine_to_do(as_, cast):
    due(cast)
    action = db.session.scalars(select(Action)).one()
    action.owner_id, action.due_on = cast["ben"].id, clock.now().date() - timedelta(days=3)
    db.session.commit()
    assert "action is due" not in as_("ana").get("/").text
    assert "1 action is due" in as_("ben").get("/").text


@pytest.mark.parametrize("pairs", [0, 1, 5])
def test_home_asks_the_database_six_times_however_much_there_is(as_, cast, pairs):
    for name in ("ben", "caro", "mia", "olu", "zoe")[:pairs]:
        pair = make_pair(cast["ana"], cast[name])
        make_session(pair)
        make_goal(pair, by=cast["ana"])
        make_request(cast["ada"], cast[name])
    ana = as_("ana")
    with counted() as sent:
        ana.get("/")
    assert len([statement for statement in sent if statement.startswith("SELECT")]) <= 6

"""What is typed into the notes is kept while it is typed; who types at the same time is never written over."""

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import NoteBlock, PrivateNote
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session

KEY = "a" * 32


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    db.session.commit()
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


def begin(client, here, body="Three", once=KEY):
    return client.post(f"{here}/notes/typed", {"body": body, "once": once}, follow_redirects=True).json


def bodies():
    return list(db.session.scalars(select(NoteBlock.body).order_by(NoteBlock.position)))


def test_the_first_words_make_a_block_and_the_next_go_on_top_of_it(as_, here):
    ana = as_("ana")
    block = begin(ana, here)
    answer = ana.post(f"{here}/notes/{block['block']}/typed", {"body": "Three keywords", "seen": block["seen"]})
    assert (answer.json["seen"], bodies()) == (2, ["Three keywords"])


def test_the_same_beginning_twice_because_the_answer_was_lost_is_one_block(as_, here):
    ana = as_("ana")
    assert begin(ana, here) == begin(ana, here, "Three key")
    assert bodies() == ["Three"]


def test_the_same_words_twice_because_the_answer_was_lost_are_saved_once(as_, here):
    ana = as_("ana")
    block = begin(ana, here)
    typed = {"body": "Three keywords", "seen": block["seen"]}
    answers = [ana.post(f"{here}/notes/{block['block']}/typed", typed) for _ in range(2)]
    assert [(each.status_code, each.json["seen"]) for each in answers] == [(200, 2), (200, 2)]


def test_what_the_other_wrote_into_it_is_not_typed_over(as_, here):
    block = begin(as_("ana"), here)
    there = f"{here}/notes/{block['block']}"
    as_("ben").post(there, {"body": "Three, says Ben", "seen": "1"})
    answer = as_("ana").post(f"{there}/typed", {"body": "Three keywords", "seen": "1"})
    assert (answer.status_code, answer.json["body"], answer.json["seen"]) == (409, "Three, says Ben", 2)


def test_two_type_at_once_each_in_their_own_block(as_, here):
    for name in ("ana", "ben"):
        begin(as_(name), here, f"By {name}")
    assert bodies() == ["By ana", "By ben"]


def test_of_a_block_of_which_nothing_is_left_nothing_shows_until_more_is_typed(as_, here):
    ana = as_("ana")
    block = begin(ana, here)
    there = f"{here}/notes/{block['block']}/typed"
    gone = ana.post(there, {"body": "", "seen": "1"}).json
    assert "taken back" in as_("ben").get(here).text
    ana.post(there, {"body": "Three", "seen": gone["seen"]})
    page = as_("ben").get(here).text
    assert ("taken back" in page, "Three" in page) == (False, True)


def test_adding_the_note_gives_the_block_its_last_words(as_, here):
    ana = as_("ana")
    block = begin(ana, here)
    answer = ana.post(
        f"{here}/notes", {"body": "Three keywords.", "block": block["block"], "seen": "1", "once": "b" * 32}
    )
    assert (answer.status_code, bodies()) == (303, ["Three keywords."])


@pytest.mark.parametrize("block", ["x", "0" * 32])
def test_a_block_that_is_none_is_not_found(as_, here, block):
    assert as_("ana").post(f"{here}/notes", {"body": "Three", "block": block}).status_code == 404


def test_a_block_of_another_session_is_not_found(as_, here, cast):
    other = make_session(make_pair(cast["ana"], cast["caro"]), state=SessionState.RUNNING)
    db.session.commit()
    block = begin(as_("ana"), here)["block"]
    there = f"/pairs/{other.pair_id}/sessions/{other.id}/notes/{block}/typed"
    assert as_("ana").post(there, {"body": "Mine", "seen": "1"}).status_code == 404


def test_too_much_is_said_and_nothing_is_kept(as_, here):
    answer = as_("ana").post(f"{here}/notes/typed", {"body": "x" * 8001})
    assert (answer.status_code, "8000" in answer.json["problem"], bodies()) == (422, True, [])


def test_private_notes_are_kept_while_they_are_typed_and_a_second_window_does_not_write_over_them(as_, here):
    ana = as_("ana")
    first = ana.post(f"{here}/private/typed", {"private": "I was", "seen": "0"})
    second = ana.post(f"{here}/private/typed", {"private": "Other", "seen": "0"})
    assert (first.json["seen"], second.status_code, second.json["body"]) == (1, 409, "I was")
    assert db.session.scalars(select(PrivateNote.body)).all() == ["I was"]

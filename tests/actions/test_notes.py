"""Shared notes, decisions and private notes: what one sees is what one changes, and one's own can be taken back."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.actions import lines, notes
from peerapp.db import db
from peerapp.models import Decision, NoteBlock, Pair, PrivateNote
from peerapp.queries import sessions
from peerapp.queries.session_page import lines_of
from peerapp.rules import limits, ordering
from peerapp.rules.refusal import STALE, Refusal
from tests.factories import make_session


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def session(ana_and_ben, ana):
    return sessions.writable_session_of(ana, ana_and_ben.id, make_session(ana_and_ben).id)


def bodies(session):
    return "".join(note.body for note in lines_of(session).notes)


def write(session, person, words="abc"):
    return [notes.add_block(session, person, word) for word in words]


def test_blocks_stand_in_the_order_they_were_written(session, ana, ben):
    for person, word in ((ana, "a"), (ben, "b"), (ana, "c")):
        notes.add_block(session, person, word)
    assert bodies(session) == "abc"


def test_a_block_goes_up_and_down_and_stops_at_the_ends(session, ana):
    a, b, c = write(session, ana)
    lines.step(c, ana, up=True)
    assert bodies(session) == "acb"
    lines.step(a, ana, up=True)
    lines.step(b, ana, up=False)
    assert bodies(session) == "acb"
    lines.step(a, ana, up=False)
    assert bodies(session) == "cab"


def test_a_list_that_is_shuffled_for_ever_gets_fresh_short_keys(session, ana, monkeypatch):
    monkeypatch.setattr(ordering, "MAX_LENGTH", 4)
    _, b, _ = write(session, ana)
    for _ in range(60):
        lines.step(b, ana, up=True)
        lines.step(b, ana, up=False)
    assert bodies(session) == "abc"
    assert max(len(key) for key in db.session.scalars(select(NoteBlock.position))) <= 6


def test_both_may_edit_a_block_and_it_keeps_its_author(session, ana, ben):
    (block,) = write(session, ana, ["mine"])
    assert notes.edit_block(block, ben, "ours", seen=1) is None
    assert (block.body, block.author_id, block.edited_by_id, block.version) == ("ours", ana.id, ben.id, 2)


def test_an_edit_of_a_version_one_has_not_seen_changes_nothing(session, ana, ben):
    (block,) = write(session, ana, ["first"])
    notes.edit_block(block, ben, "second", seen=1)
    assert notes.edit_block(block, ana, "third", seen=1) is STALE
    assert block.body == "second"


def test_the_same_words_again_are_no_change_and_no_clash(session, ana, ben):
    (block,) = write(session, ana, ["first"])
    notes.edit_block(block, ben, "second", seen=1)
    before = session.pair.version
    assert notes.edit_block(block, ana, "second", seen=1) is None
    assert (block.version, session.pair.version) == (2, before)


def test_a_block_taken_back_keeps_its_place_but_shows_no_words(session, ana):
    _, b, _ = write(session, ana)
    lines.take_back(b, session.pair, ana)
    assert [(note.body, note.is_retracted) for note in lines_of(session).notes] == [
        ("a", False),
        ("", True),
        ("c", False),
    ]
    assert isinstance(notes.edit_block(b, ana, "again", seen=b.version), Refusal)


def test_what_was_taken_back_comes_back_for_an_hour_and_then_is_wiped(session, ana):
    (block,), decision = write(session, ana, ["word"]), notes.decide(session, ana, "Stop early")
    lines.take_back(block, session.pair, ana)
    lines.take_back(decision, session.pair, ana)
    assert lines.forget_retracted(clock.now() + timedelta(minutes=59), 500) == 0
    assert lines.give_back(block, session.pair, ana) is None
    lines.take_back(block, session.pair, ana)
    assert lines.forget_retracted(clock.now() + timedelta(minutes=61), 500) == 2
    db.session.expire_all()
    assert db.session.scalars(select(NoteBlock.body)).all() == db.session.scalars(select(Decision.words)).all() == [""]


def test_wiped_words_cannot_come_back(session, ana):
    (block,) = write(session, ana, ["word"])
    lines.take_back(block, session.pair, ana)
    lines.forget_retracted(clock.now() + timedelta(days=1), 500)
    db.session.refresh(block, ["body"])
    assert lines.give_back(block, session.pair, ana) == Refusal(lines.GONE)


def test_a_session_is_full_at_some_point(session, ana, monkeypatch):
    monkeypatch.setattr(limits, "BLOCKS_MAX", 2)
    monkeypatch.setattr(limits, "DECISIONS_MAX", 1)
    write(session, ana, "ab")
    notes.decide(session, ana, "One")
    assert isinstance(notes.add_block(session, ana, "c"), Refusal)
    assert isinstance(notes.decide(session, ana, "Two"), Refusal)


def test_a_private_note_is_kept_per_person_and_moves_nothing_the_other_sees(session, ana, ben):
    before = db.session.get_one(Pair, session.pair_id).version
    notes.keep_private(session, ana, "for me", seen=0)
    notes.keep_private(session, ben, "for myself", seen=0)
    assert sessions.private_note_of(ana, session).body == "for me"
    assert sessions.private_note_of(ben, session).body == "for myself"
    assert db.session.get_one(Pair, session.pair_id).version == before


def test_a_private_note_from_an_older_window_is_stale(session, ana):
    assert notes.keep_private(session, ana, "one", seen=0) is None
    assert notes.keep_private(session, ana, "two", seen=1) is None
    assert notes.keep_private(session, ana, "three", seen=1) is STALE
    assert notes.keep_private(session, ana, "four", seen=0) is STALE
    assert sessions.private_note_of(ana, session).body == "two"


def test_a_deleted_private_note_leaves_no_row(session, ana):
    notes.keep_private(session, ana, "one", seen=0)
    notes.delete_private(session, ana)
    assert db.session.scalars(select(PrivateNote)).all() == []


@pytest.mark.parametrize("seed", range(6))
def test_any_shuffling_is_what_one_would_expect_of_a_list(session, ana, seed):
    blocks, expected, chance = dict(zip("abcd", write(session, ana, "abcd"), strict=True)), list("abcd"), Random(seed)
    for _ in range(30):
        name, up = chance.choice("abcd"), chance.random() < 0.5
        at = expected.index(name)
        to = at - 1 if up else at + 1
        if 0 <= to < len(expected):
            expected.insert(to, expected.pop(at))
        lines.step(blocks[name], ana, up=up)
    assert bodies(session) == "".join(expected)

"""A pair meets in its own rhythm: changed by either of the two, told to the other, merged where both did."""

from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Notice, Pair
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.rhythm import Rhythm, merged
from peerapp.rules.states import PairState
from tests.factories import make_pair

WAS = {"was_minutes": "45", "was_every": "14", "was_sessions": "6"}


def change(client, pair, **typed):
    return client.post(f"/pairs/{pair.id}/rhythm", {"minutes": "45", "every": "14", "sessions": "6"} | WAS | typed)


def rhythm_of(pair):
    db.session.expire_all()
    return db.session.execute(
        select(Pair.minutes, Pair.every_days, Pair.sessions_agreed).where(Pair.id == pair.id)
    ).one()


def test_either_changes_it_and_the_other_hears_of_it(as_, ana_and_ben, cast):
    assert change(as_("ana"), ana_and_ben, minutes="30", every="7").status_code == 303
    assert rhythm_of(ana_and_ben) == (30, 7, 6)
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.RHYTHM_CHANGED)).all()
    assert told == [cast["ben"].id]
    assert "30 minutes" in as_("ben").get(f"/pairs/{ana_and_ben.id}").text


def test_what_is_the_same_is_told_to_nobody(as_, ana_and_ben):
    change(as_("ana"), ana_and_ben)
    assert not db.session.scalars(select(Notice)).all()


def test_two_who_change_different_parts_are_both_heard(as_, ana_and_ben):
    change(as_("ana"), ana_and_ben, minutes="30")
    change(as_("ben"), ana_and_ben, sessions="8")
    assert rhythm_of(ana_and_ben) == (30, 14, 8)
    assert merged(Rhythm(60, 7, 6), Rhythm(45, 14, 6), Rhythm(30, 14, 8)) == Rhythm(60, 7, 8)


def test_what_does_not_fit_comes_back_with_a_sentence(as_, ana_and_ben):
    answer = change(as_("ana"), ana_and_ben, minutes="900", every="", sessions="many", was_minutes="x")
    assert answer.status_code == 422
    for words in ("between 10 and 240", "how often you want to meet", "whole number", 'value="900"'):
        assert words in answer.text


def test_an_ended_pair_has_no_rhythm_to_change(as_, cast):
    ended = make_pair(cast["ana"], cast["caro"], PairState.ENDED)
    assert as_("ana").get(f"/pairs/{ended.id}/rhythm").status_code == 403
    assert "/rhythm" not in as_("ana").get(f"/pairs/{ended.id}").text

"""A pair meets in its own rhythm: changed by either of the two, told to the other; where both did, they choose."""

import re

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Notice, Pair
from peerapp.rules.notice_kinds import NoticeKind
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


@pytest.mark.parametrize(("keep", "stands"), [("mine", (30, 7, 6)), ("theirs", (60, 7, 6))])
def test_two_who_change_the_same_part_see_both_and_choose(as_, ana_and_ben, keep, stands):
    change(as_("ben"), ana_and_ben, minutes="60", was_minutes="45")
    clash = change(as_("ana"), ana_and_ben, minutes="30", every="7")
    assert (clash.status_code, rhythm_of(ana_and_ben)) == (409, (60, 14, 6))
    for words in ("Keep mine", "Keep theirs", "<p>30</p>", "<p>60</p>", 'name="every" value="7"'):
        assert words in clash.text
    sent = {"minutes": "30", "every": "7", "was_minutes": "60", "keep_minutes": keep}
    assert change(as_("ana"), ana_and_ben, **sent).status_code == 303
    assert rhythm_of(ana_and_ben) == stands


def test_what_only_one_of_them_changed_outlives_the_choice(as_, ana_and_ben):
    change(as_("ben"), ana_and_ben, minutes="60", sessions="9")
    ana = as_("ana")
    clash = change(ana, ana_and_ben, minutes="30", every="7").text
    hidden = dict(re.findall(r'<input type="hidden" name="((?:was_)?(?:minutes|every|sessions))" value="(\d+)"', clash))
    ana.post(f"/pairs/{ana_and_ben.id}/rhythm", hidden | {"keep_minutes": "mine"})
    assert rhythm_of(ana_and_ben) == (30, 7, 9)


def test_how_often_is_told_in_words_and_whatever_was_sent_is_no_error(as_, ana_and_ben):
    change(as_("ben"), ana_and_ben, every="21")
    clash = change(as_("ana"), ana_and_ben, every="7", was_every="<b>" * 99)
    assert clash.status_code == 409
    assert "<p>every week</p>" in clash.text
    assert "<p>every 3 weeks</p>" in clash.text
    assert "<b><b>" not in clash.text


def test_a_change_is_undone_from_the_toast_and_by_nobody_else(as_, ana_and_ben):
    ana = as_("ana")
    change(ana, ana_and_ben, minutes="30")
    way_back = re.search(r'action="(/pairs/[^"]+/take-back[^"]*)"', ana.get(f"/pairs/{ana_and_ben.id}").text)
    assert as_("ben").post(way_back[1]).status_code == 403
    assert ana.post(way_back[1]).location.endswith(f"/pairs/{ana_and_ben.id}")
    assert rhythm_of(ana_and_ben) == (45, 14, 6)


def test_what_was_agreed_before_stands_in_the_history_and_is_brought_back(as_, ana_and_ben):
    change(as_("ana"), ana_and_ben, every="7")
    past, ben = f"/pairs/{ana_and_ben.id}/history", as_("ben")
    for address in (past, f"{past}?of={ana_and_ben.id}"):
        told = ben.get(address).text
        for words in ("Ana changed your rhythm.", "<del>every 2 weeks</del>", "<ins>every week</ins>"):
            assert words in told
    seen = re.search(r'name="seen" value="(\d+)"', told)[1]
    change(as_("ana"), ana_and_ben, every="21", was_every="7")
    bring_back = re.search(r'action="([^"]+/bring-back)"', told)[1]
    assert ben.post(bring_back, {"seen": seen}).status_code == 409
    assert ben.post(bring_back, {"seen": str(10**6)}).status_code == 303
    assert rhythm_of(ana_and_ben) == (45, 14, 6)


def test_what_does_not_fit_comes_back_with_a_sentence(as_, ana_and_ben):
    answer = change(as_("ana"), ana_and_ben, minutes="900", every="", sessions="many", was_minutes="x")
    assert answer.status_code == 422
    for words in ("between 10 and 240", "how often you want to meet", "whole number", 'value="900"'):
        assert words in answer.text


def test_an_ended_pair_has_no_rhythm_to_change(as_, cast):
    ended = make_pair(cast["ana"], cast["caro"], PairState.ENDED)
    assert as_("ana").get(f"/pairs/{ended.id}/rhythm").status_code == 403
    assert "/rhythm" not in as_("ana").get(f"/pairs/{ended.id}").text

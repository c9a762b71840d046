"""What somebody was told: theirs alone, read when opened, page by page."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Notice
from peerapp.rules.notice_kinds import NoticeKind


def told(person, count: int = 1, name: str = "Kim") -> None:
    for number in range(count):
        tell(person, NoticeKind.SESSION_MISSED, f"/pairs/{number}", by_mail=False, name=f"{name} {number:02}")
    db.session.commit()


def unread() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).where(Notice.read_at.is_(None))) or 0


def test_a_notice_is_a_sentence_and_counted_until_it_is_read(as_, cast):
    told(cast["ana"])
    text = as_("ana").get("/notices").text
    assert "Your session with Kim 00 did not take place." in text
    assert '<span class="count">1' in text


def test_opening_a_notice_marks_it_as_read_and_leads_to_it(as_, cast):
    told(cast["ana"])
    notice = db.session.scalars(select(Notice.id)).one()
    answer = as_("ana").post(f"/notices/{notice}/open")
    assert (answer.status_code, answer.location, unread()) == (303, "/pairs/0", 0)


def test_all_are_marked_as_read_at_once_and_only_ones_own(as_, cast):
    told(cast["ana"], 3)
    told(cast["ben"], 2)
    as_("ana").post("/notices/read")
    assert unread() == 2


def test_a_colleagues_notice_is_as_good_as_none(as_, cast):
    told(cast["ben"])
    theirs = db.session.scalars(select(Notice.id)).one()
    real, made_up = (as_("ana").post(f"/notices/{id_}/open") for id_ in (theirs, uuid4()))
    assert (real.status_code, real.text, unread()) == (404, made_up.text, 1)


def test_older_notices_stand_on_the_next_page(as_, cast):
    told(cast["ana"], 30)
    ana = as_("ana")
    first = ana.get("/notices").text
    second = ana.get(f"/notices?before={first.partition('before=')[2][:36]}").text
    assert [sum(f"Kim {n:02}" in page for page in (first, second)) for n in range(30)] == [1] * 30


def test_nothing_new_is_said_kindly(as_):
    assert "Nothing new." in as_("ana").get("/notices").text


def told_of_a_round(person) -> None:
    tell(person, NoticeKind.ROUND_ASKED, "/rounds/1/answer", by_mail=False, name="Mia", title="How we meet")
    told(person)


def test_whoever_opens_a_page_another_way_has_read_what_leads_there(as_, cast):
    for person in (cast["ana"], cast["ben"]):
        told_of_a_round(person)
    assert as_("ana").post("/notices/opened", {"path": "/rounds/1/answer"}).status_code == 303
    assert unread() == 3
    read = db.session.scalars(select(Notice).where(Notice.read_at.is_not(None))).one()
    assert (read.person_id, read.kind) == (cast["ana"].id, NoticeKind.ROUND_ASKED)


@pytest.mark.parametrize("way", ["/notices/opened", "/notices/read", "/notices/{id}/open"])
def test_when_the_notice_of_a_round_was_read_is_not_kept(as_, cast, way):
    told_of_a_round(cast["ana"])
    asked = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.ROUND_ASKED)).one()
    as_("ana").post(way.format(id=asked.id), {"path": "/rounds/1/answer"})
    assert asked.read_at == asked.made_at

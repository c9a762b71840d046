"""What nobody can use any more goes in its time, and what somebody may still want stays."""

from datetime import timedelta

from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import forgetting
from peerapp.db import db
from peerapp.models import Letter, Notice, OneTimeLink, Person, SignIn, Submission
from peerapp.models.signins import LinkPurpose
from peerapp.rules.notice_kinds import NoticeKind
from tests.factories import make_person

DAY = timedelta(days=1)


def left(table) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_links_that_were_used_or_have_expired_go_after_a_day(cast: dict[str, Person]) -> None:
    now = clock.now()
    for number, (expires, used) in enumerate(
        ((DAY, None), (DAY, -DAY / 2), (-DAY / 2, None), (DAY, -2 * DAY), (-2 * DAY, None))
    ):
        db.session.add(
            OneTimeLink(
                token_hash=f"{number}",
                purpose=LinkPurpose.RESET_PASSWORD,
                person_id=cast["ana"].id,
                made_at=now - 3 * DAY,
                expires_at=now + expires,
                used_at=now + used if used else None,
            ),
        )
    db.session.commit()
    assert (forgetting.links(now), left(OneTimeLink)) == (2, 3)


def test_sign_ins_go_when_they_expire(cast: dict[str, Person]) -> None:
    now = clock.now()
    for number, expires in enumerate((-DAY, timedelta(seconds=1))):
        row = SignIn(token_hash=f"{number}", person_id=cast["ana"].id, since=now, expires_at=now + expires, browser="")
        db.session.add(row)
    db.session.commit()
    assert (forgetting.sign_ins(now), left(SignIn)) == (1, 1)


def test_keys_of_forms_go_when_no_sign_in_can_have_the_form_open(cast: dict[str, Person]) -> None:
    now = clock.now()
    for name in ("ana", "ben"):
        for number, age in enumerate((15 * DAY, 13 * DAY)):
            db.session.add(Submission(person_id=cast[name].id, key=f"{number}", at=now - age, location="/"))
    db.session.commit()
    assert (forgetting.submissions(now), left(Submission)) == (2, 2)


def test_letters_go_a_month_after_they_left_and_never_while_they_wait(cast: dict[str, Person]) -> None:
    now = clock.now()
    for sent, given_up in ((31 * DAY, None), (None, 31 * DAY), (29 * DAY, None), (None, None)):
        db.session.add(
            Letter(
                address="a@example.com",
                subject="",
                body="",
                made_at=now - 99 * DAY,
                due_at=now,
                sent_at=now - sent if sent else None,
                given_up_at=now - given_up if given_up else None,
            ),
        )
    db.session.commit()
    assert (forgetting.letters(now), left(Letter)) == (2, 2)


def test_notices_go_a_year_after_they_were_read_and_never_unread(cast: dict[str, Person]) -> None:
    now = clock.now()
    for read in (366 * DAY, 364 * DAY, None):
        db.session.add(
            Notice(
                person_id=cast["ana"].id,
                kind=NoticeKind.PAIR_STARTED,
                values={},
                path="/",
                made_at=now - 999 * DAY,
                read_at=now - read if read else None,
            ),
        )
    db.session.commit()
    assert (forgetting.notices(now), left(Notice)) == (1, 2)


def test_a_handful_at_a_time(cast: dict[str, Person], monkeypatch) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    now = clock.now()
    for number in range(3):
        ola = make_person(f"Ola {number}")
        db.session.add(SignIn(token_hash=f"{number}", person_id=ola.id, since=now, expires_at=now - DAY, browser=""))
    db.session.commit()
    assert [forgetting.sign_ins(now) for _ in range(3)] == [2, 1, 0]

"""An invitation travels as calendars expect it, and nothing of it stays behind."""

import email
from collections.abc import Callable
from email import policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from peerapp import outbox
from peerapp.actions import plans
from peerapp.actions.plans import Plan
from peerapp.db import db
from peerapp.models import Letter, Pair, Person
from peerapp.queries.pairs import pair_of
from tests.calendars.programs import read, the_event
from tests.reliability.conftest import Clock
from tests.reliability.mail_servers import Box, serving

MailTo = Callable[[str], None]


def sent(box: Box, to: str) -> EmailMessage:
    [found] = [text for text in box.letters if text.rcpt_tos == [to]]
    content = found.content if isinstance(found.content, bytes) else (found.content or "").encode()
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def box(mail_to: MailTo, time: Clock, cast: dict[str, Person], ana_and_ben: Pair) -> Box:
    """What a mail server took after Ana planned a session with Ben Ökafor."""
    cast["ben"].name = "Ben Ökafor"
    plans.plan(pair_of(cast["ana"], ana_and_ben.id), cast["ana"], Plan(time.now().replace(day=26), 45, "Café"))
    db.session.commit()
    box = Box()
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        assert outbox.send_due() == 2
    return box


def test_the_invitation_is_the_last_and_richest_way_to_read_the_letter(box: Box) -> None:
    letter = sent(box, "ben.okafor@example.com")
    parts = list(letter.iter_parts())
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/calendar"]
    assert dict(parts[1]["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert parts[1].get_content_disposition() is None


def test_it_arrives_octet_by_octet_and_its_organiser_is_the_sender(box: Box, app: Flask) -> None:
    letter = sent(box, "ben.okafor@example.com")
    text = list(letter.iter_parts())[1].get_payload(decode=True).decode()
    assert read(text).method == "REQUEST"
    assert the_event(text).location == "Café"
    assert [guest.common_name for guest in the_event(text).attendees] == ["Ben Ökafor", "Ana Rivera"]
    assert str(the_event(text).organizer.uri) == f"mailto:{letter['From'].addresses[0].addr_spec}"


def test_once_it_is_sent_it_is_wiped(box: Box) -> None:
    db.session.expire_all()
    assert db.session.execute(select(Letter.calendar, Letter.body)).all() == [("", ""), ("", "")]


def test_a_letter_without_an_invitation_is_plain(app: Flask, letter: Callable[..., Letter]) -> None:
    assert outbox.message_of(letter()).get_content_type() == "text/plain"


def test_the_console_shows_words_and_invitation(
    mail_to: MailTo, time: Clock, cast: dict[str, Person], ana_and_ben: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    plans.plan(pair_of(cast["ana"], ana_and_ben.id), cast["ana"], Plan(time.now().replace(day=26), 45, ""))
    db.session.commit()
    mail_to("console:")
    assert outbox.send_due() == 2
    shown = capsys.readouterr().out
    for words in ("To: ana.rivera@example.com", "Your session with Ben", "METHOD:REQUEST", "SUMMARY:Session with Ana"):
        assert words in shown

"""Letters leave once, wait for a server that is away, and are given up in the end."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from peerapp import outbox
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Letter, Person
from peerapp.rules import retries
from peerapp.rules.notice_kinds import NoticeKind
from tests.reliability.conftest import Clock, the_letter
from tests.reliability.mail_servers import Box, free_port, serving

MailTo = Callable[[str], None]
Put = Callable[..., Letter]


def test_a_letter_leaves_once_and_its_words_are_wiped(mail_to: MailTo, letter: Put) -> None:
    letter(body="Hello Ben,\n\nGrüße: see you on Monday.\n")
    box = Box()
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    assert "Subject: A session is planned" in box.texts[0]
    kept = the_letter()
    assert (kept.subject, kept.body, kept.sent_at is None) == ("", "", False)


def test_a_link_in_a_letter_begins_with_the_address_of_the_installation(
    mail_to: MailTo, cast: dict[str, Person]
) -> None:
    mail_to("console:")
    tell(cast["ben"], NoticeKind.PAIR_STARTED, "/pairs/1", name="Ana")
    db.session.commit()
    assert "\nhttps://peers.example.com/pairs/1\n" in the_letter().body


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\x00", "\u2028", "\x85"])
def test_nothing_in_a_subject_becomes_a_header(mail_to: MailTo, letter: Put, sign: str) -> None:
    letter(subject=f"Ana{sign}Bcc: zoe@example.com{sign}{sign}<b>Hello</b>"[:200].replace("\x00", " "))
    box = Box()
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        outbox.send_due()
    assert [to.rcpt_tos for to in box.letters] == [["ben@example.com"]]
    assert "\nBcc" not in box.texts[0].replace("\r", "")
    assert "Subject: Ana Bcc: zoe@example.com <b>Hello</b>" in box.texts[0]


@pytest.mark.parametrize(
    "address", ["ben@example.com\nBcc: zoe@example.com", "a@example.com, b@example.com", "<ben@example.com>", "", "ben"]
)
def test_what_is_not_one_address_gets_no_letter(mail_to: MailTo, letter: Put, address: str) -> None:
    letter(address=address)
    box = Box()
    with serving(box) as server:
        mail_to(f"smtp://{server}")
        assert outbox.send_due() == 0
    assert box.letters == []
    assert the_letter().last_problem == "This is not an e-mail address."


def test_a_server_that_is_away_is_asked_again_after_a_minute_then_two(
    mail_to: MailTo, letter: Put, time: Clock
) -> None:
    letter()
    mail_to(f"smtp://127.0.0.1:{free_port()}")
    outbox.send_due()
    first = the_letter()
    assert (first.tries, (first.due_at - time.now()).seconds) == (1, 60)
    time.pass_(seconds=59)
    assert (outbox.send_due(), the_letter().tries) == (0, 1)
    time.pass_(seconds=1)
    outbox.send_due()
    assert (the_letter().tries, (the_letter().due_at - time.now()).seconds) == (2, 120)


def test_no_letter_is_lost_while_the_server_is_away(mail_to: MailTo, letter: Put, time: Clock) -> None:
    for number in range(5):
        letter(subject=f"Letter {number}")
    mail_to(f"smtp://127.0.0.1:{free_port()}")
    outbox.send_due()
    time.pass_(hours=1)
    box = Box()
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        assert outbox.send_due() == 5
    assert len(box.letters) == 5


@pytest.mark.parametrize(
    ("answer", "tries"), [("451 later", retries.TRIES_MAX), ("550 no such box", retries.REFUSED_TRIES_MAX)]
)
def test_a_letter_nobody_takes_is_given_up_and_says_why(
    mail_to: MailTo, letter: Put, time: Clock, answer: str, tries: int
) -> None:
    letter()
    with serving(Box(*[answer] * 30)) as address:
        mail_to(f"smtp://{address}")
        for _ in range(30):
            outbox.send_due()
            time.pass_(hours=7)
    given_up = the_letter()
    assert (given_up.tries, given_up.last_problem, given_up.sent_at) == (tries, answer, None)
    assert given_up.given_up_at is not None


def test_one_letter_that_is_refused_does_not_stop_the_next(mail_to: MailTo, letter: Put) -> None:
    letter(subject="First")
    letter(subject="Second")
    box = Box("451 later")
    with serving(box) as address:
        mail_to(f"smtp://{address}")
        assert outbox.send_due() == 1
    assert len(box.letters) == 1


def test_two_who_send_at_the_same_time_send_each_letter_once(app: Flask, mail_to: MailTo, letter: Put) -> None:
    for number in range(40):
        letter(subject=f"Letter {number}")
    box, begin = Box(), threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            begin.wait()
            outbox.send_due()

    with serving(box) as address:
        mail_to(f"smtp://{address}")
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
    subjects = sorted(line for text in box.texts for line in text.splitlines() if line.startswith("Subject"))
    assert subjects == sorted(f"Subject: Letter {number}" for number in range(40))


def test_no_connection_is_held_while_the_server_is_spoken_to(
    mail_to: MailTo, letter: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter()
    pool, held = db.engine.pool, []

    async def look(_box: Box, _server: object, _session: object, _envelope: object) -> str:
        held.append(pool.checkedout())
        return "250 taken"

    monkeypatch.setattr(Box, "handle_DATA", look)
    with serving(Box()) as address:
        mail_to(f"smtp://{address}")
        outbox.send_due()
    assert held == [0]


def test_a_worker_that_dies_while_it_speaks_leaves_the_next_try_behind(
    mail_to: MailTo, letter: Put, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter()
    mail_to("console:")

    class Killed(BaseException):
        pass

    def die(_message: object) -> None:
        raise Killed

    monkeypatch.setattr("peerapp.mail._show", die)
    with pytest.raises(Killed):
        outbox.send_due()
    monkeypatch.undo()
    db.session.rollback()
    assert (the_letter().tries, the_letter().sent_at) == (1, None)


def test_the_console_shows_the_letter(mail_to: MailTo, letter: Put, capsys: pytest.CaptureFixture[str]) -> None:
    letter(body="Hello Ben,\n\nhttps://peers.example.com/pairs/1\n")
    mail_to("console:")
    outbox.send_due()
    shown = capsys.readouterr().out
    assert "To: ben@example.com\nSubject: A session is planned\n\nHello Ben,\n" in shown
    assert db.session.scalars(select(Letter.sent_at)).one() is not None

"""Which letters are due, who sends each, and what becomes of it?

A letter is claimed by moving its next try into the future, so that no second worker takes it while the first speaks
to the server, and nothing is open while anybody waits. A worker that is killed in the middle leaves the next try
behind; a letter is sent twice only when it dies between the server's "yes" and writing that down, and then with the
same Message-ID, by which mailboxes know it.
"""

import logging
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app
from sqlalchemy import Row, or_, select, update

from peerapp import calendar_entries, clock, db as database, mail
from peerapp.config import Config
from peerapp.db import db
from peerapp.models import Letter
from peerapp.rules import retries
from peerapp.rules.addresses import normal_email

AT_ONCE = 500
SECONDS_AT_ONCE = 60.0
log = logging.getLogger(__name__)
_waiting = (Letter.sent_at.is_(None), Letter.given_up_at.is_(None))


def send_due() -> int:
    """Send what is due, for about a minute at most; how many letters went out."""
    with database.only_reading():
        due = _due(clock.now())
        database.pause()
    if not due:
        return 0
    stop_at = monotonic() + SECONDS_AT_ONCE
    sent = 0
    try:
        with mail.post(_settings().mail_url, _own_name()) as send:
            for letter in due:
                sent += _send(letter, send)
                if monotonic() > stop_at:
                    break
    except mail.UnreachableError as problem:
        log.warning("mail server: %s", problem)
        if not sent:
            _put_off(due, str(problem))
    return sent


def message_of(letter: Any) -> EmailMessage:
    """The letter as it travels. Its subject is one line whatever it says. Raises RefusedError for what is no address."""
    if normal_email(letter.address) is None:
        raise mail.RefusedError("This is not an e-mail address.")
    message = EmailMessage()
    message["From"] = _settings().mail_from
    message["To"] = letter.address
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.id}@{_own_name()}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body, cte="quoted-printable")
    if letter.calendar:
        _invite(message, letter.calendar)
    return message


def _invite(message: EmailMessage, calendar: str) -> None:
    """Add the invitation as the last and richest way to read the letter, which is where calendars look for it."""
    message.add_alternative(
        calendar.encode(),
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "utf-8", "method": calendar_entries.method_of(calendar)},
    )


def _due(now: datetime) -> list[Row[UUID, int]]:
    """Id and number of tries. A next try further off than any wait was set by a clock that has since been set back."""
    soon = or_(Letter.due_at <= now, Letter.due_at > now + retries.LONGEST_WAIT + timedelta(minutes=1))
    return list(
        db.session.execute(
            select(Letter.id, Letter.tries).where(*_waiting, soon).order_by(Letter.due_at).limit(AT_ONCE),
        ).all(),
    )


def _send(due: Row[UUID, int], send: mail.Send) -> bool:
    letter = _claim(due)
    if letter is None:
        return False
    try:
        send(message_of(letter))
    except mail.MailError as problem:
        _note(letter, problem)
        if isinstance(problem, mail.UnreachableError):
            raise
        return False
    _write(letter.id, sent_at=clock.now(), subject="", body="", calendar="", last_problem="")
    return True


def _claim(due: Row[UUID, int]) -> Row[*tuple[Any, ...]] | None:
    """Be the one who sends it now; None when somebody else is."""
    claimed = db.session.execute(
        update(Letter)
        .where(Letter.id == due.id, Letter.tries == due.tries, *_waiting)
        .values(tries=due.tries + 1, due_at=clock.now() + retries.wait_after(due.tries + 1))
        .returning(
            Letter.id, Letter.tries, Letter.address, Letter.subject, Letter.body, Letter.calendar, Letter.made_at
        )
        .execution_options(synchronize_session=False),
    ).one_or_none()
    database.pause()
    return claimed


def _note(letter: Row[*tuple[Any, ...]], problem: mail.MailError) -> None:
    over = retries.is_over(letter.tries, refused=isinstance(problem, mail.RefusedError))
    _write(letter.id, last_problem=str(problem), given_up_at=clock.now() if over else None)


def _put_off(due: list[Row[UUID, int]], problem: str) -> None:
    """The server is away: every letter that was to go counts a try, without each knocking again."""
    for each in due:
        letter = _claim(each)
        if letter is not None:
            _note(letter, mail.UnreachableError(problem))


def _write(letter_id: UUID, **values: Any) -> None:
    db.session.execute(
        update(Letter).where(Letter.id == letter_id).values(**values).execution_options(synchronize_session=False),
    )
    database.pause()


def _one_line(words: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _own_name() -> str:
    return urlsplit(_settings().base_url).hostname or "localhost"


def _settings() -> Config:
    settings: Config = current_app.config["PEERAPP"]
    return settings

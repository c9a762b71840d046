"""How does somebody hear about something? A line on their page and a letter in the outbox, in one transaction."""

from flask import current_app
from flask_babel import force_locale, gettext as _
from sqlalchemy import ColumnElement, case, update

from peerapp import clock, notice_words
from peerapp.db import db
from peerapp.models import Letter, Notice, Person
from peerapp.rules.notice_kinds import OF_AN_OPEN_ROUND, SENTENCES, NoticeKind
from peerapp.rules.notice_values import Value


def tell(
    person: Person, kind: NoticeKind, path: str, *, by_mail: bool = True, calendar: str = "", **values: Value
) -> None:
    """Leave a notice for the person that leads to `path` (of our own); values fill its sentence.

    A day, a moment or a role goes in as itself (rules/notice_values.py), for it is read in many a language and zone; the
    mail says it in the person's of today. It brings `calendar` along, an invitation.
    """
    db.session.add(Notice(person_id=person.id, kind=kind, values=values, path=path, made_at=clock.now()))
    if by_mail:
        with force_locale(person.language):
            sentence = _(SENTENCES[kind], **notice_words.in_words(values, person.time_zone))
            write(
                person,
                sentence,
                _("Hello %(name)s,", name=person.first_name) + f"\n\n{sentence}\n\n{address_of(path)}\n",
                calendar,
            )


def write(person: Person, subject: str, body: str, calendar: str = "") -> None:
    """Put a letter to the person's address on file into the outbox."""
    now, to = clock.now(), person.email
    db.session.add(Letter(address=to, subject=subject[:200], body=body, calendar=calendar, made_at=now, due_at=now))


def address_of(path: str) -> str:
    """The full address of a path; from the setting, never from the request."""
    base: str = current_app.config["PEERAPP"].base_url
    return base + path


def read_all(person: Person) -> None:
    """Mark every notice of the person as read."""
    _read(Notice.person_id == person.id)


def read_those_to(person: Person, path: str) -> None:
    """Mark the notices as read that lead to this path: the person has opened it."""
    _read(Notice.person_id == person.id, Notice.path == path)


def _read(*which: ColumnElement[bool]) -> None:
    """As `Notice.open` does it with one."""
    moment = case((Notice.kind.in_(OF_AN_OPEN_ROUND), Notice.made_at), else_=clock.now())
    db.session.execute(update(Notice).where(*which, Notice.read_at.is_(None)).values(read_at=moment))

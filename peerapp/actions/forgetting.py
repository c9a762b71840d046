"""What is forgotten, and after how long? What nobody can use any more, and what its writer took back.

Nothing else goes that anybody typed for a pair. Each step looks for a handful of old rows as a reader, who keeps nobody waiting, and deletes just those. It says how
many, so that the caller can end the transaction and ask again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, tuple_

from peerapp import access, db as database
from peerapp.actions import import_removal, imports, lines, tries
from peerapp.db import db
from peerapp.models import Letter, Notice, OneTimeLink, SignIn, Skill, Story, Submission

AT_ONCE = 500
LINKS_KEPT = timedelta(days=1)
SUBMISSIONS_KEPT = access.LASTS  # a page cannot be sent again once its sign-in is over
LETTERS_KEPT = timedelta(days=30)  # what is left of a sent one: to whom and when
NOTICES_KEPT = timedelta(days=365)
REMOVED_KEPT = timedelta(hours=1)  # a skill or story, to be taken back
Step = Callable[[datetime], int]


def links(now: datetime) -> int:
    """One-time links that were used or have expired."""
    old = now - LINKS_KEPT
    return _forget(OneTimeLink, or_(OneTimeLink.used_at < old, OneTimeLink.expires_at < old))


def sign_ins(now: datetime) -> int:
    """Sign-ins that have expired."""
    return _forget(SignIn, SignIn.expires_at <= now)


def submissions(now: datetime) -> int:
    """Keys of forms that nobody has open any more."""
    return _forget(Submission, Submission.at < now - SUBMISSIONS_KEPT)


def letters(now: datetime) -> int:
    """Letters that went out or were given up a month ago."""
    old = now - LETTERS_KEPT
    return _forget(Letter, or_(Letter.sent_at < old, Letter.given_up_at < old))


def notices(now: datetime) -> int:
    """Notices that were read a year ago."""
    return _forget(Notice, Notice.read_at < now - NOTICES_KEPT)


def removed_skills(now: datetime) -> int:
    """Skills that were taken out of a profile."""
    return _forget(Skill, Skill.removed_at < now - REMOVED_KEPT)


def removed_stories(now: datetime) -> int:
    """Stories that were taken out of a profile."""
    return _forget(Story, Story.removed_at < now - REMOVED_KEPT)


def retracted_words(now: datetime) -> int:
    """Words of notes and decisions that their writer took back; the place stays."""
    return lines.forget_retracted(now, AT_ONCE)


def counters(_now: datetime) -> int:
    """Failed tries whose window is over."""
    tries.forget_old()
    return 0


def people_files(_now: datetime) -> int:
    """People files that nobody confirmed."""
    imports.forget_previews()
    return 0


def wrong_people(_now: datetime) -> int:
    """People that only an undone people file knew, where there were too many to delete at once."""
    import_removal.go_on()
    return 0


STEPS: tuple[Step, ...] = (
    links,
    sign_ins,
    submissions,
    letters,
    notices,
    removed_skills,
    removed_stories,
    retracted_words,
    counters,
    people_files,
    wrong_people,
)


def _forget(table: Any, old: ColumnElement[bool]) -> int:
    key = tuple_(*table.__table__.primary_key.columns)
    with database.only_reading():
        found = [tuple(row) for row in db.session.execute(select(*key.clauses).where(old).limit(AT_ONCE))]
        database.pause()
    if found:
        doomed = delete(table).where(key.in_(found), old).execution_options(synchronize_session=False)
        db.session.execute(doomed)
    return len(found)

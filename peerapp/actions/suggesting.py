"""We promised to write when somebody fits. Who is waiting for that, and has it come true?"""

from datetime import datetime

from sqlalchemy import select

from peerapp import clock
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Person
from peerapp.queries.suggestions import nobody_yet
from peerapp.rules.notice_kinds import NoticeKind

AT_ONCE = 200  # people looked at in one tick


def remember_whether_somebody_fits(person: Person) -> None:
    """After a change of the profile: note since when nobody fits, or forget it."""
    now = clock.now()
    if nobody_yet(person, now.date()):
        person.unmatched_since = person.unmatched_since or now
    else:
        person.unmatched_since = None
    db.session.flush()


def write_when_somebody_fits(now: datetime) -> int:
    """Tell those who were waiting, each once; how many. A second run finds them told."""
    waiting = db.session.scalars(
        select(Person)
        .where(Person.unmatched_since.is_not(None), Person.left_at.is_(None))
        .order_by(Person.unmatched_since)
        .limit(AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True),
    ).all()
    told = [person for person in waiting if not nobody_yet(person, now.date())]
    for person in told:
        person.unmatched_since = None
        tell(person, NoticeKind.MATCH_FOUND, "/people")
    db.session.flush()
    return len(told)

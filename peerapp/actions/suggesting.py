"""Who is chosen to be suggested to whom? After every change of one's profile, and once a day for who comes here.

We promised to write when somebody fits: whoever found nobody is looked after every hour and hears of it once.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select

from peerapp import clock
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Person, SignIn, Skill, Suggestion
from peerapp.queries.suggestions import best_for
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.suggesting import CHOSEN

AT_ONCE = 40  # people chosen for in one tick, which holds up every writer while it lasts
AGAIN_AFTER, UNMATCHED_AGAIN_AFTER = timedelta(days=1), timedelta(hours=1)


def choose_for(person: Person) -> bool:
    """Choose anew; whether anybody fits."""
    now = clock.now()
    db.session.flush()
    db.session.execute(delete(Suggestion).where(Suggestion.person_id == person.id))
    best = best_for(person, now.date())[:CHOSEN]
    db.session.add_all(
        Suggestion(person_id=person.id, other_id=someone.id, place=place) for place, someone in enumerate(best)
    )
    person.suggested_at = now
    waits = not best and _has_profile(person)
    person.unmatched_since = (person.unmatched_since or now) if waits else None
    db.session.flush()
    return bool(best)


def choose_where_due(now: datetime) -> int:
    """Choose for those whose suggestions are old; tell those who found nobody before. How many were told."""
    comes_here = exists().where(SignIn.person_id == Person.id)
    due = or_(
        Person.suggested_at.is_(None),
        and_(Person.unmatched_since.is_(None), Person.suggested_at <= now - AGAIN_AFTER),
        and_(Person.unmatched_since.is_not(None), Person.suggested_at <= now - UNMATCHED_AGAIN_AFTER),
    )
    people = db.session.scalars(
        select(Person)
        .where(Person.left_at.is_(None), due, or_(comes_here, Person.unmatched_since.is_not(None)))
        .order_by(Person.suggested_at, Person.id)
        .limit(AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True),
    ).all()
    return sum(_choose_and_tell(person) for person in people)


def choose_for_everybody() -> int:
    """After people were brought in together with their profiles; for how many."""
    people = db.session.scalars(select(Person).where(Person.left_at.is_(None))).all()
    for person in people:
        choose_for(person)
    return len(people)


def _has_profile(person: Person) -> bool:
    mine = exists().where(Skill.person_id == person.id, Skill.removed_at.is_(None))
    return bool(db.session.scalar(select(mine)))


def _choose_and_tell(person: Person) -> bool:
    waited = person.unmatched_since is not None
    told = choose_for(person) and waited
    if told:
        tell(person, NoticeKind.MATCH_FOUND, "/people")
    return told

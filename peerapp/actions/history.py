"""How is a change in the journal, of a comment or of the charter remembered, so that it can be told and taken back?

Every change names what it found and what it left, under the same names: those of `line_state.py` for a line, `when`,
`minutes`, `place` and `cancelled` for the plan of a session, the keys of its lines for the charter, `minutes`, `every`
and `sessions` for the rhythm. The thing and its pair have their new version already.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import (
    About,
    Action,
    AgendaPoint,
    Change,
    ChangeKind,
    Comment,
    Decision,
    NoteBlock,
    Pair,
    Person,
    Session,
)

State = Mapping[str, Any]
Line = NoteBlock | AgendaPoint | Decision | Action | Comment
Thing = Line | Session | Pair
GOES_ON = timedelta(minutes=10)  # after the last letter that belongs to the same change
ABOUT: Mapping[type[Any], About] = {
    NoteBlock: About.NOTE,
    AgendaPoint: About.POINT,
    Decision: About.DECISION,
    Action: About.ACTION,
    Comment: About.COMMENT,
    Session: About.PLAN,
    Pair: About.CHARTER,
}


def record(
    thing: Thing,
    pair: Pair,
    by: Person,
    before: State,
    after: State,
    *,
    kind: ChangeKind = ChangeKind.CHANGED,
    typed: bool = False,
    about: About | None = None,
) -> Change:
    """Note a change. What is `typed` goes on with what the same person typed there a moment before.

    `about` says what of a pair it was; its charter unless told otherwise.
    """
    now = clock.now()
    if typed and (last := _being_typed(thing, by, now)):
        return _go_on(last, before, after, now)
    change = Change(
        pair_id=pair.id,
        session_id=_session_of(thing),
        about=about or ABOUT[type(thing)],
        thing_id=thing.id,
        actor_id=by.id,
        kind=kind,
        at=now,
        number=pair.version,
        before=dict(before),
        after=dict(after),
        typed_until=now + GOES_ON if typed else None,
    )
    db.session.add(change)
    db.session.flush()
    return change


def finish(thing: Thing, by: Person) -> Change | None:
    """What was typed is sent: what comes next is another change. The change that it was, if there was one."""
    last = _being_typed(thing, by, clock.now())
    if last is not None:
        last.typed_until = None
        db.session.flush()
    return last


def last_of(thing: Thing) -> Change | None:
    """The latest change of this thing."""
    latest = select(Change).where(Change.thing_id == thing.id, Change.about == ABOUT[type(thing)])
    return db.session.scalars(latest.order_by(Change.number.desc(), Change.at.desc()).limit(1)).one_or_none()


def _session_of(thing: Thing) -> Any:
    return thing.id if isinstance(thing, Session) else getattr(thing, "session_id", None)


def _being_typed(thing: Thing, by: Person, now: datetime) -> Change | None:
    last = last_of(thing)
    is_on = last is not None and last.typed_until is not None and last.typed_until >= now
    return last if last is not None and is_on and last.actor_id == by.id and last.undone_at is None else None


def _go_on(last: Change, before: State, after: State, now: datetime) -> Change:
    """The first `before` and the latest `after` count; what is again as it was is no change."""
    old, new = last.before, {**last.after, **after}
    if last.kind is not ChangeKind.MADE:
        old = {**before, **last.before}
        same = {name for name in old if old[name] == new.get(name)}
        old, new = ({name: side[name] for name in side if name not in same} for side in (old, new))
    last.before, last.after, last.typed_until = old, new, now + GOES_ON
    db.session.flush()
    return last

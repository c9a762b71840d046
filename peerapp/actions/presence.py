"""Being here: saying so for a moment, saying what one edits, and leaving without a trace."""

import re
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from peerapp import clock
from peerapp.db import db, insert_unless_there
from peerapp.models import Presence, Session
from peerapp.rules.states import SessionState

LASTS = timedelta(seconds=45)
RENEWED = timedelta(seconds=20)  # before it is over
EDITABLE = re.compile(r"(goal|note)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Place = tuple[UUID, UUID]  # a pair, and the one of the two who is there
_MINE = (Presence.pair_id == bindparam("pair"), Presence.person_id == bindparam("me"))
_RUNS = select(Session.id).where(Session.pair_id == bindparam("pair"), Session.state == SessionState.RUNNING).limit(1)


def is_editable(what: str) -> bool:
    """Whether this may be the id of a card or note on a page; "" is nothing."""
    return not what or EDITABLE.fullmatch(what) is not None


def stay(pair_id: UUID, person_id: UUID) -> None:
    """Be here for another moment."""
    until = clock.now() + LASTS
    if not insert_unless_there(Presence, pair_id=pair_id, person_id=person_id, until=until, editing=""):
        db.session.execute(update(Presence).where(*_MINE).values(until=until), {"pair": pair_id, "me": person_id})


def edit(pair_id: UUID, person_id: UUID, what: str) -> None:
    """Have this open to edit, or nothing any more. Outside a session nobody is told, and nothing is kept."""
    if db.session.scalar(_RUNS, {"pair": pair_id}) is None:
        return
    stay(pair_id, person_id)
    db.session.execute(update(Presence).where(*_MINE).values(editing=what), {"pair": pair_id, "me": person_id})


def go(places: Collection[Place]) -> None:
    """Be here no longer; with them goes whatever is over."""
    for pair_id, person_id in places:
        db.session.execute(delete(Presence).where(*_MINE), {"pair": pair_id, "me": person_id})
    db.session.execute(delete(Presence).where(Presence.until < clock.now()))

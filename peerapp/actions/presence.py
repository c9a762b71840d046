"""Being here: saying so for a moment, saying what one edits, and leaving without a trace."""

import re
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from peerapp import clock
from peerapp.db import db, insert_into
from peerapp.models import Presence, Session
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import SessionState

LASTS = timedelta(seconds=45)
RENEWED = timedelta(seconds=20)  # before it is over
TOGETHER = LASTS - timedelta(seconds=5)  # whoever has less left is renewed with the others: one commit for many
EDITABLE = re.compile(r"(goal|note)_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Place = tuple[UUID, UUID]  # a pair, and the one of the two who is there
_MINE = (Presence.pair_id == bindparam("pair"), Presence.person_id == bindparam("me"))
_MEETS = (Session.state == SessionState.RUNNING, Session.kind == SessionKind.MEETING)
_RUNS = select(Session.id).where(Session.pair_id == bindparam("pair"), *_MEETS).limit(1)


def is_editable(what: str) -> bool:
    """Whether this may be the id of a card or note on a page; "" is nothing."""
    return not what or EDITABLE.fullmatch(what) is not None


def stay(places: Collection[Place]) -> None:
    """Be here for another moment. Many at once: writers wait for it."""
    said = insert_into(Presence)
    said = said.on_conflict_do_update(index_elements=["pair_id", "person_id"], set_={"until": said.excluded.until})
    until = clock.now() + LASTS
    rows = [{"pair_id": pair, "person_id": person, "until": until, "editing": ""} for pair, person in sorted(places)]
    db.session.connection().execute(said, rows)


def edit(pair_id: UUID, person_id: UUID, what: str) -> bool:
    """Have this open to edit, or nothing any more. False outside a session: nobody is told, and nothing is kept."""
    if db.session.scalar(_RUNS, {"pair": pair_id}) is None:
        return False
    stay([(pair_id, person_id)])
    db.session.execute(update(Presence).where(*_MINE).values(editing=what), {"pair": pair_id, "me": person_id})
    return True


def go(places: Collection[Place]) -> None:
    """Be here no longer; with them goes whatever is over."""
    left = [{"pair": pair_id, "me": person_id} for pair_id, person_id in sorted(places)]
    db.session.connection().execute(delete(Presence).where(*_MINE), left)
    db.session.execute(delete(Presence).where(Presence.until < clock.now()))

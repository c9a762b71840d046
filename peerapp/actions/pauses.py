"""Which pauses are over? A paused pair goes on by itself on the day it named (by the tick)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from peerapp.actions import sessions
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Pair
from peerapp.queries.pairs import held_pair
from peerapp.rules import pausing
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import PairState

AT_ONCE = 200


def end_pauses(now: datetime) -> int:
    """Let every pair go on whose day has come, and tell both; how many. A second run finds none."""
    due = (Pair.state == PairState.PAUSED, Pair.paused_until <= now.date())
    found = db.session.scalars(select(Pair.id).where(*due).order_by(Pair.paused_until, Pair.id).limit(AT_ONCE)).all()
    return sum(_go_on(pair_id, now) for pair_id in found)


def _go_on(pair_id: UUID, now: datetime) -> bool:
    """Under the pair's lock: whoever goes on, pauses anew or ends at this moment comes first."""
    pair = held_pair(pair_id)
    if pair.state is not PairState.PAUSED or not pausing.is_over(pair.paused_until, now.date()):
        return False
    pair.become(PairState.ACTIVE)
    pair.paused_until = None
    sessions.wake(pair, now)
    for member in pair.members:
        partner = pair.partner_of(member.person)
        tell(member.person, NoticeKind.PAUSE_OVER, f"/pairs/{pair.id}", name=partner.first_name)
    db.session.flush()
    return True

"""What happens next? The owner writes it once the result is out, and everybody who was asked is told, once."""

from peerapp import clock
from peerapp.actions import rounds_told
from peerapp.db import db
from peerapp.models import Round
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import RoundState
from peerapp.rules.words import N_

TOO_EARLY = Refusal(N_("Write this once the result is out."))


def write(round_: Round, words: str) -> Refusal | bool:
    """Whether everybody was told: the first time they are, later changes are quiet."""
    db.session.refresh(round_, with_for_update=True)
    if round_.state is not RoundState.RELEASED:
        return TOO_EARLY
    is_first = round_.what_next_at is None
    round_.what_next = words
    round_.what_next_at = round_.what_next_at or clock.now()
    db.session.flush()
    if is_first:
        rounds_told.next_written(round_.id)
    return is_first

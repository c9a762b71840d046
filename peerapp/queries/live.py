"""Has anything changed for the two? One narrow statement, asked again and again by every page that is open.

It finds out in one go who asks, whether they are one of the two, and the pair's version, past the session's machinery.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Membership, Pair, Person, SignIn

_VERSION = (
    select(Pair.version)
    .select_from(SignIn)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, (Membership.person_id == Person.id) & (Membership.pair_id == bindparam("pair")))
    .outerjoin(Pair, Pair.id == Membership.pair_id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at > bindparam("now"), Person.left_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`version` is None for a stranger to the pair, and where there is none."""

    is_signed_in: bool
    version: int | None


def version_of(token_hash: str, pair_id: UUID) -> Answer:
    """The version of the pair for whoever holds this token."""
    with db.engine.connect() as connection:
        asked = {"token_hash": token_hash, "pair": pair_id, "now": clock.now()}
        row = connection.execute(_VERSION, asked).first()
    return Answer(row is not None, row[0] if row else None)

"""Has anything changed for the two? Narrow statements, asked again and again for every page that is open.

Each finds out in one go who asks, whether they are one of the two, and the pair's version, past the session's
machinery.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Membership, Pair, Person, SignIn
from peerapp.rules.states import PairState

OPEN = (PairState.ACTIVE, PairState.PAUSED)
_READER = (SignIn.expires_at > bindparam("now"), Person.left_at.is_(None))
_OF_PAIR = (Membership.person_id == Person.id) & (Membership.pair_id == bindparam("pair"))
_ASKED = (
    select(Pair.version)
    .select_from(SignIn)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, _OF_PAIR)
    .outerjoin(Pair, Pair.id == Membership.pair_id)
    .where(SignIn.token_hash == bindparam("token_hash"), *_READER)
)
_READERS = _ASKED.add_columns(Person.id, Pair.state)
_WATCHED = (
    select(SignIn.token_hash, Pair.id, Pair.version)
    .join(Person, Person.id == SignIn.person_id)
    .join(Membership, Membership.person_id == Person.id)
    .join(Pair, Pair.id == Membership.pair_id)
    .where(
        SignIn.token_hash.in_(bindparam("tokens", expanding=True)),
        Pair.id.in_(bindparam("pairs", expanding=True)),
        Pair.state.in_(OPEN),
        *_READER,
    )
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`version` is None for a stranger to the pair, and where there is none."""

    is_signed_in: bool
    version: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a stream. `version` is None for a stranger to the pair, and where there is none."""

    person_id: UUID
    version: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What one of the two sees of the other."""

    version: int
    is_here: bool = False
    editing: str = ""


Found = Mapping[tuple[str, UUID], Seen]


def version_of(token_hash: str, pair_id: UUID) -> Answer:
    """The version of the pair for whoever holds this token."""
    with db.engine.connect() as connection:
        asked = {"token_hash": token_hash, "pair": pair_id, "now": clock.now()}
        row = connection.execute(_ASKED, asked).first()
    return Answer(row is not None, row[0] if row else None)


def reader_of(token_hash: str, pair_id: UUID) -> Reader | None:
    """Whoever holds this token, as a reader of the pair; None where nobody is signed in."""
    with db.engine.connect() as connection:
        asked = {"token_hash": token_hash, "pair": pair_id, "now": clock.now()}
        row = connection.execute(_READERS, asked).first()
    return Reader(row[1], row[0], row[2] in OPEN) if row else None


def what_they_see(open_pages: Collection[tuple[str, UUID]]) -> Found:
    """For many open pages (token and pair) at once; whoever may read no longer is not among them."""
    asked = {
        "tokens": [token for token, _pair in open_pages],
        "pairs": list({pair for _token, pair in open_pages}),
        "now": clock.now(),
    }
    with db.engine.connect() as connection:
        found = {(row[0], row[1]): Seen(row[2]) for row in connection.execute(_WATCHED, asked)}
    return {page: found[page] for page in open_pages if page in found}

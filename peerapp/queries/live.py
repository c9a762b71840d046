"""Has anything changed for the two? Narrow statements, asked again and again for every page that is open.

Each finds out in one go who asks, whether they are one of the two, and the pair's version, past the session's
machinery.
"""

from collections.abc import Collection, Mapping, Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Membership, Pair, Person, Presence, Session, SignIn
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import PairState, SessionState

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
_RUNS = (
    exists()
    .where(Session.pair_id == Pair.id, Session.state == SessionState.RUNNING, Session.kind == SessionKind.MEETING)
    .correlate(Pair)
)
_WATCHED = (
    select(SignIn.token_hash, Pair.id, Pair.version, Person.id, _RUNS)
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
_VERSIONS = select(Pair.id, Pair.version).where(Pair.id.in_(bindparam("pairs", expanding=True)))
_PRESENT = select(Presence.pair_id, Presence.person_id, Presence.until, Presence.editing).where(
    Presence.pair_id.in_(bindparam("pairs", expanding=True)), Presence.until > bindparam("now")
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
    """What one of the two sees of the other. `stays_until` is about themselves: None where nobody knows yet that they are here."""

    version: int
    is_running: bool
    is_here: bool
    editing: str
    stays_until: datetime | None


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


def versions_of(pairs: Collection[UUID]) -> dict[UUID, int]:
    """Of many pairs at once. Nobody is asked for: whoever is told had the right to know when they last were looked at."""
    with db.engine.connect() as connection:
        return dict(connection.execute(_VERSIONS, {"pairs": list(pairs)}).all())


def what_they_see(open_pages: AbstractSet[tuple[str, UUID]]) -> Found:
    """For many open pages (token and pair) at once; whoever may read no longer is not among them."""
    asked: dict[str, Any] = {
        "tokens": [token for token, _pair in open_pages],
        "pairs": list({pair for _token, pair in open_pages}),
        "now": clock.now(),
    }
    with db.engine.connect() as connection:
        rows = [row for row in connection.execute(_WATCHED, asked) if (row[0], row[1]) in open_pages]
        present = _present(connection, [row[1] for row in rows if row[4]], asked["now"])
    found = {}
    for token, pair, version, me, is_running in rows:
        there = present.get(pair, {})
        editing = next((each[1] for who, each in there.items() if who != me), None)
        mine = there.get(me)
        found[token, pair] = Seen(version, is_running, editing is not None, editing or "", mine[0] if mine else None)
    return found


def partner_of(pair_id: UUID, me: UUID) -> tuple[bool, str]:
    """Whether the other of the two is here, and the id of what they have open to edit."""
    asked = {"pairs": [pair_id], "now": clock.now()}
    editing = next((what for _, who, _, what in db.session.execute(_PRESENT, asked) if who != me), None)
    return editing is not None, editing or ""


def _present(
    connection: Connection, pairs: Collection[UUID], now: datetime
) -> dict[UUID, dict[UUID, tuple[datetime, str]]]:
    """Of pairs in a session: who is here, until when, and what they edit."""
    found: dict[UUID, dict[UUID, tuple[datetime, str]]] = {}
    if pairs:
        for pair, person, until, editing in connection.execute(_PRESENT, {"pairs": list(set(pairs)), "now": now}):
            found.setdefault(pair, {})[person] = (until, editing)
    return found

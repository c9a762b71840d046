"""Who would be asked, into which parts do they fall, and who else is asked just now?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import force_locale, gettext as _
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from peerapp.db import db
from peerapp.models import Membership, Pair, Person, RollEntry, Round, RoundReader, Unit
from peerapp.rules.audiences import OTHERS, AudienceKind, SplitBy, parts_of
from peerapp.rules.release_rules import OVERLAP_WINDOW
from peerapp.rules.rounds import CAP_WINDOW, Asked, People, Plan, is_asked_enough
from peerapp.rules.states import PairState, RoundState

RUNNING = (RoundState.OPENING, RoundState.OPEN, RoundState.CLOSING)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a round is for, before anybody is left out. `chosen`: ids of units, or of people; empty for the programme."""

    owner_id: UUID
    kind: AudienceKind
    chosen: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Someone:
    id: UUID
    unit: str
    site: str


def meant_by(round_: Round) -> Meant:
    return Meant(round_.owner_id, round_.audience_kind, frozenset(UUID(each) for each in round_.audience))


def asked_by(meant: Meant, now: datetime) -> list[Someone]:
    """Who is asked: active, not the owner of a unit or a programme, and not asked often enough already, told to nobody.

    An owner who picked herself by hand stays in, so that the rule can say why not.
    """
    people = (
        select(Person.id, func.coalesce(Unit.name, ""), Person.site)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    )
    if meant.kind is AudienceKind.PEOPLE:
        people = people.where(Person.id.in_(meant.chosen))
    else:
        people = people.where(Person.id != meant.owner_id)
        people = people.where(
            Person.unit_id.in_(meant.chosen) if meant.kind is AudienceKind.UNITS else Person.id.in_(_in_pairs())
        )
    tired = _asked_enough(now)
    return [Someone(*row) for row in db.session.execute(people) if row[0] not in tired]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be asked, and where a wider circle would find them."""

    someone: Someone
    unit_id: UUID | None
    has_pair: bool


def everybody(owner_id: UUID, now: datetime) -> list[Candidate]:
    """All who can be asked by this owner, whatever the circle: for proposing a wider one. Two statements."""
    question = (
        select(Person.id, func.coalesce(Unit.name, ""), Person.site, Person.unit_id, Person.id.in_(_in_pairs()))
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.left_at.is_(None), Person.id != owner_id)
        .order_by(Person.id)
    )
    tired = _asked_enough(now)
    return [
        Candidate(Someone(person, unit, site), unit_id, bool(has_pair))
        for person, unit, site, unit_id, has_pair in db.session.execute(question)
        if person not in tired
    ]


def parts_by_name(people: list[Someone], round_: Round, *, joins: bool = False) -> dict[str, People]:
    """The parts of the split; empty where there is none. `joins`: as if the small ones were joined."""
    if round_.split_by is SplitBy.NONE:
        return {}
    groups = {each.id: each.unit if round_.split_by is SplitBy.UNIT else each.site for each in people}
    with force_locale(round_.language):
        return parts_of(groups, others=_(OTHERS) if joins or round_.joins_small else "")


def plan_of(round_: Round, people: list[Someone], now: datetime) -> Plan:
    """The round as the rules look at it, before it opens."""
    return Plan(
        questions=round_.asked(),
        audience=frozenset(each.id for each in people),
        owner=round_.owner_id,
        readers=readers_of(round_.id),
        minimum=round_.minimum,
        opens_at=now,
        closes_at=round_.closes_at,
        parts=parts_by_name(people, round_),
    )


def readers_of(round_id: UUID) -> People:
    return frozenset(db.session.scalars(select(RoundReader.person_id).where(RoundReader.round_id == round_id)))


def asked_elsewhere(now: datetime) -> list[Asked]:
    """The audiences of all rounds that are open or closed lately, with their parts."""
    in_the_way = select(Round.id).where(or_(Round.state.in_(RUNNING), Round.ended_at > now - OVERLAP_WINDOW))
    rounds: dict[UUID, dict[int, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    rows = select(RollEntry.round_id, RollEntry.part, RollEntry.person_id).where(RollEntry.round_id.in_(in_the_way))
    for round_id, part, person_id in db.session.execute(rows):
        rounds[round_id][part].add(person_id)
    return [
        Asked(frozenset().union(*parts.values()), tuple(frozenset(each) for each in parts.values()))
        for parts in rounds.values()
    ]


def _in_pairs() -> Select[UUID]:
    pair = aliased(Pair)
    return (
        select(Membership.person_id)
        .join(pair, pair.id == Membership.pair_id)
        .where(pair.state.in_([PairState.ACTIVE, PairState.PAUSED]))
    )


def _asked_enough(now: datetime) -> People:
    lately = (
        select(RollEntry.person_id, func.count())
        .join(Round, Round.id == RollEntry.round_id)
        .where(Round.opens_at > now - CAP_WINDOW)
        .group_by(RollEntry.person_id)
    )
    return frozenset(person_id for person_id, times in db.session.execute(lately) if is_asked_enough(times))

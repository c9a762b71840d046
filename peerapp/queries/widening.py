"""Can this be anonymous? And where it cannot: which change would make it so, of those that one click can make?

A proposal is offered only when the rules pass it. Nothing here says who stands in the way.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from peerapp.models import Round
from peerapp.queries.audiences import (
    Candidate,
    Someone,
    asked_by,
    asked_elsewhere,
    everybody,
    meant_by,
    parts_by_name,
    plan_of,
)
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.overlap import NEARLY_THE_SAME
from peerapp.rules.refusal import Refusal
from peerapp.rules.rounds import (
    ONE_PART,
    OWNER_ASKED,
    SMALL_AUDIENCE,
    SMALL_PART,
    TOO_MANY_PARTS,
    UNFIT_PARTS,
    Asked,
    Plan,
    people_refusals,
    refusals,
)

UNITS_OFFERED = 2
OF_A_SPLIT = (SMALL_PART, ONE_PART, TOO_MANY_PARTS, UNFIT_PARTS)


class Way(StrEnum):
    """What one click changes."""

    UNIT = "unit"  # one more unit, or that unit in place of the people picked
    ALL_UNITS = "all_units"
    PROGRAMME = "programme"
    ME_OUT = "me_out"
    NO_SPLIT = "no_split"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Offer:
    """`name` of the unit; `people` who would be asked then, 0 where that number stays."""

    way: Way
    unit_id: UUID | None = None
    name: str = ""
    people: int = 0

    @property
    def does(self) -> str:
        """The value of its button."""
        return f"{self.way.value}:{self.unit_id}" if self.unit_id else self.way.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """`about_people`: what keeps this audience from being asked; `others`: what else has to be put right first."""

    people: int
    parts: Mapping[str, int]
    about_people: tuple[Refusal, ...]
    others: tuple[Refusal, ...]
    offers: tuple[Offer, ...]

    @property
    def may_open(self) -> bool:
        return not self.about_people and not self.others


def verdict_on(draft: Round, now: datetime) -> Verdict:
    """What the rules say of this draft as it stands."""
    plan, others = plan_of(draft, asked_by(meant_by(draft), now), now), asked_elsewhere(now)
    about_people = people_refusals(plan, others)
    return Verdict(
        people=len(plan.audience),
        parts={name: len(people) for name, people in plan.parts.items()},
        about_people=about_people,
        others=refusals(plan, others)[len(about_people) :],
        offers=tuple(_offers(draft, plan, about_people, others, now)) if about_people else (),
    )


def _offers(draft: Round, plan: Plan, found: Sequence[Refusal], others: list[Asked], now: datetime) -> Iterator[Offer]:
    if OWNER_ASKED in found:
        yield Offer(Way.ME_OUT)
    can_ask = everybody(draft.owner_id, now)
    if any(each in found for each in OF_A_SPLIT):
        yield from _without_split(draft, plan, others, can_ask)
    if SMALL_AUDIENCE in found or NEARLY_THE_SAME in found:
        yield from _wider(draft, plan, others, can_ask)


def _without_split(draft: Round, plan: Plan, others: list[Asked], can_ask: list[Candidate]) -> Iterator[Offer]:
    if not draft.joins_small:
        asked = [each.someone for each in can_ask if each.someone.id in plan.audience]
        if _passes(draft, plan, others, asked, joins=True):
            yield Offer(Way.JOIN)
    yield Offer(Way.NO_SPLIT)


def _wider(draft: Round, plan: Plan, others: list[Asked], can_ask: list[Candidate]) -> Iterator[Offer]:
    units = _units_of(draft, can_ask)
    offered = 0
    for unit_id, name in _next_units(draft, plan, can_ask):
        asked = [each.someone for each in can_ask if each.unit_id in {*units, unit_id}]
        if offered < UNITS_OFFERED and _passes(draft, plan, others, asked):
            offered += 1
            yield Offer(Way.UNIT, unit_id, name, len(asked))
    in_units = [each.someone for each in can_ask if each.unit_id]
    if _passes(draft, plan, others, in_units):
        yield Offer(Way.ALL_UNITS, people=len(in_units))
    in_pairs = [each.someone for each in can_ask if each.has_pair]
    if draft.audience_kind is not AudienceKind.PROGRAMME and _passes(draft, plan, others, in_pairs):
        yield Offer(Way.PROGRAMME, people=len(in_pairs))


def _units_of(draft: Round, can_ask: list[Candidate]) -> set[UUID]:
    """The units that are asked so far; none where people were picked by hand."""
    if draft.audience_kind is not AudienceKind.UNITS:
        return set()
    return {UUID(each) for each in draft.audience} & {each.unit_id for each in can_ask if each.unit_id}


def _next_units(draft: Round, plan: Plan, can_ask: list[Candidate]) -> list[tuple[UUID, str]]:
    """Units to ask besides: first those of the people asked so far, then of the same site, then small ones."""
    units = _units_of(draft, can_ask)
    home = [each for each in can_ask if each.someone.id in plan.audience or each.unit_id in units]
    sites, mine = {each.someone.site for each in home}, Counter(each.unit_id for each in home)
    sizes = Counter((each.unit_id, each.someone.unit) for each in can_ask if each.unit_id and each.unit_id not in units)
    near = {each.unit_id for each in can_ask if each.someone.site in sites}
    order = sorted(sizes, key=lambda unit: (-mine[unit[0]], unit[0] not in near, sizes[unit], unit[1]))
    return [(unit_id, name) for unit_id, name in order if unit_id]


def _passes(draft: Round, plan: Plan, others: list[Asked], asked: list[Someone], *, joins: bool = False) -> bool:
    """Whether the rules let these people be asked, with the split that the draft has."""
    parts = parts_by_name(asked, draft, joins=joins) if draft.split_by is not SplitBy.NONE else {}
    audience = frozenset(each.id for each in asked)
    return not people_refusals(replace(plan, audience=audience, parts=parts), others)

"""Whom might this person learn with? A few colleagues who have room, chosen from a bounded and fair sample.

They are chosen when a profile changes and once a day (actions/suggesting.py); a page only reads who was chosen.
The sample begins at a different place for everybody, so that not the same few are shown to all; its size does not
depend on the size of the company. Never twice somebody one was a pair with, nobody asked or asking already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, exists, select, union

from peerapp.db import rows
from peerapp.models import Person, Request, SearchWord, Skill, Suggestion
from peerapp.models.profiles import Direction
from peerapp.queries.colleagues import ME, OPEN, Colleague, ever_paired, faces, in_sight, room_left, with_bars
from peerapp.queries.profiles import profiles_of
from peerapp.queries.sent_often import one_of
from peerapp.rules import cadence, suggesting
from peerapp.rules.areas import Area
from peerapp.rules.matching import Profile, stems
from peerapp.rules.suggesting import Nearness

FROM_EACH = 12  # people of each area and word, on either side of where the viewer's sample begins
WORDS = 8


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`recruit`: in the first 90 days, peers who joined lately or know one's field come first."""

    people: tuple[Colleague, ...]
    recruit: bool
    has_profile: bool


def best_for(person: Person, today: date) -> list[Colleague]:
    """Choose from the sample, the best first: one's own profile, who comes into question, their profiles."""
    mine = profiles_of(person, ()).of(person.id)
    recruit = is_recruit(person, today)
    sample = _sample_for(person, mine, today if recruit else None)
    near = {row.id: _nearness(person, row, today) for row in sample}
    people = [
        someone
        for someone in with_bars(person, sample)
        if suggesting.speaks_for(someone.bars, near[someone.id], new_recruit=recruit)
    ]
    return sorted(people, key=lambda one: suggesting.worth(one.bars, near[one.id], new_recruit=recruit), reverse=True)


def is_recruit(person: Person, today: date) -> bool:
    return cadence.is_new_recruit(person.started_on, today)


def _nearness(viewer: Person, row: Row[Any], today: date) -> Nearness:
    lately = today - timedelta(days=suggesting.JOINED_LATELY_DAYS)
    return Nearness(
        joined_lately=row.started_on is not None and row.started_on >= lately,
        same_unit=row.unit_id is not None and row.unit_id == viewer.unit_id,
        both_bridge=viewer.bridging_since is not None and row.bridging_since is not None,
    )


def _sample_for(viewer: Person, mine: Profile, recruit_on: date | None) -> Sequence[Row[Any]]:
    words = sorted({word for want in mine.wants for word in stems(want.words)})[:WORDS]
    learn = tuple(area for area in Area if any(want.area is area for want in mine.wants))
    show = tuple(area for area in Area if any(offer.area is area for offer in mine.offers))
    if not (words or learn or show or recruit_on):
        return []
    values: dict[str, Any] = {f"word_{number}": word for number, word in enumerate(words)}
    values |= {"me": viewer.id, "pivot": viewer.id}
    if recruit_on:
        values["lately"] = recruit_on - timedelta(days=suggesting.JOINED_LATELY_DAYS)
    found = rows(_question(len(words), learn, show, recruit_on is not None), **values)
    return sorted(found, key=lambda row: (row.id < viewer.id, row.id))  # of equals, whoever follows the viewer


@lru_cache(maxsize=512)
def _question(words: int, learn: tuple[Area, ...], show: tuple[Area, ...], recruit: bool) -> Select[*tuple[Any, ...]]:
    """The faces of everybody in the sample; built once for each shape of profile."""
    parts = [
        part for number in range(words) for part in _sample(SearchWord, SearchWord.word == bindparam(f"word_{number}"))
    ]
    for areas, direction in ((learn, Direction.OFFERED), (show, Direction.WANTED)):
        for area in areas:
            parts += _sample(Skill, Skill.area == area, Skill.direction == direction, Skill.removed_at.is_(None))
    if recruit:
        parts += _sample(Person, Person.started_on >= bindparam("lately"))
    return faces().add_columns(Person.unit_id).where(Person.id.in_(union(*parts)))


def _sample(table: Any, *where: ColumnElement[bool]) -> list[Select[*tuple[Any, ...]]]:
    """Some people on either side of the pivot for whom this is true."""
    who = table.id if table is Person else table.person_id
    parts = []
    pivot: BindParameter[UUID] = bindparam("pivot")
    for side, order in ((who > pivot, who), (who < pivot, who.desc())):
        some = select(who.label("id")).where(side, *where, *_suits(table)).order_by(order).limit(FROM_EACH)
        found = some.distinct().subquery()
        parts.append(select(found.c.id))
    return parts


def _suits(table: Any) -> tuple[ColumnElement[bool], ...]:
    """Is there, has room, was never a pair with the viewer, and no request is open between the two."""
    asked = [
        exists().where(Request.sender_id == one, Request.receiver_id == other, one_of(Request.state, OPEN))
        for one, other in ((ME, Person.id), (Person.id, ME))
    ]
    suits = (
        *in_sight(Person),
        room_left(Person) > 0,
        ~ever_paired(Person),
        *(~each.correlate(Person) for each in asked),
    )
    return suits if table is Person else (Person.id == table.person_id, *suits)


def chosen_for_me() -> Select[*tuple[Any, ...]]:
    """The ids of those who were chosen for me and can still be asked, and the places in which they stand."""
    return (
        select(Suggestion.other_id, Suggestion.place)
        .join(Person, Person.id == Suggestion.other_id)
        .where(Suggestion.person_id == ME, *_suits(Person))
        .order_by(Suggestion.place)
        .limit(suggesting.SUGGESTED)
    )

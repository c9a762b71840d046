"""Which colleagues does this person find, by name, by what they can show or have done, by area, by unit?

One statement a page, however many people there are; pages follow each other by key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, literal, or_, select, tuple_, union_all

from peerapp.db import rows
from peerapp.models import Person, SearchWord, Skill, Story, Unit
from peerapp.models.profiles import Direction
from peerapp.queries.colleagues import Colleague, faces, in_sight, with_bars
from peerapp.queries.profiles import profile_rows_of, seen_in
from peerapp.queries.suggestions import Suggestions, chosen_for_me, is_recruit
from peerapp.recent import Recent
from peerapp.rules import searching
from peerapp.rules.areas import Area

A_PAGE = 12
NOWHERE = -1  # the place of whoever is not suggested


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. `after` is the last person of the page before."""

    words: str = ""
    area: Area | None = None
    unit: UUID | None = None
    after: UUID | None = None

    @property
    def is_open(self) -> bool:
        """Whether everybody is meant."""
        return not (searching.wanted(self.words) or self.area or self.unit)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of colleagues; `after` asks for the next one, None at the end."""

    people: tuple[Colleague, ...]
    after: UUID | None

    @property
    def i_am_full(self) -> bool:
        """Whether the viewer has no room for any of them."""
        return any(not someone.i_have_room for someone in self.people)


class Front(NamedTuple):
    """What the page shows: colleagues, and on the first page who is suggested."""

    found: Found
    suggestions: Suggestions | None


_fronts: Recent[Front] = Recent(256)


def find(viewer: Person, wish: Wish) -> Found:
    """One page of what is looked for. Two statements."""
    words = searching.wanted(wish.words)
    values: dict[str, Any] = {"me": viewer.id, "area": wish.area, "unit": wish.unit, "after": wish.after}
    for number, word in enumerate(words):
        values |= {f"in_{number}": f"%{word}%", f"from_{number}": word, f"to_{number}": word + searching.LAST}
    question = _question(len(words), wish.area is not None, wish.unit is not None, wish.after is not None)
    found = rows(question, **{name: value for name, value in values.items() if value is not None}).all()
    return _found(found, with_bars(viewer, found[:A_PAGE]))


def front(viewer: Person, today: date) -> Front:
    """What the directory begins with. Two statements; the same rows are the same page, so bars are not compared anew."""
    faces_found = rows(_FRONT, me=viewer.id).all()
    profiles = profile_rows_of(viewer, [row.id for row in faces_found])
    recruit = is_recruit(viewer, today)
    key = (viewer.id, recruit, *map(tuple, faces_found), *map(tuple, profiles))  # tuples are compared ten times as fast
    return _fronts.get(key, lambda: _front_of(viewer, faces_found, profiles, recruit=recruit))


def _front_of(viewer: Person, faces_found: Sequence[Row[Any]], profiles: Sequence[Row[Any]], *, recruit: bool) -> Front:
    everybody = [row for row in faces_found if row.place == NOWHERE]
    chosen = [row for row in faces_found if row.place != NOWHERE]
    seen = seen_in(profiles)
    mine = seen.of(viewer.id)
    suggestions = Suggestions(
        tuple(with_bars(viewer, chosen, seen)), recruit, has_profile=bool(mine.wants or mine.offers)
    )
    return Front(_found(everybody, with_bars(viewer, everybody[:A_PAGE], seen)), suggestions)


def units() -> tuple[tuple[UUID, str], ...]:
    """Every unit, to choose from."""
    return tuple((row.id, row.name) for row in rows(_UNITS))


def _found(found: Sequence[Row[Any]], people: list[Colleague]) -> Found:
    return Found(tuple(people), found[A_PAGE - 1].id if len(found) > A_PAGE else None)


_UNITS = select(Unit.id, Unit.name).order_by(Unit.name)


@lru_cache(maxsize=64)
def _question(words: int, by_area: bool, by_unit: bool, later: bool) -> Select[*tuple[Any, ...]]:
    """The statement for so many words; built once, sent often."""
    question = faces().where(*in_sight(Person), *(_says(number) for number in range(words)))
    if by_area:
        question = question.where(_knows(bindparam("area", type_=Skill.area.type)))
    if by_unit:
        question = question.where(Person.unit_id == bindparam("unit"))
    if later:
        last = select(Person.sort_name).where(Person.id == bindparam("after")).scalar_subquery()
        question = question.where(tuple_(Person.sort_name, Person.id) > tuple_(last, bindparam("after")))
    return question.order_by(Person.sort_name, Person.id).limit(A_PAGE + 1)


def _says(number: int) -> ColumnElement[bool]:
    """In the name, or at the beginning of a word in an offer or a story."""
    beginning = (SearchWord.word >= bindparam(f"from_{number}"), SearchWord.word < bindparam(f"to_{number}"))
    return or_(
        Person.sort_name.like(bindparam(f"in_{number}")),
        Person.id.in_(select(SearchWord.person_id).where(*beginning)),
    )


def _knows(area: Any) -> ColumnElement[bool]:
    """Can show something in this area, or has a story in it."""
    offers = exists().where(
        Skill.person_id == Person.id,
        Skill.area == area,
        Skill.direction == Direction.OFFERED,
        Skill.removed_at.is_(None),
    )
    tells = exists().where(Story.person_id == Person.id, Story.area == area, Story.removed_at.is_(None))
    return or_(offers, tells)


def _front() -> Select[*tuple[Any, ...]]:
    """The faces of the first page, and of those who are suggested, in their places."""
    first = select(Person.id, literal(NOWHERE).label("place")).where(*in_sight(Person))
    page, chosen = first.order_by(Person.sort_name, Person.id).limit(A_PAGE + 1).subquery(), chosen_for_me().subquery()
    both = union_all(select(page.c.id, page.c.place), select(chosen.c.other_id, chosen.c.place)).subquery()
    return (
        faces()
        .add_columns(both.c.place)
        .join(both, both.c.id == Person.id)
        .order_by(both.c.place, Person.sort_name, Person.id)
    )


_FRONT = _front()

"""What do colleagues want, show, have done and like, as far as this person may see it? One statement for any number.

How somebody likes to work is never read for a person who manages them, directly or over others in between.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import CTE, BindParameter, Row, Select, String, bindparam, literal, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from peerapp.db import db, rows
from peerapp.models import Person, Skill, Story, StyleChoice
from peerapp.models.profiles import Direction
from peerapp.rules import matching
from peerapp.rules.areas import Area
from peerapp.rules.matching import Profile

# Named once: each place where the list stood would be written, and filled, anew at every sending.
_WHO = select(Person.id).where(Person.id.in_(bindparam("who", expanding=True))).cte("who")
_ME: BindParameter[Any] = bindparam("me")
NOBODY = Profile()


@dataclass(frozen=True, slots=True)
class Seen:
    """The profiles that were asked for, and whose working style this person may not see."""

    by_id: dict[UUID, Profile]
    managed: frozenset[UUID]

    def of(self, person_id: UUID) -> Profile:
        return self.by_id.get(person_id, NOBODY)


def _managers() -> CTE:
    """Each of those asked for with everybody above them; `union` ends it where a file made a circle."""
    asked = Person.id.in_(select(_WHO.c.id))
    above = select(Person.id.label("person_id"), Person.manager_id).where(asked).cte(recursive=True)
    boss = aliased(Person)
    return above.union(select(above.c.person_id, boss.manager_id).join(boss, boss.id == above.c.manager_id))


def _rows() -> Any:
    chain = _managers()
    managed = select(chain.c.person_id).where(chain.c.manager_id == _ME)
    skills = _row(Skill, Skill.direction, Skill.area, Skill.words, Skill.new_to_us_since.is_not(None))
    stories = _row(Story, literal("story"), Story.area, Story.body, Story.happy_to_talk_since.is_not(None))
    styles = _row(StyleChoice, literal("style"), StyleChoice.style, StyleChoice.choice, literal(False))
    return union_all(
        skills.where(Skill.removed_at.is_(None)),
        stories.where(Story.removed_at.is_(None)),
        styles.where(StyleChoice.person_id.not_in(managed)),
        select(chain.c.person_id, literal("managed"), literal(""), literal(""), literal(False)).where(
            chain.c.manager_id == _ME
        ),
    ).order_by("person_id", "kind", "what", "words")


def _row(table: Any, kind: Any, what: Any, words: Any, flag: Any) -> Select[*tuple[Any, ...]]:
    plain = [type_coerce(column, String) for column in (kind, what, words)]
    return select(
        table.person_id.label("person_id"),
        plain[0].label("kind"),
        plain[1].label("what"),
        plain[2].label("words"),
        flag.label("flag"),
    ).where(table.person_id.in_(select(_WHO.c.id)))


_PROFILES = _rows()


def profiles_of(viewer: Person, people: Iterable[UUID]) -> Seen:
    """These people's profiles, the viewer's own always among them."""
    return seen_in(profile_rows_of(viewer, people))


def profile_rows_of(viewer: Person, people: Iterable[UUID]) -> Sequence[Row[Any]]:
    """The same as rows, for whoever has made something of these very rows before."""
    return rows(_PROFILES, who=sorted({viewer.id, *people}), me=viewer.id).all()


def seen_in(profile_rows: Iterable[Any]) -> Seen:
    """What these rows say about everybody in them."""
    found: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for person_id, kind, what, words, flag in profile_rows:
        found[person_id][kind].append((what, words, bool(flag)))
    return Seen(
        {person_id: _profile(said) for person_id, said in found.items()},
        frozenset(person_id for person_id, said in found.items() if "managed" in said),
    )


def _profile(said: dict[str, list[Any]]) -> Profile:
    return Profile(
        wants=tuple(matching.Skill(Area(what), words) for what, words, _ in said.get("wanted", ())),
        offers=tuple(matching.Skill(Area(what), words, new) for what, words, new in said.get("offered", ())),
        stories=tuple(matching.Story(Area(what), body, happy) for what, body, happy in said.get("story", ())),
        styles={style: choice for style, choice, _ in said.get("style", ())},
    )


def skills_of(person: Person) -> list[Skill]:
    """The person's own skills, to be changed; ticked areas have no words."""
    return list(
        db.session.scalars(
            select(Skill)
            .where(Skill.person_id == person.id, Skill.removed_at.is_(None))
            .order_by(Skill.area, Skill.words, Skill.direction),
        ),
    )


def skill_of(person: Person, skill_id: UUID) -> Skill:
    """One of the person's own, also when it was just removed; 404 for anybody else's."""
    found = db.session.scalars(select(Skill).where(Skill.id == skill_id, Skill.person_id == person.id)).one_or_none()
    return found or abort(404)


def stories_of(person: Person) -> list[Story]:
    """The person's own stories, the newest first."""
    return list(
        db.session.scalars(
            select(Story)
            .where(Story.person_id == person.id, Story.removed_at.is_(None))
            .order_by(Story.written_at.desc(), Story.id),
        ),
    )


def story_of(person: Person, story_id: UUID) -> Story:
    """One of the person's own, also when it was just removed; 404 for anybody else's."""
    found = db.session.scalars(select(Story).where(Story.id == story_id, Story.person_id == person.id)).one_or_none()
    return found or abort(404)


def styles_of(person: Person) -> dict[str, str]:
    """The person's own choices."""
    rows = db.session.execute(
        select(StyleChoice.style, StyleChoice.choice).where(StyleChoice.person_id == person.id),
    )
    return {row.style: row.choice for row in rows}


def ticked(skills: Iterable[Skill], direction: Direction) -> list[Area]:
    """The areas that were ticked in this direction."""
    return [skill.area for skill in skills if skill.direction is direction and not skill.words]

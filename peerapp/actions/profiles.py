"""Somebody changes their own profile: areas, skills in their own words, stories, working style, room.

What is removed can be taken back for an hour; then it is forgotten (actions/forgetting.py).
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, select

from peerapp import clock
from peerapp.actions import search_words
from peerapp.db import db
from peerapp.models import Person, Skill, Story, StyleChoice
from peerapp.models.profiles import Direction, SkillWords, StoryWords
from peerapp.rules import limits, styles
from peerapp.rules.areas import Area
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

MANY_SKILLS = N_("There are %(most)s skills in your profile already. Remove one before you add the next.")
SAME_SKILL = N_("This stands in your profile already.")
MANY_STORIES = N_("There are %(most)s stories in your profile already. Remove one before you add the next.")


def tick(person: Person, direction: Direction, areas: Iterable[Area]) -> None:
    """Let exactly these areas be ticked in this direction."""
    chosen = set(areas)
    _lock(person)
    there = {skill.area: skill for skill in _skills(person, direction) if not skill.words}
    for area in set(there) - chosen:
        db.session.delete(there[area])
    for area in chosen - set(there):
        db.session.add(Skill(person_id=person.id, direction=direction, area=area))
    db.session.flush()


def add_skill(person: Person, said: SkillWords) -> Skill | Refusal:
    """Add a skill in own words; one that was just removed comes back instead."""
    _lock(person)
    there = [skill for direction in Direction for skill in _skills(person, direction)]
    same = [s for s in there if (s.direction, s.area) == (said.direction, said.area)]
    skill = next((each for each in same if each.words.casefold() == said.words.casefold()), None)
    if skill is not None and skill.removed_at is None:
        return Refusal(SAME_SKILL)
    if sum(each.removed_at is None for each in there) >= limits.SKILLS_MAX:
        return Refusal(MANY_SKILLS, {"most": limits.SKILLS_MAX})
    skill = skill or Skill(person_id=person.id, direction=said.direction, area=said.area)
    skill.words, skill.removed_at = said.words, None
    skill.new_to_us_since = clock.now() if said.new_to_us and said.direction is Direction.OFFERED else None
    db.session.add(skill)
    search_words.index(person)
    return skill


def add_story(person: Person, said: StoryWords) -> Story | Refusal:
    _lock(person)
    mine = select(func.count()).select_from(Story).where(Story.person_id == person.id, Story.removed_at.is_(None))
    if (db.session.scalar(mine) or 0) >= limits.STORIES_MAX:
        return Refusal(MANY_STORIES, {"most": limits.STORIES_MAX})
    story = Story(person_id=person.id, written_at=clock.now())
    db.session.add(story)
    change_story(person, story, said)
    return story


def change_story(person: Person, story: Story, said: StoryWords) -> None:
    story.area, story.body = said.area, said.body
    story.happy_to_talk_since = (story.happy_to_talk_since or clock.now()) if said.happy_to_talk else None
    search_words.index(person)


def remove(person: Person, thing: Skill | Story) -> None:
    """Take a skill or a story out of the profile; `restore` brings it back for a while."""
    thing.removed_at = thing.removed_at or clock.now()
    search_words.index(person)


def restore(person: Person, thing: Skill | Story) -> None:
    thing.removed_at = None
    search_words.index(person)


def choose_styles(person: Person, choices: Mapping[str, str]) -> None:
    """Let exactly these be the person's choices; a style that is not among them was skipped."""
    _lock(person)
    db.session.execute(delete(StyleChoice).where(StyleChoice.person_id == person.id))
    for style, choice in choices.items():
        if styles.is_choice(style, choice):
            db.session.add(StyleChoice(person_id=person.id, style=style, choice=choice))
    db.session.flush()


def make_room(person: Person, room: int, *, bridging: bool) -> None:
    """Say how many pairs there is room for, and whether somebody from elsewhere would be welcome."""
    person.room = room
    person.bridging_since = (person.bridging_since or clock.now()) if bridging else None
    db.session.flush()


def _lock(person: Person) -> None:
    """One change of a profile after the other, so that nothing is there twice."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))


def _skills(person: Person, direction: Direction) -> list[Skill]:
    """All of one direction, removed ones included."""
    return list(
        db.session.scalars(select(Skill).where(Skill.person_id == person.id, Skill.direction == direction)),
    )

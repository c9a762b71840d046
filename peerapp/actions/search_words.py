"""By which words is somebody found? Those of their offers and stories, kept in step with them."""

from sqlalchemy import delete, select

from peerapp.db import db
from peerapp.models import Person, SearchWord, Skill, Story
from peerapp.models.profiles import Direction
from peerapp.rules.matching import stems
from peerapp.rules.searching import words_of


def index(person: Person) -> None:
    """Read what the person shows and has done, and keep exactly its words."""
    db.session.flush()
    db.session.execute(delete(SearchWord).where(SearchWord.person_id == person.id))
    words = {word for text in _texts(person) for word in (*words_of(text), *stems(text))}
    db.session.add_all(SearchWord(person_id=person.id, word=word) for word in sorted(words))
    db.session.flush()


def index_all() -> int:
    """The same for everybody, after people were brought in without their pages; how many."""
    people = db.session.scalars(select(Person)).all()
    for person in people:
        index(person)
    return len(people)


def _texts(person: Person) -> list[str]:
    offers = select(Skill.words).where(
        Skill.person_id == person.id, Skill.direction == Direction.OFFERED, Skill.removed_at.is_(None)
    )
    stories = select(Story.body).where(Story.person_id == person.id, Story.removed_at.is_(None))
    return [*db.session.scalars(offers), *db.session.scalars(stories)]

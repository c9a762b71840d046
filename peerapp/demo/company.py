"""Who comes into the demo company's empty database? Every date counts from the moment it is built."""

from collections.abc import Mapping
from datetime import timedelta

from peerapp import clock
from peerapp.actions import search_words, suggesting
from peerapp.db import db
from peerapp.demo import DOMAIN
from peerapp.demo.pairs import make_pair
from peerapp.demo.people import ADMINISTRATORS, COORDINATORS, LEFT, PEOPLE, ZONES, DemoPerson
from peerapp.demo.rows import add
from peerapp.demo.stories import PAIRS, REQUESTS
from peerapp.models import Person, Request, RoleGrant, Skill, Story, StyleChoice, Unit
from peerapp.models.people import Role
from peerapp.models.profiles import Direction
from peerapp.models.requests import couple_of
from peerapp.rules import cadence
from peerapp.rules.states import RequestState
from peerapp.rules.styles import STYLES


def email_of(name: str) -> str:
    """As in: ana.rivera@example.com."""
    return name.lower().replace("á", "a").replace(" ", ".") + "@" + DOMAIN


def build(password_hash: str) -> None:
    """Fill an empty database; everybody signs in with the password of this hash."""
    people = _people(password_hash)
    for story in PAIRS:
        make_pair(story, people)
    _requests(people)
    db.session.flush()
    search_words.index_all()
    suggesting.choose_for_everybody()


def _people(password_hash: str) -> dict[str, Person]:
    now = clock.now()
    units = {name: add(Unit(name=name)) for name in dict.fromkeys(each.unit for each in PEOPLE)}
    people: dict[str, Person] = {}
    for each in PEOPLE:
        person = Person(
            key=email_of(each.name),
            email=email_of(each.name),
            site=each.site,
            started_on=(now - timedelta(days=each.days)).date(),
            language=each.language,
            time_zone=ZONES[each.site],
            unit_id=units[each.unit].id,
            manager_id=people[each.manager].id if each.manager else None,
            password_hash=password_hash,
            first_signed_in_at=now - timedelta(days=min(each.days, 90)),
            left_at=now if each.name in LEFT else None,
            room=each.room,
        )
        person.rename(each.name)
        people[each.name] = add(person)
        _profile(each, person)
    for names, role in ((COORDINATORS, Role.COORDINATOR), (ADMINISTRATORS, Role.ADMINISTRATOR)):
        for name in names:
            add(RoleGrant(person_id=people[name].id, role=role, granted_at=now))
    return people


def _profile(each: DemoPerson, person: Person) -> None:
    now = clock.now()
    for direction, skills in ((Direction.WANTED, each.wants), (Direction.OFFERED, each.shows)):
        for area, words in skills:
            new = now if words and each.new_to_us and direction is Direction.OFFERED else None
            add(Skill(person_id=person.id, direction=direction, area=area, words=words, new_to_us_since=new))
    if each.story:
        area, body = each.story
        add(Story(person_id=person.id, area=area, body=body, happy_to_talk_since=now, written_at=now))
    chosen = set(each.styles.split())
    for style in STYLES:
        for pole in (style.one, style.other):
            if pole.value in chosen:
                add(StyleChoice(person_id=person.id, style=style.key, choice=pole.value))


def _requests(people: Mapping[str, Person]) -> None:
    now = clock.now()
    for asks, asked, area, words, message, state, days in REQUESTS:
        sent = now - timedelta(days=days)
        later = (now + timedelta(days=20)).date() if state == RequestState.LATER else None
        sender, receiver = people[asks], people[asked]
        add(
            Request(
                sender_id=sender.id,
                receiver_id=receiver.id,
                couple=couple_of(sender.id, receiver.id),
                area=area,
                words=words,
                message=message,
                state=RequestState(state),
                sent_at=sent,
                lapses_at=cadence.lapses_at(sent) if later is None else now + timedelta(days=27),
                later_on=later,
                answered_at=None if state == RequestState.WAITING else sent + timedelta(days=1),
            ),
        )

"""Whom somebody is shown: people with room who fit, from a sample that does not grow with the company."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions.search_words import index_all
from peerapp.actions.suggesting import choose_for, choose_where_due
from peerapp.db import db
from peerapp.models import Block, Notice, Person, Skill
from peerapp.models.profiles import Direction
from peerapp.queries import directory
from peerapp.queries.suggestions import best_for
from peerapp.rules.areas import Area
from peerapp.rules.states import PairState, RequestState
from tests.factories import make_pair, make_person, make_request, make_skill, make_story
from tests.statements import counted

OFFERED, WANTED = Direction.OFFERED, Direction.WANTED
TODAY = clock.now().date()


@pytest.fixture
def ana(cast: dict[str, Person]) -> Person:
    """Ana wants to learn SQL."""
    make_skill(cast["ana"], WANTED, "SQL")
    return cast["ana"]


def names_for(person: Person) -> list[str]:
    """Who is shown on the page, freshly chosen."""
    choose_for(person)
    return names_shown(person)


def names_shown(person: Person) -> list[str]:
    return [someone.first_name for someone in directory.front(person, TODAY)[1].people]


def test_somebody_who_can_show_what_i_want_is_suggested(cast, ana):
    make_skill(cast["zoe"], OFFERED, "SQL queries")
    make_skill(cast["olu"], OFFERED, "pottery")
    assert names_for(ana) == ["Zoe"]


def test_somebody_who_wants_what_i_can_show_is_suggested_after_them(cast, ana):
    make_skill(ana, OFFERED, "planning", Area.TIME)
    make_skill(cast["olu"], WANTED, "planning a week", Area.TIME)
    make_skill(cast["zoe"], OFFERED, "SQL")
    assert names_for(ana) == ["Zoe", "Olu"]


def test_a_story_on_what_i_want_is_found_by_its_words(cast, ana):
    make_story(cast["zoe"], "Moved our reports to SQL.")
    assert names_for(ana) == ["Zoe"]


def no_room(cast):
    cast["zoe"].room = 0


def a_pair_already(cast):
    cast["zoe"].room = cast["ana"].room = 3
    make_pair(cast["ana"], cast["zoe"])


def a_pair_once(cast):
    make_pair(cast["zoe"], cast["ana"], state=PairState.ENDED)


def asked(cast):
    make_request(cast["zoe"], cast["ana"], state=RequestState.LATER)


def blocked(cast):
    db.session.add(Block(person_id=cast["ana"].id, blocked_id=cast["zoe"].id, since=clock.now()))


def blocking(cast):
    db.session.add(Block(person_id=cast["zoe"].id, blocked_id=cast["ana"].id, since=clock.now()))


def left(cast):
    cast["zoe"].left_at = clock.now()


def full(cast):
    make_pair(cast["zoe"], cast["caro"])


@pytest.mark.parametrize("given", [no_room, a_pair_already, a_pair_once, asked, blocked, blocking, left, full])
def test_whoever_cannot_or_should_not_be_asked_is_not_suggested(cast, ana, given):
    make_skill(cast["zoe"], OFFERED, "SQL")
    assert names_for(ana) == ["Zoe"]
    given(cast)
    db.session.commit()
    assert (names_shown(ana), names_for(ana)) == ([], [])


def test_somebody_who_once_declined_may_be_suggested_again(cast, ana):
    make_skill(cast["zoe"], OFFERED, "SQL")
    make_request(ana, cast["zoe"], state=RequestState.DECLINED)
    assert names_for(ana) == ["Zoe"]


def test_a_new_recruit_sees_peers_who_joined_lately_first(cast, ana):
    cast["olu"].started_on = TODAY - timedelta(days=100)
    make_skill(cast["zoe"], OFFERED, "SQL")
    assert names_for(ana) == ["Zoe"]
    ana.started_on = TODAY - timedelta(days=90)
    assert names_for(ana) == ["Olu", "Zoe"]


def test_two_who_both_want_to_bridge_units_meet_sooner_and_nobody_else_does(cast, ana):
    make_skill(cast["ben"], OFFERED, "SQL")
    make_skill(cast["zoe"], OFFERED, "SQL")
    for person in (ana, cast["zoe"]):
        person.bridging_since = clock.now()
    db.session.commit()
    assert names_for(ana) == ["Zoe", "Ben"]


def test_at_most_five_people_are_suggested(cast, ana):
    for number in range(20):
        make_skill(make_person(f"Kim {number:02}"), OFFERED, "SQL")
    assert len(names_for(ana)) == 5


def test_not_the_same_few_are_shown_to_everybody(cast, app):
    for number in range(200):
        make_skill(make_person(f"Kim {number:03}"), OFFERED, "SQL")
    shown = set()
    for number in range(20):
        learner = make_person(f"Learner {number}")
        make_skill(learner, WANTED, "SQL")
        shown |= {someone.name for someone in best_for(learner, TODAY)[:5]}
    assert len(shown) > 30


@pytest.mark.parametrize("people", [10, 2_000])
def test_choosing_and_the_directory_ask_the_same_few_questions_in_any_company(cast, ana, people):
    rows = [
        {"name": f"Kim {n}", "sort_name": f"kim {n}", "key": f"k{n}", "email": f"k{n}@example.com"}
        for n in range(people)
    ]
    made = db.session.scalars(db.insert(Person).returning(Person.id), rows).all()
    offer = {"direction": OFFERED, "area": Area.FUNCTIONAL, "words": "SQL"}
    db.session.execute(db.insert(Skill), [offer | {"person_id": id_} for id_ in made])
    with counted() as choosing:
        assert len(best_for(ana, TODAY)) in {10, 24}
    choose_for(ana)
    with counted() as reading:
        found, suggestions = directory.front(ana, TODAY)
    assert (len(found.people), len(suggestions.people)) == (12, 5)
    assert (len(choosing), len(reading)) == (3, 2)


def test_words_are_found_again_after_everybody_is_read_anew(cast, ana):
    db.session.add(Skill(person_id=cast["zoe"].id, direction=OFFERED, area=Area.TIME, words="planning"))
    db.session.flush()
    assert directory.find(ana, directory.Wish(words="plan")).people == ()
    index_all()
    assert [someone.name for someone in directory.find(ana, directory.Wish(words="plan")).people] == ["Zoe Park"]


def an_hour_later() -> int:
    return choose_where_due(clock.now() + timedelta(hours=1))


def test_who_found_nobody_hears_once_when_somebody_fits(cast, ana):
    choose_for(ana)
    assert (ana.unmatched_since is not None, an_hour_later()) == (True, 0)
    make_skill(cast["zoe"], OFFERED, "SQL")
    assert [choose_where_due(clock.now()), an_hour_later(), an_hour_later()] == [0, 1, 0]
    assert db.session.scalar(select(func.count()).select_from(Notice).where(Notice.person_id == ana.id)) == 1


def test_who_finds_somebody_waits_for_no_letter(cast, ana):
    choose_for(ana)
    make_skill(cast["zoe"], OFFERED, "SQL")
    choose_for(ana)
    assert ana.unmatched_since is None


def test_nobody_is_promised_a_letter_before_saying_what_they_want(cast):
    choose_for(cast["zoe"])
    assert cast["zoe"].unmatched_since is None


def test_suggestions_are_chosen_anew_once_a_day_for_who_comes_here(as_, cast, ana):
    as_("ana")
    choose_for(ana)
    ana.unmatched_since = None
    make_skill(cast["zoe"], OFFERED, "SQL")
    choose_where_due(clock.now())
    assert names_shown(ana) == []
    choose_where_due(clock.now() + timedelta(days=1))
    assert names_shown(ana) == ["Zoe"]

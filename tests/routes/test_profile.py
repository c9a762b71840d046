"""What somebody says about themselves: each section saves by itself, and nothing typed is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from peerapp import clock
from peerapp.actions import forgetting
from peerapp.db import db
from peerapp.models import Person, Skill, Story, StyleChoice
from peerapp.models.profiles import Direction
from peerapp.rules import limits
from peerapp.rules.areas import Area
from tests.factories import make_skill, make_story

WORDS = {"direction": "offered", "skill_area": "functional", "skill_words": "SQL joins"}
STORY = {"story_area": "time", "story_body": "Cut our weekly meeting to twenty minutes."}


def skills_of(person: Person) -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(Skill).where(Skill.person_id == person.id, Skill.removed_at.is_(None)))
    return sorted((row.direction.value, row.area.value, row.words) for row in rows)


def test_ticks_are_saved_and_taken_back(as_, cast):
    ana = as_("ana")
    ana.post("/profile/areas", {"wanted": ["functional", "time"], "offered": "leadership"})
    ana.post("/profile/areas", {"wanted": "time", "offered": "leadership"})
    assert skills_of(cast["ana"]) == [("offered", "leadership", ""), ("wanted", "time", "")]


def test_saving_can_lead_on_to_the_people_who_fit(as_):
    answer = as_("ana").post("/profile/areas", {"wanted": "time", "next": "people"})
    assert (answer.status_code, answer.location) == (303, "/people")


def test_an_area_that_does_not_exist_is_refused(as_, cast):
    assert as_("ana").post("/profile/areas", {"wanted": "juggling"}).status_code == 422
    assert skills_of(cast["ana"]) == []


def test_a_skill_in_own_words_is_added_once_however_often_it_is_sent(as_, cast):
    ana = as_("ana")
    assert ana.post("/profile/skills", WORDS).status_code == 303
    again = ana.post("/profile/skills", WORDS | {"skill_words": "sql JOINS"})
    assert (again.status_code, skills_of(cast["ana"])) == (422, [("offered", "functional", "SQL joins")])
    assert "This stands in your profile already." in again.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"skill_words": " "}, "Name the skill in a few words."),
        ({"skill_words": "x" * 81}, "Keep this under 80 characters."),
        ({"direction": ""}, "Say whether you want to learn it or can show it."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_the_text_stays(as_, cast, typed, sentence):
    answer = as_("ana").post("/profile/skills", WORDS | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert skills_of(cast["ana"]) == []


def test_only_so_many_skills_fit_in_a_profile(as_, cast):
    for number in range(limits.SKILLS_MAX):
        make_skill(cast["ana"], Direction.OFFERED, f"skill {number}")
    answer = as_("ana").post("/profile/skills", WORDS)
    assert (answer.status_code, "Remove one before you add the next." in answer.text) == (422, True)


def test_only_an_offer_can_be_new_to_us(as_, cast):
    ana = as_("ana")
    ana.post("/profile/skills", WORDS | {"new_to_us": "1"})
    ana.post("/profile/skills", WORDS | {"new_to_us": "1", "direction": "wanted"})
    new = db.session.scalars(select(Skill.direction).where(Skill.new_to_us_since.is_not(None))).all()
    assert new == [Direction.OFFERED]


def test_a_removed_skill_can_be_brought_back(as_, cast):
    skill, ana = make_skill(cast["ana"], Direction.OFFERED, "SQL"), as_("ana")
    ana.post(f"/profile/skills/{skill.id}/remove")
    assert f"/profile/skills/{skill.id}/restore" in ana.get("/profile").text
    ana.post(f"/profile/skills/{skill.id}/restore")
    assert skills_of(cast["ana"]) == [("offered", "functional", "SQL")]


def test_what_was_removed_an_hour_ago_is_forgotten(as_, cast):
    make_skill(cast["ana"], Direction.OFFERED, "SQL").removed_at = clock.now() - timedelta(minutes=61)
    make_story(cast["ana"], "Ran a migration.").removed_at = clock.now() - timedelta(minutes=59)
    db.session.commit()
    gone = [step(clock.now()) for step in (forgetting.removed_skills, forgetting.removed_stories)]
    assert gone == [1, 0]


@pytest.mark.parametrize("path", ["/profile/skills/{}/remove", "/profile/skills/{}/restore"])
def test_a_colleagues_skill_is_as_good_as_none(as_, cast, path):
    theirs = make_skill(cast["ben"], Direction.OFFERED, "SQL")
    real, made_up = (as_("ana").post(path.format(id_)) for id_ in (theirs.id, uuid4()))
    assert (real.status_code, real.text) == (404, made_up.text)


def test_a_story_is_told_reworded_removed_and_brought_back(as_, cast):
    ana = as_("ana")
    ana.post("/profile/stories", STORY | {"happy_to_talk": "1"})
    story = db.session.scalars(select(Story)).one()
    ana.post(f"/profile/stories/{story.id}", STORY | {"story_body": "Cut it to ten."})
    assert "Cut it to ten." in ana.get("/profile").text
    assert "Cut it to ten." not in ana.post(f"/profile/stories/{story.id}/remove", follow_redirects=True).text
    assert ana.get(f"/profile/stories/{story.id}").status_code == 404
    assert "Cut it to ten." in ana.post(f"/profile/stories/{story.id}/restore", follow_redirects=True).text


def test_a_story_has_three_hundred_characters_and_not_one_more(as_, cast):
    ana = as_("ana")
    assert ana.post("/profile/stories", STORY | {"story_body": "ä" * 300}).status_code == 303
    too_long = ana.post("/profile/stories", STORY | {"story_body": "ö" * 301})
    assert (too_long.status_code, "ö" * 301 in too_long.text) == (422, True)
    assert "Keep your story under 300 characters." in too_long.text


def test_a_colleagues_story_is_as_good_as_none(as_, cast):
    theirs = make_story(cast["ben"], "Ran a migration.")
    for path in ("", "/remove", "/restore"):
        assert as_("ana").post(f"/profile/stories/{theirs.id}{path}", STORY).status_code == 404


def test_working_styles_are_chosen_and_skipped(as_, cast):
    ana = as_("ana")
    ana.post("/profile/styles", {"pace": "calm", "tone": "either", "medium": ""})
    chosen = {row.style: row.choice for row in db.session.scalars(select(StyleChoice))}
    assert chosen == {"pace": "calm", "tone": "either"}
    assert ana.post("/profile/styles", {"pace": "sleepy"}).status_code == 422


@pytest.mark.parametrize(
    ("room", "status"), [("0", 303), ("5", 303), ("6", 422), ("9" * 5_000, 422), ("-1", 422), ("two", 422), ("", 422)]
)
def test_room_is_a_number_from_none_to_five(as_, room, status):
    assert as_("ana").post("/profile/room", {"room": room}).status_code == status


def test_meeting_somebody_from_elsewhere_is_an_opt_in(as_, cast):
    ana = as_("ana")
    for bridging, since in (({"bridging": "1"}, True), ({}, False)):
        ana.post("/profile/room", {"room": "2"} | bridging)
        assert (db.session.get_one(Person, cast["ana"].id).bridging_since is not None) is since


def test_each_section_says_who_reads_it(as_):
    text = as_("ana").get("/profile").text
    assert text.count("Every colleague") == 4
    assert "Every colleague sees this, but nobody you report to, at any level" in text


def test_ticks_stand_where_they_were_set(as_, cast):
    make_skill(cast["ana"], Direction.WANTED, area=Area.TIME)
    assert 'name="wanted" value="time" checked' in as_("ana").get("/profile").text

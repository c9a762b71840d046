from dataclasses import fields

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.areas import Area
from peerapp.rules.matching import Met, Profile, Shared, Skill, Story, alike, bars, opening

SQL = Skill(Area.FUNCTIONAL, "SQL")
TALKS = Skill(Area.COMMUNICATION, "presenting to a group")
SKILLS = st.builds(Skill, st.sampled_from(Area), st.sampled_from(["", "SQL", "sql queries", "listening", "C++"]))
PROFILES = st.builds(Profile, st.tuples(SKILLS, SKILLS), st.tuples(SKILLS, SKILLS))


def test_a_skill_they_show_and_i_want_is_named():
    seen = bars(Profile(wants=(SQL,)), Profile(offers=(Skill(Area.FUNCTIONAL, "SQL queries"), TALKS)))
    assert [shared.words for shared in seen.knowledge] == ["SQL queries"]


def test_what_i_can_give_back_is_named_too():
    seen = bars(Profile(offers=(TALKS,)), Profile(wants=(TALKS,)))
    assert ([s.words for s in seen.returned], seen.knowledge) == (["presenting to a group"], ())


def test_nothing_in_common_is_none_yet():
    seen = bars(Profile(wants=(SQL,)), Profile(offers=(TALKS,)))
    assert (seen.knowledge, seen.returned, seen.experience, seen.attitude, seen.score) == ((), (), (), (), 0)


def test_the_same_words_in_another_area_are_another_skill():
    assert not bars(Profile(wants=(Skill(Area.TIME, "SQL"),)), Profile(offers=(SQL,))).knowledge


def test_a_ticked_area_meets_any_words_in_it():
    seen = bars(Profile(wants=(Skill(Area.FUNCTIONAL),)), Profile(offers=(SQL,)))
    assert seen.knowledge[0].words == "SQL"


def test_who_offers_a_whole_area_is_not_said_to_show_exactly_what_i_want():
    talk = Skill(Area.COMMUNICATION, "giving a talk")
    (shared,) = bars(Profile(wants=(talk,)), Profile(offers=(Skill(Area.COMMUNICATION),))).knowledge
    assert (shared.words, shared.wanted, shared.met) == ("", "giving a talk", Met.AREA_OFFERED)


@pytest.mark.parametrize(
    ("offered", "wanted", "met"),
    [("SQL", "sql", Met.ALIKE), ("", "", Met.ALIKE), ("SQL", "", Met.AREA_WANTED), ("", "SQL", Met.AREA_OFFERED)],
)
def test_how_closely_the_two_meet_is_known(offered, wanted, met):
    assert Shared(Area.FUNCTIONAL, offered, wanted).met is met


def test_several_wishes_in_an_area_that_somebody_offers_are_all_kept_and_the_bare_area_adds_nothing():
    wants = (Skill(Area.FUNCTIONAL), SQL, Skill(Area.FUNCTIONAL, "budgets"))
    seen = bars(Profile(wants=wants), Profile(offers=(Skill(Area.FUNCTIONAL),)))
    assert [shared.wanted for shared in seen.knowledge] == ["SQL", "budgets"]


def test_the_same_words_stand_before_words_that_meet_an_area():
    wants = (Skill(Area.COMMUNICATION, "giving a talk"), Skill(Area.FUNCTIONAL), SQL)
    seen = bars(Profile(wants=wants), Profile(offers=(Skill(Area.COMMUNICATION), SQL)))
    assert [shared.met for shared in seen.knowledge] == [Met.ALIKE, Met.AREA_OFFERED]


def test_the_first_sentence_to_somebody_who_offers_an_area_claims_no_more():
    talk = Skill(Area.COMMUNICATION, "giving a talk")
    first = opening(bars(Profile(wants=(talk,)), Profile(offers=(Skill(Area.COMMUNICATION),))))
    assert "you can show it" not in first.sentence
    assert "%(area)s" in first.sentence
    assert (first.area, first.words) == (Area.COMMUNICATION, "giving a talk")


def test_the_first_sentence_of_somebody_who_offers_an_area_claims_no_more():
    talk = Skill(Area.COMMUNICATION, "giving a talk")
    first = opening(bars(Profile(offers=(Skill(Area.COMMUNICATION),)), Profile(wants=(talk,))))
    assert "that I can show: %(skill)s" not in first.sentence
    assert (first.area, first.words) == (Area.COMMUNICATION, "giving a talk")


def test_one_offer_that_fits_two_wishes_is_named_once():
    seen = bars(Profile(wants=(SQL, Skill(Area.FUNCTIONAL))), Profile(offers=(SQL,)))
    assert len(seen.knowledge) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SQL", "sql Queries", True),
        ("Pivot tables", "a pivot table", True),
        ("ＳＱＬ", "sql", True),
        ("Präsentieren vor der Gruppe", "präsentieren", True),
        ("C++", "C", False),
        ("presenting to a group", "leading a group", False),
        ("the", "the", False),
    ],
)
def test_words_are_alike_by_what_they_mean_not_how_they_are_typed(one, other, same):
    assert alike(one, other) is alike(other, one) is same


def test_a_story_counts_when_it_tells_of_what_i_want():
    run = Story(Area.FUNCTIONAL, "Moved two SQL databases in a weekend.")
    other = Story(Area.FUNCTIONAL, "Closed the books for a year.")
    assert bars(Profile(wants=(SQL,)), Profile(stories=(other, run))).experience == (run,)


def test_styles_chosen_alike_are_said_in_words():
    mine, theirs = {"pace": "brisk", "tone": "direct", "focus": "either"}, {"pace": "brisk", "tone": "gentle"}
    assert bars(Profile(styles=mine), Profile(styles=theirs)).attitude == ("short, brisk talks",)


def test_either_fits_everybody_and_says_nothing():
    seen = bars(Profile(styles={"pace": "either"}), Profile(styles={"pace": "either"}))
    assert (seen.attitude, seen.score) == ((), 1)


def test_a_skill_to_learn_weighs_more_than_every_style_in_common():
    styles = dict.fromkeys(("pace", "tone", "approach", "medium", "focus", "rhythm"), "either")
    only_styles = bars(Profile(styles=styles), Profile(styles=styles))
    assert bars(Profile(wants=(SQL,)), Profile(offers=(SQL,))).score > only_styles.score


def test_length_of_service_is_not_even_known():
    assert {field.name for field in fields(Profile)} == {"wants", "offers", "stories", "styles"}


def test_the_request_begins_with_the_skill_they_share():
    start = opening(bars(Profile(wants=(SQL,)), Profile(offers=(SQL,))))
    assert start.sentence % {"name": "Ben", "skill": start.words} == (
        "Hello Ben, I would like to get better at this, and you can show it: SQL."
    )


def test_the_request_begins_without_a_skill_when_there_is_none_yet():
    start = opening(bars(Profile(), Profile()))
    assert start.sentence % {"name": "Ben"} == "Hello Ben, I would like to learn together with you."


@given(PROFILES, PROFILES)
def test_what_i_can_learn_from_you_is_what_you_can_give_back_to_me(mine, theirs):
    assert bars(mine, theirs).knowledge == bars(theirs, mine).returned

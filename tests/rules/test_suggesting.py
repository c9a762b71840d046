from peerapp.rules.areas import Area
from peerapp.rules.matching import Profile, Skill, bars
from peerapp.rules.suggesting import Nearness, speaks_for, worth

SQL = Skill(Area.FUNCTIONAL, "SQL")
TEACHES = bars(Profile(wants=(SQL,)), Profile(offers=(SQL,)))
NOTHING = bars(Profile(wants=(SQL,)), Profile())
FAR, NEW = Nearness(), Nearness(joined_lately=True)


def test_somebody_without_a_skill_in_common_is_not_suggested():
    assert speaks_for(TEACHES, FAR, new_recruit=False)
    assert not speaks_for(NOTHING, FAR, new_recruit=False)


def test_only_a_new_recruit_meets_people_because_they_joined_lately():
    assert speaks_for(NOTHING, NEW, new_recruit=True)
    assert not speaks_for(NOTHING, NEW, new_recruit=False)


def test_a_new_recruit_sees_fellow_recruits_before_better_matches():
    assert worth(NOTHING, NEW, new_recruit=True) > worth(TEACHES, FAR, new_recruit=True)
    assert worth(NOTHING, NEW, new_recruit=False) < worth(TEACHES, FAR, new_recruit=False)


def test_somebody_of_the_own_unit_who_knows_the_field_stands_first_for_a_recruit():
    assert worth(TEACHES, Nearness(same_unit=True), new_recruit=True) > worth(TEACHES, FAR, new_recruit=True)


def test_a_bridge_counts_only_between_units_and_never_more_than_a_skill():
    far, near = Nearness(both_bridge=True), Nearness(both_bridge=True, same_unit=True)
    assert worth(NOTHING, near, new_recruit=False) < worth(NOTHING, far, new_recruit=False)
    assert worth(NOTHING, far, new_recruit=False) < worth(TEACHES, FAR, new_recruit=False)

import pytest
from hypothesis import assume, given, strategies as st

from peerapp.rules.bands import BANDS, SINGLE_LEVELS, shares
from peerapp.rules.outcomes import Share

PEOPLE = st.dictionaries(st.integers(1, 5), st.integers(0, 90))


def shown(counts, bands=BANDS, grain=10):
    return [(each.levels, each.percent) for each in shares(counts, bands, grain)]


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ({1: 20, 3: 20, 5: 20}, [((1, 2), 30), ((3,), 30), ((4, 5), 30)]),
        ({1: 2, 3: 28, 5: 30}, [((1, 2, 3), 50), ((4, 5), 50)]),
        ({1: 28, 3: 30, 5: 2}, [((1, 2), 50), ((3, 4, 5), 50)]),
        ({1: 30, 3: 2, 5: 28}, [((1, 2, 3), 50), ((4, 5), 50)]),
        ({1: 2, 3: 1, 5: 12}, [((1, 2, 3), 20), ((4, 5), 80)]),
    ],
)
def test_a_band_below_three_merges_into_its_neighbour(counts, bands):
    assert shown(counts) == bands


def test_single_levels_merge_towards_the_middle():
    counts = {1: 1, 2: 1, 3: 1, 4: 97, 5: 100}
    assert shown(counts, SINGLE_LEVELS, 5) == [((1, 2, 3), 10), ((4,), 50), ((5,), 50)]


def test_levels_only_at_both_ends_leave_no_empty_middle():
    assert shown({1: 100, 5: 100}, SINGLE_LEVELS, 5) == [((1, 2, 3, 4), 50), ((5,), 50)]
    assert shown({4: 100, 5: 100}, SINGLE_LEVELS, 5) == [((1, 2, 3, 4), 50), ((5,), 50)]


@pytest.mark.parametrize("counts", [{5: 60}, {5: 59, 1: 1}, {5: 51, 3: 5, 1: 4}])
def test_how_close_to_everybody_a_band_is_cannot_be_told(counts):
    assert shares(counts, BANDS, 10) == (Share((4, 5), 90),)


@given(PEOPLE, st.sampled_from([(BANDS, 10), (SINGLE_LEVELS, 5)]))
def test_every_published_band_stands_for_at_least_three_people_and_is_coded_at_both_ends(counts, kind):
    assume(sum(counts.values()) >= 50)
    for share in shares(counts, *kind):
        assert sum(counts.get(level, 0) for level in share.levels) >= 3
        assert 10 <= share.percent <= 90
        assert share.percent % kind[1] == 0


@given(PEOPLE, st.sampled_from([(BANDS, 10), (SINGLE_LEVELS, 5)]))
def test_bands_are_neighbours_in_order_and_together_hold_everybody_or_stand_alone(counts, kind):
    assume(sum(counts.values()) >= 50)
    published = shares(counts, *kind)
    levels = [level for share in published for level in share.levels]
    assert levels == sorted(levels)
    assert (len(published) == 1 and published[0].percent == 90) or levels == [1, 2, 3, 4, 5]

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.ordering import ALPHABET, between, spread


def insert(keys, index):
    above = keys[index - 1] if index else None
    below = keys[index] if index < len(keys) else None
    keys.insert(index, between(above, below))


@given(st.lists(st.integers(min_value=0), max_size=200))
def test_any_sequence_of_inserts_keeps_the_order(places):
    keys = []
    for place in places:
        insert(keys, place % (len(keys) + 1))
    assert keys == sorted(set(keys), key=str.encode)


FRACTIONS = st.text(alphabet="01iyz", max_size=4).map(lambda digits: digits.rstrip("0"))
KEYS = st.builds("{}{}".format, st.sampled_from(["hy", "hz", "i0", "i1", "i2", "iz", "j00"]), FRACTIONS)


@given(KEYS, KEYS)
def test_there_is_room_between_any_two_keys(one, other):
    above, below = sorted((one, other))
    if above != below:
        assert above < between(above, below) < below


@given(KEYS)
def test_there_is_room_above_and_below_any_key(key):
    assert between(None, key) < key < between(key, None)


@given(st.lists(st.tuples(st.integers(min_value=0), st.integers(min_value=0)), max_size=100), st.integers(0, 40))
def test_moving_cards_about_after_a_fresh_spread_keeps_the_order(moves, size):
    keys = spread(size + 1)
    for taken, place in moves:
        del keys[taken % len(keys)]
        insert(keys, place % (len(keys) + 1))
    assert keys == sorted(set(keys), key=str.encode)


@given(st.lists(st.sampled_from(["first", "last", "after first", "before last"]), min_size=1, max_size=300))
def test_keys_use_digits_and_lower_case_only(places):
    keys = ["i0", "i1"]
    for place in places:
        insert(keys, {"first": 0, "last": len(keys), "after first": 1, "before last": len(keys) - 1}[place])
    assert set("".join(keys)) <= set(ALPHABET)


@pytest.mark.parametrize("end", ["top", "bottom"])
def test_ten_thousand_cards_added_at_one_end_keep_keys_of_four_characters(end):
    keys = []
    for _ in range(10_000):
        insert(keys, 0 if end == "top" else len(keys))
    assert max(map(len, keys)) == 4
    assert keys == sorted(keys)


@pytest.mark.parametrize("side", ["above", "below"])
def test_the_same_gap_costs_one_character_for_five_cards(side):
    above, below = "i0", "i1"
    for _ in range(1_000):
        key = between(above, below)
        above, below = (key, below) if side == "below" else (above, key)
    assert len(key) <= 2 + 1_000 / 4.9


def test_a_spread_column_has_short_keys_in_order():
    keys = spread(1_000)
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) == 3


@pytest.mark.parametrize(
    ("above", "below"),
    [("i1", "i0"), ("i1", "i1"), ("I1", "i2"), ("", "i0"), ("z0", None), ("i10", "i2"), ("é0", None)],
)
def test_neighbours_that_are_no_keys_or_out_of_order_are_an_error(above, below):
    with pytest.raises(ValueError, match=r"not a key|does not stand above"):
        between(above, below)

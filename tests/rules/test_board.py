import pytest
from hypothesis import given, strategies as st

from peerapp.rules import limits, ordering
from peerapp.rules.areas import Area
from peerapp.rules.board import By, coverage, is_agreed, is_much, key_at, neighbour, room_for_goals, room_for_steps


@pytest.mark.parametrize(
    ("card", "by", "under"),
    [
        ("b", By.UP, None),
        ("c", By.UP, "a"),
        ("a", By.UP, None),
        ("a", By.DOWN, "b"),
        ("b", By.DOWN, "c"),
        ("c", By.DOWN, "b"),
        ("c", By.TOP, None),
        ("a", By.TOP, None),
        ("a", By.BOTTOM, "c"),
        ("c", By.BOTTOM, "b"),
    ],
)
def test_a_card_lands_under_its_new_neighbour(card, by, under):
    assert neighbour("abc", card, by) == under


@given(st.integers(1, 8), st.sampled_from(By), st.data())
def test_a_move_in_a_column_keeps_every_card_and_moves_by_what_it_says(size, by, data):
    order = list(range(size))
    card = data.draw(st.sampled_from(order))
    under = neighbour(order, card, by)
    moved = [each for each in order if each != card]
    moved.insert(0 if under is None else moved.index(under) + 1, card)
    wanted = {By.UP: max(card - 1, 0), By.DOWN: min(card + 1, size - 1), By.TOP: 0, By.BOTTOM: size - 1}[by]
    assert moved.index(card) == wanted


def test_a_full_board_says_so_and_how_to_go_on():
    assert room_for_goals(limits.GOALS_MAX - 1) is None
    assert str(room_for_goals(limits.GOALS_MAX)).startswith("The board is full: it holds 200 goals.")
    assert room_for_goals(limits.GOALS_MAX - 2, 3) is not None


def test_a_goal_has_room_for_so_many_steps():
    assert room_for_steps(limits.STEPS_MAX - 1) is None
    assert room_for_steps(limits.STEPS_MAX) is not None


def test_more_than_two_goals_at_a_time_is_much():
    assert [is_much(doing) for doing in (0, 2, 3)] == [False, False, True]


def test_a_goal_of_both_is_done_when_both_say_so():
    assert not is_agreed({"ana", "ben"}, {"ana"})
    assert is_agreed({"ana", "ben"}, {"ben", "ana"})


def test_the_strip_names_every_area_in_its_order():
    strip = coverage([Area.TIME])
    assert [area for area, _ in strip] == list(Area)
    assert [area for area, on in strip if on] == [Area.TIME]


def test_a_card_gets_a_key_between_its_neighbours():
    keys = ordering.spread(3)
    assert [sorted([*keys, key_at(keys, index)]).index(key_at(keys, index)) for index in range(4)] == [0, 1, 2, 3]


def test_two_cards_with_one_key_or_a_gap_worn_too_fine_ask_for_new_keys():
    assert key_at(["i0", "i0"], 1) is None
    assert key_at(["i0", "i0" + "0" * ordering.MAX_LENGTH + "1"], 1) is None

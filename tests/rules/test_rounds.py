from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from peerapp.rules import rounds
from peerapp.rules.overlap import NEARLY_THE_SAME, differ_by_few
from peerapp.rules.question_bank import BANK, BY_KEY, Purpose, offered
from peerapp.rules.questions import BAND_NAMES, LEVEL_NAMES, MEAN_WORDS, Kind, Question, are_the_same
from peerapp.rules.rounds import Asked, Plan, is_asked_enough, is_in_the_way, refusals

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DANA = UUID(int=10_000)
ENERGY = Question("q1", Kind.AGREEMENT, "My work gave me energy.")
KEEP = Question("c1", Kind.COMMENT, "One thing to keep.")
SETS = st.frozensets(st.integers(0, 40).map(lambda number: UUID(int=number)))


def people(first, last):
    return frozenset(UUID(int=number) for number in range(first, last))


PLAN = Plan((ENERGY, KEEP), people(0, 20), DANA, frozenset({DANA}), 5, NOON, NOON + timedelta(days=14), {})


def said(plan, *others):
    return refusals(plan, others)


def test_a_plain_round_may_be_asked():
    assert said(PLAN) == ()
    assert said(replace(PLAN, audience=people(0, 8))) == ()
    assert said(replace(PLAN, parts={"Sales": people(0, 8), "Support": people(8, 20)})) == ()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"audience": people(0, 7)}, rounds.SMALL_AUDIENCE),
        ({"audience": people(0, 20) | {DANA}}, rounds.OWNER_ASKED),
        ({"parts": {"Sales": people(0, 7), "Support": people(7, 20)}}, rounds.SMALL_PART),
        ({"parts": {"Sales": people(0, 20)}}, rounds.ONE_PART),
        ({"parts": {"Sales": people(0, 8), "Support": people(8, 19)}}, rounds.UNFIT_PARTS),
        ({"parts": {"Sales": people(0, 12), "Support": people(8, 20)}}, rounds.UNFIT_PARTS),
        ({"audience": people(0, 168), "parts": {str(n): people(8 * n, 8 * n + 8) for n in range(21)}}, rounds.TOO_MANY_PARTS),
        ({"questions": (KEEP,)}, rounds.NO_QUESTION),
        ({"questions": tuple(replace(ENERGY, text=f"Question {n}") for n in range(13))}, rounds.TOO_MANY_SCALES),
        ({"questions": (ENERGY, *(replace(KEEP, text=f"Say {n}") for n in range(4)))}, rounds.TOO_MANY_COMMENTS),
        ({"questions": (ENERGY, replace(ENERGY, text=" my WORK gave me  energy. "))}, rounds.SAME_QUESTION),
        ({"questions": (replace(ENERGY, text=" "),)}, rounds.EMPTY_QUESTION),
        ({"questions": (replace(ENERGY, text="x" * 201),)}, rounds.LONG_QUESTION),
        ({"readers": frozenset()}, rounds.NOBODY_READS),
        ({"minimum": 4}, rounds.LOW_MINIMUM),
        ({"minimum": 21}, rounds.HIGH_MINIMUM),
        ({"closes_at": NOON}, rounds.TOO_SHORT),
        ({"closes_at": NOON + timedelta(days=61)}, rounds.TOO_LONG),
    ],
)  # fmt: skip
def test_a_round_that_could_not_be_anonymous_is_refused_with_a_reason(change, refusal):
    assert said(replace(PLAN, **change)) == (refusal,)
    assert str(refusal).endswith(".")


@pytest.mark.parametrize(
    ("audience", "is_refused"),
    [
        (people(0, 20), False),  # the same people
        (people(0, 19), True),
        (people(0, 21), True),
        (people(1, 21), True),  # one changed for another
        (people(0, 13), True),  # seven fewer
        (people(0, 12), False),  # eight fewer
        (people(0, 28), False),
        (people(8, 29), False),  # eight left out, nine new
        (people(7, 29), True),  # seven left out, nine new
        (people(20, 40), False),  # nobody in common
    ],
)
def test_an_audience_that_differs_by_few_from_another_rounds_is_refused(audience, is_refused):
    found = said(replace(PLAN, audience=audience), Asked(PLAN.audience))
    assert found == ((NEARLY_THE_SAME,) if is_refused else ())


def test_each_part_of_a_split_counts_as_an_audience_of_its_own():
    split = replace(PLAN, parts={"Sales": people(0, 9), "Support": people(9, 20)})
    assert said(split, Asked(people(0, 10))) == (NEARLY_THE_SAME,)
    assert said(replace(PLAN, audience=people(0, 10)), Asked(people(0, 60), (people(0, 9), people(9, 60)))) == (
        NEARLY_THE_SAME,
    )


@given(SETS, SETS)
def test_the_overlap_rule_refuses_every_difference_of_1_to_7_on_either_side(one, other):
    few = range(1, 8)
    assert differ_by_few(one, other) is (len(one - other) in few or len(other - one) in few)
    assert differ_by_few(one, other) is differ_by_few(other, one)


def test_the_refusal_names_no_other_round_and_no_number_of_people():
    assert NEARLY_THE_SAME.values == {}
    assert "round" not in str(NEARLY_THE_SAME)


def test_a_round_stands_in_the_way_while_open_and_for_30_days_after():
    assert is_in_the_way(NOON, None)
    assert is_in_the_way(NOON, NOON - timedelta(days=29, hours=23))
    assert not is_in_the_way(NOON, NOON - timedelta(days=30))


def test_two_rounds_a_month_are_enough_for_one_person():
    assert [is_asked_enough(number) for number in (0, 1, 2, 3)] == [False, False, True, True]


def test_every_purpose_offers_questions_with_a_scale_and_a_comment():
    for purpose in Purpose:
        kinds = {each.kind for each in offered(purpose)}
        assert Kind.COMMENT in kinds
        assert kinds & {Kind.AGREEMENT, Kind.FREQUENCY}


def test_the_banks_keys_are_unique_and_every_text_is_short_enough():
    assert len(BY_KEY) == len(BANK) == len({each.text for each in BANK}) == 19
    assert max(len(each.text) for each in BANK) <= 200


def test_every_scale_has_five_levels_five_words_and_three_bands():
    assert {len(names) for names in (*LEVEL_NAMES.values(), *MEAN_WORDS.values())} == {5}
    assert all(set(bands) == {(1, 2), (3,), (4, 5)} for bands in BAND_NAMES.values())


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Question("q9", Kind.AGREEMENT, " my work  gave me ENERGY."), True),
        (Question("q1", Kind.FREQUENCY, "My work gave me energy."), False),
        (Question("q1", Kind.AGREEMENT, "My work gave me energy.", "pulse.energy"), False),
    ],
)
def test_a_trend_compares_only_the_same_question(other, same):
    assert are_the_same(ENERGY, other) is same


def test_a_question_of_the_bank_is_the_same_in_every_language():
    one, other = (Question("q", Kind.AGREEMENT, text, "pulse.energy") for text in ("Energy.", "Energie."))
    assert are_the_same(one, other)

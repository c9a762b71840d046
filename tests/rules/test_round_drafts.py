"""What may somebody ask for, and how do the questions of a draft change?"""

from peerapp.rules import round_drafts as rules
from peerapp.rules.audiences import AudienceKind
from peerapp.rules.question_bank import BANK, Purpose
from peerapp.rules.questions import Kind, Question

ONE = Question("q1", Kind.AGREEMENT, "We keep our appointments.", "pair.keep")
TWO = Question("q2", Kind.AGREEMENT, "Our meetings are worth it.")
THREE = Question("q3", Kind.COMMENT, "One thing to try.", "open.try")
ALL = (ONE, TWO, THREE)


def as_it_is(text: str) -> str:
    return text


def test_everybody_asks_about_themselves_and_only_some_about_more() -> None:
    assert rules.purposes_of(coordinates=False, manages=False) == (Purpose.MYSELF,)
    assert rules.purposes_of(coordinates=False, manages=True) == (Purpose.UNIT, Purpose.MYSELF)
    assert rules.purposes_of(coordinates=True, manages=False) == tuple(Purpose)


def test_every_purpose_begins_with_six_questions_of_the_bank_and_never_more_than_is_recommended() -> None:
    for purpose in Purpose:
        begun = rules.begun(purpose, as_it_is)
        assert len(begun) == rules.RECOMMENDED == len({each.id for each in begun})
        assert [each.bank for each in begun] == [
            each.key for each in BANK if each.key in rules.STARTERS[purpose] and purpose in each.purposes
        ]


def test_the_bank_adds_nothing_twice_and_nothing_of_another_purpose() -> None:
    added = rules.with_bank((ONE,), {"pair.keep", "open.keep", "coworker.time", "nothing"}, Purpose.PROGRAMME, as_it_is)
    assert [each.bank for each in added] == ["pair.keep", "open.keep"]


def test_a_question_moves_by_one_place_and_not_beyond_the_ends() -> None:
    assert rules.moved(ALL, "q2", -1) == (TWO, ONE, THREE)
    assert rules.moved(ALL, "q2", 1) == (ONE, THREE, TWO)
    assert rules.moved(ALL, "q1", -1) == rules.moved(ALL, "q3", 1) == rules.moved(ALL, "q9", 1) == ALL


def test_an_id_is_free_again_only_when_its_question_is_gone() -> None:
    left = rules.without(ALL, "q2")
    assert [each.id for each in rules.with_own(left, Kind.AGREEMENT, "New")] == ["q1", "q3", "q2"]
    assert [each.id for each in rules.with_own(ALL, Kind.AGREEMENT, "New")] == ["q1", "q2", "q3", "q4"]


def test_words_of_ones_own_change_and_those_of_the_bank_stay() -> None:
    typed = {"q1": (Kind.COMMENT, "Mine now"), "q2": (Kind.FREQUENCY, "How often?")}
    assert rules.reworded(ALL, typed) == (ONE, Question("q2", Kind.FREQUENCY, "How often?"), THREE)


def test_a_question_that_was_removed_elsewhere_comes_back_with_what_was_typed() -> None:
    again = rules.reworded((ONE,), {"q2": (Kind.AGREEMENT, "Still typed")})
    assert again == (ONE, Question("q2", Kind.AGREEMENT, "Still typed"))


def test_nobody_is_picked_by_hand_for_a_round_about_a_unit() -> None:
    assert AudienceKind.PEOPLE not in rules.AUDIENCES[Purpose.UNIT]
    assert all(rules.group_of(each.key) for each in BANK)

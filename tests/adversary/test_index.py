"""Is every attack of the design here, with a test that holds it and one that sees it succeed where its wall is missing?"""

from dataclasses import dataclass
from importlib import import_module

import pytest


@dataclass(frozen=True, slots=True)
class Held:
    """`wall`: what is taken out in the control. Tests as module::name, below `tests`."""

    attack: str
    wall: str
    test: str
    control: str


LINKS = "adversary.test_linking::test_nothing_that_was_kept_links_a_person_to_an_answer"
WALL_MISSING = "adversary.test_linking::test_the_attack_succeeds_where_a_wall_is_missing"
PAPERS, PUBLISHED, WORDS, TRACES = (f"adversary.test_{each}::" for each in ("papers", "publication", "words", "traces"))
UNRECOGNISED, WALLS = "browser.test_unrecognised::", "browser.test_walls::"

ATTACKS: dict[int, Held] = {
    1: Held("order of rows, ids and serials", "counts instead of a row for each sheet", LINKS, WALL_MISSING),
    2: Held("byte offsets in every file", "everything written anew, deleted content zeroed", LINKS, WALL_MISSING),
    3: Held("journal and write-ahead log", "a rollback journal that is truncated", LINKS, WALL_MISSING),
    4: Held("numbers and times", "no time beside an answer", LINKS, WALL_MISSING),
    5: Held("file times", "one file for all", LINKS, WALL_MISSING),
    6: Held("lengths of bodies and answers", "16,384 bytes, whatever it says", LINKS, WALL_MISSING),
    7: Held("differences of backups", "the box is in no backup", LINKS, WALL_MISSING),
    8: Held(
        "blinded against unblinded values", "blinding",
        UNRECOGNISED + "test_the_key_does_not_recognise_a_paper_that_the_browser_made",
        UNRECOGNISED + "test_the_attack_recognises_every_paper_of_a_browser_that_does_not_blind",
    ),
    9: Held(
        "the words of an answer anywhere else", "no log, no copy",
        "adversary.test_linking::test_no_comment_is_anywhere_but_in_the_release",
        "adversary.test_linking::test_words_that_leaked_would_be_found",
    ),
    10: Held(
        "before and after one late answer", "one frozen release",
        PUBLISHED + "test_one_late_answer_changes_nothing_that_is_published",
        PUBLISHED + "test_where_figures_are_live_the_last_answer_is_read_off",
    ),
    11: Held(
        "linear combinations of cells", "the rule for splits",
        PUBLISHED + "test_no_combination_of_cells_is_about_fewer_than_the_minimum",
        PUBLISHED + "test_without_the_rule_one_person_is_what_is_left_over",
    ),
    12: Held(
        "all others together", "rounding by the number of answers",
        PUBLISHED + "test_all_others_together_are_rarely_certain_of_the_last_answer",
        PUBLISHED + "test_an_exact_mean_makes_them_certain_every_time",
    ),
    13: Held(
        "comments joined across questions", "each question kept sorted and shuffled alone",
        PUBLISHED + "test_two_comments_of_one_person_stand_in_no_order_together",
        PUBLISHED + "test_comments_in_the_order_of_arrival_are_joined_at_once",
    ),
    14: Held(
        "notices, badges, last-seen", "nothing but the mark on the roll",
        TRACES + "test_an_answer_changes_the_mark_on_the_roll_and_nothing_else",
        TRACES + "test_a_side_table_would_be_seen",
    ),
    15: Held(
        "unanimity", "top-coding",
        PUBLISHED + "test_a_release_never_says_that_all_were_of_one_mind",
        PUBLISHED + "test_without_top_coding_a_release_comes_close_to_saying_that_all_were_of_one_mind",
    ),
    16: Held(
        "changed after opening, by the owner of the databases", "the manifest is made again from the rows",
        TRACES + "test_a_round_changed_past_every_guard_ends_without_a_release",
        TRACES + "test_with_the_fingerprint_believed_a_changed_round_would_be_released",
    ),
    17: Held(
        "overlapping rounds", "the overlap rule",
        PUBLISHED + "test_what_two_rounds_differ_by_is_never_a_few_people",
        PUBLISHED + "test_nobody_is_the_difference_of_two_rounds",
    ),
    18: Held(
        "replay, double and forged papers, the closing second", "spent serials and one writer at a time",
        PAPERS + "test_at_the_closing_second_a_paper_is_in_the_release_or_refused",
        PAPERS + "test_without_spent_serials_a_paper_counts_as_often_as_it_is_sent",
    ),
    19: Held(
        "marks smuggled into text", "normalising", WORDS + "test_a_mark_that_nobody_sees_is_not_in_the_release",
        WORDS + "test_without_normalising_each_writer_is_told_apart",
    ),
    20: Held(
        "error traces and logs", "no word of an exception", WORDS + "test_a_broken_box_says_nothing_of_the_ballot",
        WORDS + "test_a_broken_box_says_nothing_of_the_ballot",
    ),
    21: Held(
        "browser storage, history, back button", "erased after the answer, and when the page is left",
        WALLS + "test_the_browser_holds_the_attack_off", WALLS + "test_a_browser_without_the_wall_gives_in",
    ),
    22: Held(
        "another key for one person", "the browser compares the promise",
        WALLS + "test_the_browser_holds_the_attack_off", WALLS + "test_a_browser_without_the_wall_gives_in",
    ),
    23: Held(
        "reminders and empty states", "the whole roll, in the same words, and the same pages",
        TRACES + "test_a_reminder_goes_to_everybody_in_the_same_words",
        TRACES + "test_a_reminder_to_the_others_only_tells_who_has_answered",
    ),
}  # fmt: skip


def test_all_twenty_three_are_here() -> None:
    assert list(ATTACKS) == list(range(1, 24))


@pytest.mark.parametrize("number", ATTACKS)
def test_an_attack_has_a_test_and_a_control(number: int) -> None:
    for name in (ATTACKS[number].test, ATTACKS[number].control):
        module, _, function = name.partition("::")
        assert callable(getattr(import_module(f"tests.{module}"), function))

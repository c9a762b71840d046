"""A long text is named by its first words, and two texts are shown by what differs."""

import pytest

from peerapp.rules.excerpts import differing_part, first_words


def test_the_first_words_stand_on_one_line_and_are_cut_where_they_are_many():
    assert first_words("Three  speakers\nsaid yes") == "Three speakers said yes"
    assert first_words("x" * 70) == "x" * 59 + "…"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("one", "two", ("one", "two")),
        ("a\nb\nc", "a\nB\nc", ("…\nb\n…", "…\nB\n…")),
        ("a\nc", "a\nb\nc", ("", "…\nb\n…")),
        ("a\na", "a", ("…\na", "")),
        ("", "a", ("", "a")),
        ("same", "same", ("", "")),
        ("x" * 9, "y", ("x" * 3 + "…", "y")),
    ],
)
def test_lines_that_both_begin_and_end_with_are_left_out(old, new, shown):
    assert differing_part(old, new, most=4) == shown

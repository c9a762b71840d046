import itertools
import unicodedata

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.ballot_text import INVISIBLE, SPACES, is_too_long, normalised

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200b\u200d\u034f\ufe0f\u00ad\u202e\u3164\uffa0\t\n\r \u00a0\u2028\u2800\ud83de\u0301\u0327ﬁ①"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("  Keep\tthe\r\n\r\nformat.  ", "Keep the format."),
        ("ﬁne １０ minutes", "fine 10 minutes"),
        ("in\u200bvis\u2060ible\ufeff", "invisible"),
        ("soft\u00adhyphen", "softhyphen"),
        ("right\u202eto\u202cleft", "righttoleft"),
        ("tags\U000e0041\U000e0042", "tags"),
        ("❤\ufe0f", "❤"),
        ("braille\u2800blank", "braille blank"),
        ("e\u034f\u0301", "é"),
        ("NUL\x00BEL\x07", "NULBEL"),
        ("\u3164\uffa0 \u115f", ""),
        ("half a pair \ud83d", "half a pair"),
    ],
)
def test_a_comment_is_counted_as_its_words_without_marks(typed, counted):
    assert normalised(typed) == counted


@given(ANYTHING)
def test_normalising_twice_changes_nothing(text):
    once = normalised(text)
    assert normalised(once) == once


@given(ANYTHING)
def test_nothing_invisible_and_no_odd_space_is_left(text):
    left = {unicodedata.category(character) for character in normalised(text).replace(" ", "")}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp"}
    assert "  " not in normalised(text)


def test_six_hundred_code_points_fit_and_one_more_does_not():
    assert not is_too_long("x" * 600)
    assert not is_too_long("😀" * 600)
    assert is_too_long("x" * 601)


def test_each_character_is_in_one_table_once():
    table = sorted(INVISIBLE + SPACES)
    assert all(last < first for (_, last), (first, _) in itertools.pairwise(table))

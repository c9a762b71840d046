import pytest
from hypothesis import given, strategies as st

from peerapp.rules.searching import fold, wanted, words_of


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Émile", "emile"),
        ("MÜLLER", "muller"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("İzmir", "izmir"),
    ],
)
def test_case_and_accents_make_no_difference(typed, found):
    assert fold(typed) == found


@given(st.text())
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


def test_a_text_is_found_by_each_of_its_words():
    assert words_of("Ran two migrations, in C++ and SQL; two!") == [
        "ran",
        "two",
        "migrations",
        "in",
        "c++",
        "and",
        "sql",
    ]


def test_a_search_without_a_word_searches_for_nothing():
    assert wanted(" %_ -- ") == []


def test_nobody_makes_the_database_search_for_a_hundred_words():
    assert len(wanted(" ".join(f"w{n}" for n in range(100)))) == 6

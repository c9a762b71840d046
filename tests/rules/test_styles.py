from peerapp.rules.styles import EITHER, STYLE_BY_KEY, STYLES, is_choice


def test_there_are_six_choices_with_two_ends_and_either():
    assert len(STYLE_BY_KEY) == len(STYLES) == 6
    assert all(
        [value for value, _ in style.options] == [style.one.value, style.other.value, EITHER] for style in STYLES
    )


def test_no_two_ends_share_a_value_or_a_label():
    poles = [pole for style in STYLES for pole in (style.one, style.other)]
    assert len({pole.value for pole in poles}) == len({pole.label for pole in poles}) == 12


def test_each_choice_has_a_name_that_asks_nobody():
    assert len({style.name for style in STYLES}) == 6
    assert not any("?" in style.name for style in STYLES)


def test_either_is_a_choice_without_a_pole():
    assert is_choice("pace", EITHER)
    assert STYLE_BY_KEY["pace"].pole(EITHER) is None


def test_a_forged_choice_is_none():
    assert not is_choice("pace", "direct")
    assert not is_choice("age", "young")

from collections import Counter

from hypothesis import given, strategies as st

from peerapp.rules.conflict import Clash, merge, suggest_merge

BASE = {"title": "Learn SQL", "why": "I wait for others", "need": ""}
CARDS = st.fixed_dictionaries(dict.fromkeys(BASE, st.sampled_from("abc")))


def test_different_fields_merge_by_themselves():
    mine, theirs = BASE | {"title": "Learn SQL well"}, BASE | {"need": "A Friday"}
    merged = merge(BASE, mine, theirs)
    assert merged.fields == {"title": "Learn SQL well", "why": "I wait for others", "need": "A Friday"}
    assert not merged.clashes


def test_the_same_field_changed_by_both_is_a_clash_with_both_texts():
    merged = merge(BASE, BASE | {"title": "Learn Excel"}, BASE | {"title": "Learn R"})
    assert merged.clashes == (Clash("title", "Learn SQL", "Learn Excel", "Learn R"),)


def test_the_same_change_by_both_is_no_clash():
    same = BASE | {"title": "Learn R"}
    assert merge(BASE, same, same).clashes == ()


def test_a_field_i_did_not_send_stays_theirs():
    merged = merge(BASE, {"why": "I like it"}, BASE | {"title": "Learn R"})
    assert merged.fields == {"title": "Learn R", "why": "I like it", "need": ""}


@given(CARDS, CARDS, CARDS)
def test_nobodys_change_is_lost_in_silence(base, mine, theirs):
    merged = merge(base, mine, theirs)
    clashing = {clash.field for clash in merged.clashes}
    for name in base:
        changed = {card[name] for card in (mine, theirs) if card[name] != base[name]} or {base[name]}
        assert name in clashing if len(changed) > 1 else {merged.fields[name]} == changed


def test_a_suggested_line_keeps_the_words_of_both():
    assert suggest_merge("Learn SQL deeply", "Learn basic SQL") == "Learn basic SQL deeply"


def test_words_against_words_stand_one_below_the_other():
    assert suggest_merge("Ana's why", "Ben's why") == "Ben's why\nAna's why"
    assert suggest_merge("Learn Excel by May", "Learn R in May") == "Learn R in May\nLearn Excel by May"


def test_a_suggested_text_keeps_the_lines_of_both_in_place():
    assert suggest_merge("a\nmine\nz", "a\ntheirs\nz") == "a\ntheirs\nmine\nz"


def test_one_empty_side_leaves_the_other():
    assert (suggest_merge("", "theirs"), suggest_merge("mine", ""), suggest_merge("", "")) == ("theirs", "mine", "")


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
def test_no_word_of_either_is_missing_from_the_suggestion(mine, theirs):
    kept = Counter(suggest_merge(mine, theirs).split())
    assert not Counter(mine.split()) - kept
    assert not Counter(theirs.split()) - kept


def test_two_long_notes_are_merged_quickly():
    mine, theirs = " ".join(["word", "other"] * 800), " ".join(["other", "note"] * 800)
    assert len(suggest_merge(mine, theirs)) >= len(mine)

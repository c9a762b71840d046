from peerapp.rules.charter import CHARTER, KEYS, own_words, stored


def test_the_six_lines_stand_in_their_order():
    assert [line.line for line in CHARTER] == [
        "We share ground",
        "We keep it safe",
        "We choose freely",
        "We both give and take",
        "We meet as people",
        "We can be ourselves",
    ]


def test_each_line_has_one_sentence_and_none_speaks_of_a_mentor():
    assert all(line.sentence.endswith(".") for line in CHARTER)
    assert not any("mentor" in line.sentence.casefold() or "mentee" in line.sentence.casefold() for line in CHARTER)


def test_a_pairs_own_words_come_back_as_they_were_stored():
    words = dict.fromkeys(KEYS, "") | {"safe": "Nothing  leaves\nthis room."}
    assert own_words(stored(words)) == dict.fromkeys(KEYS, "") | {"safe": "Nothing leaves this room."}


def test_a_charter_in_our_words_is_stored_as_nothing_and_stays_translated():
    assert stored(dict.fromkeys(KEYS, " ")) == ""

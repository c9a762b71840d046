import pytest
from hypothesis import given, strategies as st

from peerapp.rules.ballot import ROOM, SIZE, BadBallotError, Ballot, build, checked, parse
from peerapp.rules.questions import Kind, Question

SERIAL, SIGNATURE, FINGERPRINT = b"s" * 32, b"g" * 256, b"f" * 32
LEVEL = Question("q1", Kind.AGREEMENT, "My work gave me energy.")
COMMENT = Question("c1", Kind.COMMENT, "One thing to keep.")
QUESTIONS = (LEVEL, COMMENT)
ENCODABLE = st.characters(codec="utf-8")


def body(answers):
    return build(SERIAL, SIGNATURE, FINGERPRINT, answers)


def with_text(text: bytes) -> bytes:
    head = body({})[:336]
    return (head + len(text).to_bytes(2, "big") + text).ljust(SIZE, b"\0")


@given(st.dictionaries(st.sampled_from(["q1", "c1"]), st.one_of(st.integers(1, 5), st.text(ENCODABLE, max_size=600))))
def test_what_was_built_is_read_again_and_every_ballot_has_the_same_size(answers):
    made = body(answers)
    assert len(made) == SIZE
    assert parse(made) == Ballot(SERIAL, SIGNATURE, FINGERPRINT, answers)


def test_the_longest_answers_fit():
    comments = {f"c{number}": "😀" * 600 for number in range(3)}
    levels = {f"q{number}": 5 for number in range(12)}
    assert parse(body(comments | levels)).answers == comments | levels


@pytest.mark.parametrize("length", [0, 1, SIZE - 1, SIZE + 1, 2 * SIZE])
def test_another_size_is_no_ballot(length):
    with pytest.raises(BadBallotError, match="16384 bytes"):
        parse(body({"q1": 4})[:length].ljust(length, b"\0"))


@pytest.mark.parametrize("at", [-1, 400, 339 + 1])
def test_padding_is_zeros_to_the_end(at):
    broken = bytearray(body({}))
    broken[at] = 32
    with pytest.raises(BadBallotError, match="padded wrongly"):
        parse(bytes(broken))


def test_a_length_beyond_the_end_is_padded_wrongly():
    broken = body({})[:336] + (ROOM + 1).to_bytes(2, "big") + b" " * ROOM
    with pytest.raises(BadBallotError, match="padded wrongly"):
        parse(broken)


def test_another_version_is_no_ballot():
    with pytest.raises(BadBallotError, match="not a ballot"):
        parse(b"peerapp ballot 2" + body({})[16:])


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"4", b"null", b"{", b'{"q1":NaN}x', b"\xff\xfe", b"[" * 9000, b'{"q1":"\xed\xa0\x80"}']
)
def test_what_is_no_object_is_refused(text):
    with pytest.raises(BadBallotError, match="not a JSON object"):
        parse(with_text(text))


def test_a_question_answered_twice_is_refused():
    with pytest.raises(BadBallotError, match="twice"):
        parse(with_text(b'{"q1":4,"q1":5}'))


@pytest.mark.parametrize("level", [0, 6, -1, 4.0, "4", True, None, [4], {"a": 4}])
def test_a_level_is_one_of_five_whole_numbers(level):
    with pytest.raises(BadBallotError, match="five levels"):
        checked({"q1": level}, QUESTIONS)


def test_a_number_of_ten_thousand_digits_is_refused_like_any_other():
    with pytest.raises(BadBallotError, match="five levels"):
        checked(parse(with_text(b'{"q1":' + b"1" * 10_000 + b"}")).answers, QUESTIONS)


def test_an_answer_to_something_else_is_refused():
    with pytest.raises(BadBallotError, match="not asked"):
        checked({"q2": 4}, QUESTIONS)


def test_a_comment_is_counted_normalised_and_an_empty_one_not_at_all():
    assert checked({"q1": 4, "c1": " Keep \u200b it. "}, QUESTIONS) == {"q1": 4, "c1": "Keep it."}
    assert checked({"c1": "\u200b \n"}, QUESTIONS) == {}


def test_six_hundred_characters_after_normalising_are_the_limit():
    assert checked({"c1": " " * 50 + "x" * 600}, QUESTIONS) == {"c1": "x" * 600}
    with pytest.raises(BadBallotError, match="more than 600"):
        checked({"c1": "x" * 601}, QUESTIONS)
    with pytest.raises(BadBallotError, match="more than 600"):
        checked({"c1": "ﷺ" * 34}, QUESTIONS)  # one character becomes 18


@pytest.mark.parametrize("value", [4, None, ["x"], {"x": "y"}])
def test_a_comment_is_a_text(value):
    with pytest.raises(BadBallotError, match="not a text"):
        checked({"c1": value}, QUESTIONS)


def test_no_refusal_repeats_what_was_answered():
    with pytest.raises(BadBallotError) as refused:
        checked({"c1": "my secret " * 100}, QUESTIONS)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_paper_of_another_length_builds_no_ballot(part):
    fields = [SERIAL, SIGNATURE, FINGERPRINT]
    fields[part] += b"x"
    with pytest.raises(BadBallotError, match="another length"):
        build(*fields, {})


def test_answers_that_do_not_fit_build_no_ballot():
    with pytest.raises(BadBallotError, match="take more than"):
        body({"c1": "x" * ROOM})

"""Six lines that both sign: as they read them, and only then the board opens."""

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Membership, Pair, Person
from peerapp.rules.charter import CHARTER
from peerapp.rules.states import PairState
from tests.factories import make_pair

OURS = {f"line_{each.key}": each.sentence for each in CHARTER}


@pytest.fixture
def charter(cast: dict[str, Person]) -> str:
    """The address of the charter that Ana and Ben have yet to sign."""
    return f"/pairs/{make_pair(cast['ana'], cast['ben'], state=PairState.CHARTERING).id}/charter"


def pair() -> Pair:
    return db.session.scalars(select(Pair).execution_options(populate_existing=True)).one()


def signed() -> int:
    return sum(each is not None for each in db.session.scalars(select(Membership.signed_at)))


def test_both_read_the_same_six_lines(as_, charter):
    for name in ("ana", "ben"):
        text = as_(name).get(charter).text
        assert all(each.line in text for each in CHARTER)


def test_when_both_have_signed_the_pair_begins_and_the_board_opens(as_, charter):
    assert as_("ana").post(f"{charter}/sign", {"seen": "1"}).location == charter
    assert pair().state is PairState.CHARTERING
    assert as_("ben").post(f"{charter}/sign", {"seen": "1"}).location == charter.replace("charter", "board")
    assert (pair().state, pair().started_at is not None) == (PairState.ACTIVE, True)


def test_each_hears_what_the_other_did(as_, charter):
    as_("ana").post(f"{charter}/sign", {"seen": "1"})
    assert "Ana has signed the charter." in as_("ben").get("/notices").text
    as_("ben").post(f"{charter}/sign", {"seen": "1"})
    assert "You and Ben have both signed." in as_("ana").get("/notices").text


def test_before_both_have_signed_the_board_takes_no_goal(as_, charter):
    board = charter.replace("charter", "goals")
    assert as_("ana").get(f"{board}/new").status_code == 403


def test_the_pair_puts_a_line_into_its_own_words_and_both_sign_anew(as_, charter):
    as_("ben").post(f"{charter}/sign", {"seen": "1"})
    as_("ana").post(charter, OURS | {"line_safe": "What we say stays in this room.", "seen": "1"})
    assert "What we say stays in this room." in as_("ben").get(charter).text
    assert (signed(), pair().charter_version) == (0, 2)
    assert "Ana changed a line of your charter." in as_("ben").get("/notices").text


def test_nobody_signs_what_they_have_not_read(as_, charter):
    as_("ana").post(charter, OURS | {"line_safe": "Something else.", "seen": "1"})
    answer = as_("ben").post(f"{charter}/sign", {"seen": "1"})
    assert (answer.status_code, signed()) == (409, 0)
    assert "Something else." in answer.text


def test_of_two_who_edit_at_once_the_second_sees_both_texts(as_, charter):
    as_("ana").post(charter, OURS | {"line_safe": "Hers.", "seen": "1"})
    answer = as_("ben").post(charter, OURS | {"line_safe": "His.", "seen": "1"})
    assert (answer.status_code, "His." in answer.text, "Hers." in answer.text) == (409, True, True)
    assert 'name="seen" value="2"' in answer.text
    as_("ben").post(charter, OURS | {"line_safe": "His.", "seen": "2"})
    assert "His." in as_("ana").get(charter).text


def test_two_who_change_different_lines_are_both_heard(as_, charter):
    began = {name.replace("line_", "was_line_"): text for name, text in OURS.items()}
    as_("ana").post(charter, OURS | began | {"line_safe": "Hers.", "seen": "1"})
    ben = as_("ben")
    assert ben.post(charter, OURS | began | {"line_both": "His.", "seen": "1"}).status_code == 303
    page = ben.get(charter).text
    assert ("Hers." in page, "His." in page, "Both are saved." in page) == (True, True, True)


def test_saving_our_own_words_changes_nothing(as_, charter):
    as_("ana").post(f"{charter}/sign", {"seen": "1"})
    as_("ana").post(charter, OURS | {"seen": "1"})
    assert (signed(), pair().charter, pair().charter_version) == (1, "", 1)


def test_a_line_is_short(as_, charter):
    answer = as_("ana").post(charter, OURS | {"line_safe": "x" * 241, "seen": "1"})
    assert (answer.status_code, "x" * 241 in answer.text) == (422, True)


def test_a_signed_charter_stays_as_it_is(as_, ana_and_ben):
    there = f"/pairs/{ana_and_ben.id}/charter"
    assert as_("ana").get(f"{there}/edit").status_code == 303
    assert as_("ana").post(there, OURS | {"line_safe": "Other.", "seen": "1"}).status_code == 422
    assert as_("ana").post(f"{there}/sign", {"seen": "1"}).status_code == 303

"""What one notes for oneself: only in one's own answers, only when asked for."""

import pytest

from peerapp.db import db
from peerapp.rules import limits
from peerapp.rules.states import PairState, SessionState
from tests.factories import make_session

SECRET = "I was nervous about the budget"


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


def save(as_, here, body=SECRET, seen="0", by="ana"):
    return as_(by).post(f"{here}/private", {"private": body, "seen": seen})


def test_a_private_note_is_not_even_in_ones_own_page_before_one_asks(as_, here):
    assert save(as_, here).status_code == 303
    assert SECRET not in as_("ana").get(here).text
    assert SECRET in as_("ana").get(f"{here}/private").text


def test_the_other_of_the_two_finds_only_their_own(as_, here, ana_and_ben):
    save(as_, here)
    for path in ("", "/private", "/print", "/end"):
        assert SECRET not in as_("ben").get(here + path).text
    assert SECRET not in as_("ben").get(f"/pairs/{ana_and_ben.id}/journal").text


def test_both_keep_their_own(as_, here):
    save(as_, here)
    save(as_, here, "Ben's own", by="ben")
    assert "Ben&#39;s own" in as_("ben").get(f"{here}/private").text
    assert SECRET in as_("ana").get(f"{here}/private").text


def test_a_private_note_gives_no_sign_to_the_other(as_, here):
    before = as_("ben").get(here).text
    save(as_, here)
    after = as_("ben").get(here).text

    def without_tokens(page):
        return [line for line in page.splitlines() if 'name="once"' not in line and "csrf" not in line]

    assert without_tokens(before) == without_tokens(after)


def test_htmx_gets_the_fragment_alone(as_, here):
    save(as_, here)
    part = as_("ana").get(f"{here}/private", headers={"HX-Request": "true", "HX-Target": "div#private_note"}).text
    assert ("<html" in part, SECRET in part) == (False, True)


def test_an_older_window_sees_both_texts(as_, here):
    save(as_, here)
    clash = save(as_, here, "Another thought", seen="0")
    assert clash.status_code == 409
    for words in (SECRET, "Another thought", "another window", 'name="seen" value="1"'):
        assert words in clash.text


def test_a_note_that_is_too_long_stays_in_the_form(as_, here):
    typed = "x" * (limits.PRIVATE_NOTE + 1)
    answer = save(as_, here, typed)
    assert answer.status_code == 422
    assert typed in answer.text


def test_after_the_end_it_can_be_read_and_deleted_by_its_writer_alone(as_, here, ana_and_ben):
    save(as_, here)
    ana_and_ben.state = PairState.ENDED
    db.session.commit()
    assert save(as_, here, "more", seen="1").status_code == 403
    assert SECRET in as_("ana").get(f"{here}/private").text
    as_("ben").post(f"{here}/private/delete")
    assert SECRET in as_("ana").get(f"{here}/private").text
    as_("ana").post(f"{here}/private/delete")
    assert SECRET not in as_("ana").get(f"{here}/private").text

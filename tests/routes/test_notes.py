"""Writing down together: what one types is never lost, and one's own words are one's own."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from peerapp.actions.notes import add_block
from peerapp.db import db
from peerapp.models import NoteBlock
from peerapp.queries.sessions import session_of
from peerapp.rules import limits
from peerapp.rules.states import PairState, SessionState
from tests.factories import make_session


@pytest.fixture
def here(ana_and_ben):
    """The address of a session under way."""
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


def note(as_, here, by="ana", body="Three **keywords**"):
    """The address of a note that somebody has just written."""
    as_(by).post(f"{here}/notes", {"body": body})
    newest = db.session.scalars(select(NoteBlock).order_by(NoteBlock.position.desc())).first()
    return f"{here}/notes/{newest.id}"


def stored():
    db.session.expire_all()
    return db.session.scalars(select(NoteBlock).order_by(NoteBlock.position)).all()


def end_the_pair(pair):
    pair.state = PairState.ENDED
    db.session.commit()


def test_a_note_is_markdown_in_its_authors_colour(as_, here):
    note(as_, here)
    mine, theirs = as_("ana").get(here).text, as_("ben").get(here).text
    assert "<strong>keywords</strong>" in mine
    assert ('class="note me"' in mine, 'class="note you"' in theirs) == (True, True)


def test_nothing_that_is_typed_into_a_note_runs(as_, here):
    note(as_, here, body='<script>alert(1)</script> [x](javascript:alert(1)) <a hx-get="/x" onclick="y">z</a>')
    prose = as_("ben").get(here).text.partition('class="prose"')[2].partition("</article>")[0]
    assert "<script" not in prose
    assert 'href="javascript' not in prose
    assert "<a hx-get" not in prose


@pytest.mark.parametrize("typed", ["", " \n\r\n ", "x" * (limits.NOTE_BLOCK + 1)])
def test_an_empty_or_endless_note_is_refused_and_stays_in_the_form(as_, here, typed):
    answer = as_("ana").post(f"{here}/notes", {"body": typed})
    assert (answer.status_code, stored()) == (422, [])
    assert "There is a problem" in answer.text
    assert typed[:8000].strip() in answer.text


def test_a_double_click_adds_one_note(as_, here):
    ana, key = as_("ana"), uuid4().hex
    for _ in range(2):
        assert ana.post(f"{here}/notes", {"body": "Once", "once": key}).status_code == 303
    assert len(stored()) == 1


def test_both_can_edit_a_note_and_it_says_who_did(as_, here):
    there = note(as_, here)
    assert "Three **keywords**" in as_("ben").get(f"{there}/edit").text
    as_("ben").post(there, {"body": "Two keywords", "seen": "1"})
    page = as_("ana").get(here).text
    assert "Two keywords" in page
    assert "edited by Ben" in page


def test_two_who_edit_the_same_note_see_both_texts_and_choose(as_, here):
    there = note(as_, here, body="one\ntwo")
    as_("ben").post(there, {"body": "one\ntwo\nthree of Ben", "seen": "1"})
    clash = as_("ana").post(there, {"body": "one of Ana\ntwo", "seen": "1"})
    assert clash.status_code == 409
    for words in ("Ben was a moment faster", "three of Ben", "one of Ana", 'name="seen" value="2"'):
        assert words in clash.text
    assert "one\none of Ana\ntwo\nthree of Ben</textarea>" in clash.text
    assert stored()[0].body == "one\ntwo\nthree of Ben"


def test_keep_mine_or_merge_is_one_more_edit_of_what_now_stands(as_, here):
    there = note(as_, here)
    as_("ben").post(there, {"body": "Ben's", "seen": "1"})
    assert as_("ana").post(there, {"body": "Ana's and Ben's", "seen": "2"}).status_code == 303
    assert stored()[0].body == "Ana's and Ben's"


def test_oneself_in_a_second_window_is_told_so(as_, here):
    there, ana = note(as_, here), as_("ana")
    ana.post(there, {"body": "Here", "seen": "1"})
    assert "another window" in ana.post(there, {"body": "There", "seen": "1"}).text


@pytest.mark.parametrize("seen", ["", "0", "-1", "1e3", "9" * 30, "x"])
def test_an_edit_that_cannot_say_what_it_saw_is_a_clash_not_a_loss(as_, here, seen):
    there = note(as_, here)
    assert as_("ben").post(there, {"body": "Other", "seen": seen}).status_code == 409
    assert stored()[0].body == "Three **keywords**"


def test_a_refused_edit_still_remembers_which_version_was_seen(as_, here):
    there = note(as_, here)
    as_("ben").post(there, {"body": "Ben's", "seen": "1"})
    answer = as_("ana").post(there, {"body": " ", "seen": "1"})
    assert answer.status_code == 422
    assert 'name="seen" value="1"' in answer.text


def test_a_note_goes_up_and_down(as_, here):
    note(as_, here, body="first")
    second = note(as_, here, body="second")
    as_("ben").post(f"{second}/up")
    assert [block.body for block in stored()] == ["second", "first"]
    as_("ben").post(f"{second}/down")
    assert [block.body for block in stored()] == ["first", "second"]


def test_one_takes_back_ones_own_note_and_can_undo_it(as_, here):
    there, ana = note(as_, here), as_("ana")
    assert ana.post(f"{there}/retract").status_code == 303
    page = ana.get(here).text
    assert ("keywords" in page, "taken back" in page, f'action="{there}/restore"' in page) == (False, True, True)
    ana.post(f"{there}/restore")
    assert "keywords" in ana.get(here).text


def test_nobody_takes_back_the_others_note(as_, here):
    there = note(as_, here)
    assert as_("ben").post(f"{there}/retract").status_code == 403
    assert as_("ben").post(f"{there}/restore").status_code == 403


def test_a_note_that_was_taken_back_cannot_be_edited(as_, here):
    there = note(as_, here)
    as_("ana").post(f"{there}/retract")
    assert as_("ben").get(f"{there}/edit").status_code == 303
    assert as_("ben").post(there, {"body": "More", "seen": "2"}).status_code == 422


def test_after_the_end_both_read_and_take_back_their_own_but_write_nothing(as_, here, ana_and_ben):
    there = note(as_, here)
    end_the_pair(ana_and_ben)
    ana = as_("ana")
    assert "keywords" in as_("ben").get(here).text
    assert ana.post(f"{here}/notes", {"body": "More"}).status_code == 403
    assert ana.post(there, {"body": "Other", "seen": "1"}).status_code == 403
    assert "Write a note" not in ana.get(here).text
    assert ana.post(f"{there}/retract").status_code == 303
    assert stored()[0].retracted_at


def test_htmx_gets_the_block_and_the_undo_it_asked_for(as_, here):
    there, ana = note(as_, here), as_("ana")
    asks = {"HX-Request": "true", "HX-Target": "section#notes", "HX-Request-Type": "partial"}
    ana.post(f"{there}/retract", headers=asks)
    block = ana.get(here, headers=asks).text
    assert ("<html" in block, 'id="notes"' in block, f"{there}/restore" in block) == (False, True, True)


def test_a_clash_takes_the_whole_page_also_with_htmx(as_, here):
    there = note(as_, here)
    as_("ben").post(there, {"body": "Ben's", "seen": "1"})
    asks = {"HX-Request": "true", "HX-Target": "section#notes", "HX-Request-Type": "partial"}
    clash = as_("ana").post(there, {"body": "Ana's", "seen": "1"}, headers=asks)
    assert (clash.status_code, clash.headers["HX-Retarget"]) == (409, "body")
    assert "<html" in clash.text


def shown(page):
    """The notes on a page, by their numbers."""
    return [int(found) for found in re.findall(r"Said as number (\d+)", page.text)]


@pytest.fixture
def forty(cast, ana_and_ben, here):
    session = session_of(cast["ana"], ana_and_ben.id, UUID(here.rpartition("/")[2]))
    for number in range(40):
        add_block(session, cast["ana"], f"Said as number {number}")
    db.session.commit()
    return here


def test_of_many_notes_the_last_are_shown_and_the_others_are_a_step_away(as_, forty):
    ana = as_("ana")
    assert shown(ana.get(forty)) == list(range(24, 40))
    assert "Show 24 earlier notes" in ana.get(forty).text
    assert shown(ana.get(f"{forty}?notes=all")) == list(range(40))


def test_who_has_all_notes_on_the_page_keeps_them_when_one_is_added(as_, forty):
    page = {
        "HX-Request": "true",
        "HX-Target": "section#notes",
        "HX-Current-URL": f"http://localhost{forty}?notes=all#notes",
    }
    ana = as_("ana")
    ana.post(f"{forty}/notes", {"body": "Said as number 40"}, headers=page)
    assert shown(ana.get(forty, headers=page)) == list(range(41))
    page["HX-Current-URL"] = f"http://localhost{forty}"
    assert shown(ana.get(forty, headers=page)) == list(range(24, 41))


def test_only_the_first_note_of_all_cannot_go_up(as_, forty):
    first_shown = as_("ana").get(forty).text.partition("Said as number 24")[0].rpartition("<article")[2]
    assert "Move up" in first_shown

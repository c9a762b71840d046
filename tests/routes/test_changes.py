"""What one did in the journal can be taken back, and what stood there before can be brought back from its history."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from peerapp import clock
from peerapp.actions import lines
from peerapp.db import db
from peerapp.models import Action, AgendaPoint, Change, Comment, Decision, NoteBlock, Pair, PrivateWording, Session
from peerapp.rules.states import PairState, SessionState
from tests.boards import undo_in
from tests.factories import make_goal, make_session


@pytest.fixture
def here(ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    return f"/pairs/{ana_and_ben.id}/sessions/{session.id}"


@pytest.fixture
def past(ana_and_ben):
    """The address of the history."""
    return f"/pairs/{ana_and_ben.id}/history"


def now(column):
    db.session.expire_all()
    return db.session.scalars(select(column)).all()


def latest():
    db.session.expire_all()
    return db.session.scalars(select(Change).order_by(Change.number.desc(), Change.at.desc())).first()


def undo(client, page):
    """Press the undo that this page offers."""
    found = re.findall(r'action="(/pairs/[^"]+/history/[^"]+/take-back[^"]*)"', client.get(page).text)
    return client.post(found[-1])


def change(client, past, seen=10**6):
    """Bring back what was there before the latest change."""
    return client.post(f"{past}/{latest().id}/bring-back", {"seen": seen})


def test_a_changed_note_is_taken_back_and_the_history_tells_both(as_, here, past):
    ana = as_("ana")
    ana.post(f"{here}/notes", {"body": "Three keywords"})
    undo_of_adding = ana.get(here).text
    block = now(NoteBlock.id)[0]
    ana.post(f"{here}/notes/{block}", {"body": "Two keywords", "seen": 1})
    assert "Undo" in undo_of_adding
    assert undo(ana, here).location.endswith(f"{here}#notes")
    assert now(NoteBlock.body) == ["Three keywords"]
    told = as_("ben").get(past).text
    for words in ("Ana wrote the note “Three keywords”.", "Ana took a change back.", "<del>Three keywords</del>"):
        assert words in told


@pytest.mark.parametrize(
    ("form", "kind", "gone"),
    [
        ({"path": "notes", "body": "Once"}, NoteBlock, NoteBlock.retracted_at),
        ({"path": "agenda", "point": "Once", "minutes": "5"}, AgendaPoint, AgendaPoint.removed_at),
        ({"path": "decisions", "decision": "Once"}, Decision, Decision.retracted_at),
        ({"path": "takeaway", "takeaway": "Once"}, NoteBlock, NoteBlock.retracted_at),
    ],
)
def test_what_was_added_is_taken_back(as_, here, form, kind, gone):
    ana, fields = as_("ana"), dict(form)
    ana.post(f"{here}/{fields.pop('path')}", fields)
    undo(ana, here)
    assert db.session.scalars(select(kind).where(gone.is_not(None))).one()


def test_actions_are_changed_ticked_and_dropped_and_each_is_told_and_taken_back(as_, here, past, ana_and_ben):
    ana, all_actions, session = as_("ana"), f"/pairs/{ana_and_ben.id}/actions", here.rpartition("/")[2]
    ana.post(all_actions, {"action": "Brief Kim", "owner": "me", "session": session})
    action = f"{all_actions}/{now(Action.id)[0]}"
    ana.get(here)
    ana.post(action, {"action": "Brief Sam", "owner": "both", "due_on": "2026-12-01", "seen": 1, "session": session})
    undo(ana, here)
    told = ana.get(past).text
    for words in ("You changed the action “Brief Sam”.", "<del>Brief Kim</del>", "<ins>both of you</ins>"):
        assert words in told
    assert (now(Action.words), now(Action.due_on)) == (["Brief Kim"], [None])
    ana.post(f"{action}/tick", {"seen": 3, "session": session})
    undo(ana, here)
    assert now(Action.done_at) == [None]
    ana.post(f"{action}/drop", {"session": session})
    assert change(as_("ben"), past).status_code == 303
    assert now(Action.dropped_at) == [None]


def test_a_point_is_moved_changed_and_removed_and_all_of_it_can_be_undone(as_, here, past):
    ana = as_("ana")
    first = db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == "how")).one()
    there = f"{here}/agenda/{first.id}"
    ana.post(f"{there}/down")
    undo(ana, here)
    assert "You moved “How are you” on the agenda." in ana.get(past).text
    order = select(AgendaPoint.kind).order_by(AgendaPoint.position)
    assert db.session.scalars(order).first() == "how"
    ana.post(there, {"point": "Hello", "minutes": "7", "seen": 1})
    undo(ana, here)
    assert "How are you" in now(AgendaPoint.words)
    ana.post(f"{there}/remove")
    change(ana, past)
    assert now(AgendaPoint.removed_at) == [None] * 5


def test_typing_is_one_change_until_it_is_sent(as_, here, past):
    ana = as_("ana")
    block = ana.post(f"{here}/notes/typed", {"body": "T"}).location.split("/")[-2]
    for seen, words in enumerate(("Th", "Three", "Three keys"), 1):
        ana.post(f"{here}/notes/{block}/typed", {"body": words, "seen": seen})
    ana.post(f"{here}/notes", {"body": "Three keywords", "block": block, "seen": 4})
    assert [each.after["body"] for each in now(Change)] == ["Three keywords"]
    ana.post(f"{here}/notes/{block}/typed", {"body": "Two", "seen": 5})
    ana.post(f"{here}/notes/{block}/typed", {"body": "Two keywords", "seen": 6})
    assert sorted(each.before.get("body", "") for each in now(Change)) == ["", "Three keywords"]
    as_("ben").post(f"{here}/notes/{block}", {"body": "One", "seen": 7})
    change(as_("ben"), past)
    assert now(NoteBlock.body) == ["Two keywords"]


def test_ones_own_change_is_not_taken_back_over_the_others(as_, here):
    ana = as_("ana")
    ana.post(f"{here}/notes", {"body": "Mine"})
    there = f"{here}/notes/{now(NoteBlock.id)[0]}"
    ana.post(there, {"body": "Mine again", "seen": 1})
    as_("ben").post(there, {"body": "Ours", "seen": 2})
    undo(ana, here)
    assert now(NoteBlock.body) == ["Ours"]
    assert "changed again since" in ana.get(here).text


def test_bringing_back_what_the_other_just_changed_shows_both(as_, here, past):
    ana = as_("ana")
    ana.post(f"{here}/notes", {"body": "First"})
    there = f"{here}/notes/{now(NoteBlock.id)[0]}"
    ana.post(there, {"body": "Second", "seen": 1})
    mine = latest()
    as_("ben").post(there, {"body": "Third", "seen": 2})
    both = ana.post(f"{past}/{mine.id}/bring-back", {"seen": mine.number})
    assert (both.status_code, "First" in both.text, "Third" in both.text) == (409, True, True)
    [seen] = re.findall(r'name="seen" value="(\d+)"', both.text)
    ana.post(f"{past}/{mine.id}/bring-back", {"seen": seen})
    assert now(NoteBlock.body) == ["First"]


def test_what_was_taken_back_is_read_by_nobody_and_comes_back_for_its_writer_alone(as_, here, past):
    ana, ben = as_("ana"), as_("ben")
    ana.post(f"{here}/notes", {"body": "Unsaid"})
    ana.post(f"{here}/notes/{now(NoteBlock.id)[0]}/retract")
    assert all("Unsaid" not in each.get(past).text for each in (ana, ben))
    assert "Ana took a note back." in ben.get(past).text
    assert "bring-back" not in ben.get(past).text
    assert change(ben, past).status_code == 403
    assert change(ana, past).status_code == 303
    assert now(NoteBlock.retracted_at) == [None]


def test_the_history_of_what_was_taken_back_is_wiped_with_its_words(as_, here, past):
    ana = as_("ana")
    ana.post(f"{here}/notes", {"body": "Unsaid"})
    ana.post(f"{here}/notes/{now(NoteBlock.id)[0]}/retract")
    assert lines.forget_retracted(clock.now() + timedelta(hours=2), 9) == 1
    assert now(Change.id) == []


def test_a_comment_is_undone_on_the_page_of_its_goal(as_, ana_and_ben, cast, past):
    goal, ana = make_goal(ana_and_ben, "Learn SQL", by=cast["ana"]), as_("ana")
    url = f"/pairs/{ana_and_ben.id}/goals/{goal.id}"
    ana.post(f"{url}/comments", {"body": "Too hasty"})
    assert undo(ana, url).location.startswith(url)
    assert now(Comment.retracted_at) != [None]
    assert "Too hasty" not in as_("ben").get(past).text


def test_a_session_that_was_moved_goes_back_to_its_old_date_and_place(as_, ana_and_ben, past):
    session, ana = make_session(ana_and_ben, place="Room 3"), as_("ana")
    was, here = session.planned_for, f"/pairs/{ana_and_ben.id}/sessions/{session.id}"
    day = (was + timedelta(days=2)).date().isoformat()
    ana.post(f"{here}/move", {"day": day, "at": "16:00", "minutes": "45", "place": "Café", "seen": 1})
    assert "<del>Room 3</del> → <ins>Café</ins>" in as_("ben").get(past).text
    undo(ana, here)
    assert (now(Session.place), now(Session.planned_for)) == (["Room 3"], [was])


def test_the_charter_is_taken_back_and_its_history_is_open_before_both_have_signed(as_, ana_and_ben):
    ana_and_ben.state = PairState.CHARTERING
    db.session.commit()
    ana, charter = as_("ana"), f"/pairs/{ana_and_ben.id}/charter"
    ana.post(charter, {"line_safe": "What we say stays here.", "seen": 1})
    assert "What we say stays here." in as_("ben").get(f"/pairs/{ana_and_ben.id}/history?of={ana_and_ben.id}").text
    undo(ana, charter)
    assert now(Pair.charter) == [""]


def test_private_notes_have_a_history_for_their_writer_alone_and_lose_it_with_the_note(as_, here, past):
    ana, ben, there = as_("ana"), as_("ben"), f"{here}/private"
    for seen, words in enumerate(("Ask about Kim", "Ask about Sam")):
        ana.post(there, {"private": words, "seen": seen})
    assert "<del>Ask about Kim</del>" in ana.get(f"{there}/history").text
    back = f"{there}/history/{now(PrivateWording.id)[0]}/bring-back"
    assert ben.post(back).status_code == 404
    assert all("Ask about" not in ben.get(page).text for page in (past, f"{there}/history"))
    ana.post(back)
    assert "Ask about Kim</textarea>" in ana.get(there).text
    ana.post(f"{there}/delete")
    assert now(PrivateWording.id) == []


def test_the_end_of_a_session_is_taken_back_while_it_is_fresh(as_, here):
    ana = as_("ana")
    begun = now(Session.started_at)
    journal = ana.post(f"{here}/end", {"then": "none"}).location
    back = undo_in(ana.get(journal).text)
    assert ana.post(f"{here}/start").status_code == 303
    assert now(Session.state) == [SessionState.HELD]
    ana.post(back)
    assert (now(Session.state), now(Session.started_at)) == ([SessionState.RUNNING], begun)
    ana.post(f"{here}/end", {"then": "none"})
    db.session.execute(update(Session).values(ended_at=clock.now() - timedelta(hours=1)))
    db.session.commit()
    ana.post(back)
    assert now(Session.state) == [SessionState.HELD]


def test_a_long_history_is_read_page_by_page_of_all_of_a_session_and_of_one_line(as_, here, past):
    ana = as_("ana")
    for number in range(22):
        ana.post(f"{here}/notes", {"body": f"Note {number:02}"})
    first = ana.get(f"{past}?session={here.rpartition('/')[2]}").text
    older = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    assert ("Note 00" in first, "Note 00" in ana.get(older).text) == (False, True)
    of_one = ana.get(f"{past}?of={now(Change)[0].thing_id}").text
    assert of_one.count("You wrote the note") == 1

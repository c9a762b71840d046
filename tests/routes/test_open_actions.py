"""Actions in the browser: from a session or between two, ticked by either, never done by mistake."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Action, Letter, NoteBlock
from peerapp.rules.states import PairState, SessionState
from tests.boards import undo_in
from tests.factories import make_session


@pytest.fixture
def session(ana_and_ben):
    return make_session(ana_and_ben, state=SessionState.RUNNING)


@pytest.fixture
def here(session):
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


@pytest.fixture
def actions(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/actions"


@pytest.fixture
def journal(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/journal"


def add(as_, actions, by="ana", **more):
    answer = as_(by).post(actions, {"action": "Brief Priya", "owner": "me", "due_on": "", **more})
    newest = db.session.scalars(select(Action).order_by(Action.made_at.desc())).first()
    return answer, f"{actions}/{newest.id}" if newest else ""


def the_action():
    db.session.expire_all()
    return db.session.scalars(select(Action)).one()


def test_an_action_between_two_sessions_stands_in_the_journal_for_both(as_, actions, journal):
    answer, _ = add(as_, actions, due_on="2099-11-26")
    assert answer.location == f"{journal}#actions"
    assert "by 26 Nov 2099" in as_("ana").get(journal).text
    assert "Brief Priya" in as_("ben").get(journal).text


@pytest.mark.parametrize(("typed", "whose"), [("me", "ana"), ("you", "ben"), ("both", None)])
def test_it_is_mine_yours_or_both(as_, cast, actions, typed, whose):
    owner = cast[whose].id if whose else None
    add(as_, actions, owner=typed)
    assert the_action().owner_id == owner


def test_who_is_given_something_to_do_reads_it_on_their_page_once_and_without_a_mail(as_, actions):
    for _ in range(2):
        add(as_, actions, owner="you")
    for owner in ("me", "both"):
        add(as_, actions, by="ben", owner=owner)
    assert as_("ben").get("/notices").text.count("Ana noted something for you to do.") == 1
    assert "noted something" not in as_("ana").get("/notices").text
    assert db.session.scalars(select(Letter)).all() == []


def test_after_it_was_read_the_next_one_is_told_again(as_, actions):
    add(as_, actions, owner="you")
    as_("ben").post("/notices/read")
    add(as_, actions, owner="you")
    assert as_("ben").get("/notices").text.count("Ana noted something for you to do.") == 2


def test_an_action_of_a_session_leads_back_to_it(as_, actions, session, here):
    answer, _ = add(as_, actions, session=str(session.id))
    assert answer.location == f"{here}#actions"
    assert the_action().session_id == session.id


def test_a_note_turns_into_an_action_with_its_words(as_, actions, session, here):
    as_("ben").post(f"{here}/notes", {"body": "Brief\nPriya **soon**"})
    note = db.session.scalars(select(NoteBlock)).one()
    page = as_("ana").get(f"{actions}/new?session={session.id}&note={note.id}").text
    assert 'value="Brief Priya **soon**"' in page
    assert f'name="session" value="{session.id}"' in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("action", " ", "Write down what is to be done."),
        ("action", "x" * 301, "under 300 characters"),
        ("owner", "everybody", "Say who takes it on"),
        ("due_on", "tomorrow", "Write the day like this"),
        ("due_on", "1066-10-14", "in this century"),
    ],
)
def test_what_does_not_fit_is_said_where_it_was_typed(as_, actions, here, field, typed, sentence):  # noqa: PLR0917 - a table
    for place in ({}, {"session": here.rpartition("/")[2]}):
        answer, _ = add(as_, actions, **{field: typed}, **place)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert typed in answer.text or field == "owner"


def test_either_ticks_and_unticks(as_, actions, journal):
    _, there = add(as_, actions)
    as_("ben").post(f"{there}/tick", {"seen": "1"})
    assert the_action().done_at
    as_("ana").post(f"{there}/untick", {"seen": "2"})
    assert "Brief Priya" in as_("ben").get(journal).text


def test_a_tick_that_takes_the_line_from_the_page_offers_the_way_back(as_, actions, journal):
    _, there = add(as_, actions)
    ana = as_("ana")
    ana.post(f"{there}/tick", {"seen": "1"})
    ana.post(undo_in(ana.get(journal).text))
    assert the_action().done_at is None


def test_a_tick_on_other_words_than_these_asks_first(as_, actions):
    _, there = add(as_, actions)
    as_("ben").post(there, {"action": "Brief Priya and Sam", "owner": "me", "seen": "1"})
    answer = as_("ana").post(f"{there}/tick", {"seen": "1"})
    assert (answer.status_code, the_action().done_at) == (409, None)
    for words in ("Brief Priya and Sam", 'name="seen" value="2"', "Mark it as done"):
        assert words in answer.text


def test_two_who_change_the_same_action_see_both(as_, actions):
    _, there = add(as_, actions)
    as_("ben").post(there, {"action": "Brief Sam", "owner": "me", "due_on": "2099-01-02", "seen": "1"})
    clash = as_("ana").post(there, {"action": "Brief Kim", "owner": "both", "seen": "1"})
    assert clash.status_code == 409
    for words in ("Brief Sam", "Brief Kim", "for both of you", "for Ben · 2099-01-02", 'name="owner" value="both"'):
        assert words in clash.text


def test_the_edit_page_knows_whose_it_is(as_, actions):
    _, there = add(as_, actions, by="ben")
    page = as_("ana").get(f"{there}/edit").text
    assert '<option value="you" selected>' in page


def test_a_dropped_action_can_be_picked_up_again(as_, actions, journal):
    _, there = add(as_, actions)
    ana = as_("ana")
    ana.post(f"{there}/drop")
    page = ana.get(journal).text
    assert f'action="{there}/pick-up"' in page
    ana.post(f"{there}/pick-up")
    assert the_action().dropped_at is None


def test_a_double_click_adds_one_action(as_, actions):
    key, ana = uuid4().hex, as_("ana")
    for _ in range(2):
        ana.post(actions, {"action": "Once", "owner": "me", "once": key})
    the_action()


def test_after_the_end_nothing_is_added_or_ticked(as_, actions, ana_and_ben, journal):
    _, there = add(as_, actions)
    ana_and_ben.state = PairState.ENDED
    db.session.commit()
    assert add(as_, actions)[0].status_code == 403
    assert as_("ana").post(f"{there}/tick", {"seen": "1"}).status_code == 403
    assert "Brief Priya" in as_("ana").get(journal).text

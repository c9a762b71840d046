"""What does a browser load that has never been here? A page with all its files, as it travels, of the demo company."""

import re
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from peerapp.actions.notes import add_block
from peerapp.db import db
from peerapp.demo import company
from peerapp.models import Membership, Pair, Person, Session
from peerapp.queries.session_page import lines_of
from peerapp.queries.sessions import session_of
from peerapp.rules import windows
from peerapp.rules.states import SessionState
from tests.bench.wire import view_of
from tests.clients import PeerClient, session_cookie

pytestmark = pytest.mark.one_database
KB, LATER_KB = 60, 12
README = Path(__file__).parents[2] / "README.md"
SESSION_KB = 57  # our own mark, so that the next feature finds some room


@pytest.fixture
def ana(app: Flask) -> PeerClient:
    """Ana of the demo company, with a full board and a journal of some weeks."""
    company.build("hash")
    person = db.session.scalars(select(Person).where(Person.name == "Ana Rivera")).one()
    client = app.test_client()
    assert isinstance(client, PeerClient)
    client.set_cookie("peerapp", session_cookie(app, person))
    db.session.commit()
    return client


def pair() -> Pair:
    return db.session.scalars(select(Pair).join(Membership).join(Person).where(Person.name == "Ana Rivera")).one()


def test_home_and_board_come_in_six_requests_and_60_kilobytes(ana: PeerClient) -> None:
    for path in ("/", f"/pairs/{pair().id}/board"):
        view = view_of(ana, path)
        assert (view.kb <= KB, view.requests <= 6, view.later_kb <= LATER_KB) == (True, True, True), (path, view)


def test_every_session_of_a_full_journal_stays_under_60_kilobytes_with_room(ana: PeerClient) -> None:
    sessions = db.session.scalars(select(Session).where(Session.pair_id == pair().id)).all()
    assert SessionState.RUNNING in {each.state for each in sessions}
    for session in sessions:
        view = view_of(ana, f"/pairs/{session.pair_id}/sessions/{session.id}")
        assert (view.kb <= SESSION_KB, view.requests <= 7, view.later_kb <= LATER_KB) == (True, True, True), view


def test_a_session_of_a_hundred_notes_is_no_heavier(ana: PeerClient) -> None:
    running = db.session.scalars(
        select(Session).where(Session.pair_id == pair().id, Session.state == SessionState.RUNNING)
    ).one()
    me = db.session.scalars(select(Person).where(Person.name == "Ana Rivera")).one()
    session, words = session_of(me, running.pair_id, running.id), re.findall(r"[a-z]{3,}", README.read_text("utf-8"))
    chance, already = Random(1), len(lines_of(session).notes)
    for _number in range(windows.NOTES_MOST + 15 * windows.NOTES_STEP - already):  # as many as can be shown
        add_block(session, me, " ".join(chance.choices(words, k=20)))
    db.session.commit()
    view = view_of(ana, f"/pairs/{session.pair_id}/sessions/{session.id}")
    assert (view.kb <= KB, view.requests <= 7) == (True, True), view

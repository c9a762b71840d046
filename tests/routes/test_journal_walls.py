"""Nobody but the two ever reaches a journal, and no id of another pair or session opens anything under theirs."""

from uuid import uuid4

import pytest
from flask import Flask

from peerapp.actions import notes, open_actions
from peerapp.actions.open_actions import Task
from peerapp.db import db
from peerapp.models import AgendaPoint, Change
from peerapp.queries import sessions
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session

BLUEPRINTS = {
    "agenda",
    "changes",
    "decisions",
    "journal",
    "notes",
    "open_actions",
    "plans",
    "private_notes",
    "sessions",
}
FORM = {"body": "x", "point": "x", "minutes": "5", "decision": "x", "action": "x", "owner": "me", "private": "x", "seen": "1",
        "day": "2099-01-01", "at": "10:00", "then": "none"}  # fmt: skip


@pytest.fixture
def ids(cast, ana_and_ben):
    """Every id that a path of Ana and Ben's journal can hold."""
    return _fill(ana_and_ben, cast["ana"])


@pytest.fixture
def other_ids(cast):
    """The same of Ana and Caro's."""
    return _fill(make_pair(cast["ana"], cast["caro"]), cast["ana"])


def _fill(pair, person):
    made = make_session(pair, state=SessionState.RUNNING)
    session = sessions.writable_session_of(person, pair.id, made.id)
    ids = {
        "pair_id": pair.id,
        "session_id": session.id,
        "point_id": db.session.scalars(db.select(AgendaPoint.id).where(AgendaPoint.session_id == session.id)).first(),
        "block_id": notes.add_block(session, person, "Only for the two").id,
        "decision_id": notes.decide(session, person, "Only for the two").id,
        "action_id": open_actions.add(session.pair, person, Task("Only for the two", None, None), session).id,
        "wording_id": _wording(session, person).id,
        "change_id": db.session.scalars(db.select(Change.id).where(Change.pair_id == pair.id)).first(),
    }
    db.session.commit()
    return ids


def _wording(session, person):
    """What stood in the person's private note before."""
    for seen, words in enumerate(("Only for one", "Only for me")):
        notes.keep_private(session, person, words, seen)
    return sessions.wordings_of(sessions.private_note_of(person, session))[0]


def paths(app: Flask, ids):
    """Every route of the journal, with these ids in it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in BLUEPRINTS:
            values = {name: ids[name] for name in rule.arguments if name in ids}
            path = rule.rule
            for name, value in values.items():
                path = path.replace(f"<uuid:{name}>", str(value))
            yield from ((method, path) for method in rule.methods & {"GET", "POST"})


def ask(client, method, path):
    return client.get(path) if method == "GET" else client.post(path, FORM)


@pytest.mark.parametrize("who", ["zoe", "mia", "olu", "ada", "caro"])
def test_strangers_managers_and_administrators_find_nothing_anywhere(app, as_, ids, who):
    client = as_(who)
    nothing = client.get(f"/pairs/{uuid4()}/journal")
    answers = {(method, path): ask(client, method, path) for method, path in paths(app, ids)}
    assert len(answers) > 30
    assert {(answer.status_code, answer.text) for answer in answers.values()} == {(404, nothing.text)}


def test_somebody_who_is_not_signed_in_is_sent_to_the_door(app, visitor, ids):
    for method, path in paths(app, ids):
        assert ask(visitor, method, path).status_code in {303, 401}


@pytest.mark.parametrize(
    "name", ["session_id", "point_id", "block_id", "decision_id", "action_id", "wording_id", "change_id"]
)
def test_a_child_of_another_pair_is_not_found_under_mine(app, as_, ids, other_ids, name):
    ana = as_("ana")
    mixed = [
        (method, path) for method, path in paths(app, {**ids, name: other_ids[name]}) if str(other_ids[name]) in path
    ]
    assert mixed
    nothing = ana.get(f"/pairs/{uuid4()}/journal").text
    for method, path in mixed:
        answer = ask(ana, method, path)
        assert (answer.status_code, answer.text) == (404, nothing), path


@pytest.mark.parametrize("name", ["point_id", "block_id", "decision_id"])
def test_a_line_of_another_session_of_the_same_pair_is_not_found(app, as_, ids, ana_and_ben, name):
    elsewhere = make_session(ana_and_ben, number=2)
    ana, checked = as_("ana"), 0
    for method, path in paths(app, {**ids, "session_id": elsewhere.id}):
        if str(ids[name]) in path:
            checked += 1
            assert ask(ana, method, path).status_code == 404, path
    assert checked


def test_an_action_of_a_session_of_another_pair_is_not_added(as_, ids, other_ids):
    session = {"session": str(other_ids["session_id"])}
    assert as_("ana").post(f"/pairs/{ids['pair_id']}/actions", {**FORM, **session}).status_code == 404
    assert as_("ana").post(f"/pairs/{ids['pair_id']}/actions", {**FORM, "session": "x'"}).status_code == 404
    new = f"/pairs/{ids['pair_id']}/actions/new?session={ids['session_id']}&note={other_ids['block_id']}"
    assert as_("ana").get(new).status_code == 404


def test_the_two_themselves_find_every_page(app, as_, ids):
    for method, path in paths(app, ids):
        if method == "GET":
            assert as_("ben").get(path).status_code in {200, 303}, path

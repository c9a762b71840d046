"""What is typed into the notes is kept while it is typed: a paragraph after a second, the next one on top of it.

For scripts. The answers name the block and the version that stands now; the form without scripts saves the same
(routes/notes.py, routes/private_notes.py).
"""

from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.actions import notes
from peerapp.forms.notes import BlockForm, PrivateForm, TypedForm
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in
from peerapp.models import NoteBlock
from peerapp.once import once
from peerapp.queries.sessions import line_of, private_note_of, writable_session_of
from peerapp.rules.refusal import Refusal, Stale
from peerapp.web import said

bp = Blueprint("typed_notes", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>")
REFUSED, FASTER = 422, 409


@bp.post("/notes/typed")
@once
def begin(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """A new block. The same key again, because the answer was lost, leads to the same block."""
    session, form = writable_session_of(viewer(), pair_id, session_id), BlockForm()
    if not form.validate():
        return _refused(errors_in(form)["body"])
    block = notes.add_block(session, viewer(), form.body.data or "", typed=True)
    if isinstance(block, Refusal):
        return _refused(said(block))
    return redirect(url_for(".show", pair_id=pair_id, session_id=session_id, block_id=block.id), 303)


@bp.get("/notes/<uuid:block_id>/typed")
def show(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    return _told(line_of(NoteBlock, viewer(), pair_id, session_id, block_id))


@bp.post("/notes/<uuid:block_id>/typed")
def save(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    block, form = line_of(NoteBlock, viewer(), pair_id, session_id, block_id), TypedForm()
    if not form.validate():
        return _refused(errors_in(form)["body"])
    outcome = notes.type_on(block, viewer(), form.body.data or "", version_seen(form.seen.data))
    if isinstance(outcome, Stale):
        return _told(block, FASTER)
    return _refused(said(outcome)) if outcome else _told(block)


@bp.post("/private/typed")
def keep_private(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), PrivateForm()
    if not form.validate():
        return _refused(errors_in(form)["private"])
    outcome = notes.keep_private(session, viewer(), form.private.data or "", version_seen(form.seen.data))
    note = private_note_of(viewer(), session)
    told = jsonify(seen=note.version if note else 0, body=note.body if note else "")
    told.status_code = FASTER if isinstance(outcome, Stale) else 200
    return told


def _told(block: NoteBlock, status: int = 200) -> Response:
    answer = jsonify(block=str(block.id), seen=block.version, body="" if block.retracted_at else block.body)
    answer.status_code = status
    return answer


def _refused(sentence: str) -> Response:
    answer = jsonify(problem=sentence)
    answer.status_code = REFUSED
    return answer

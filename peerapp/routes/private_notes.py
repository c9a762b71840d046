"""What did I note for myself? Nobody else's request ever reads it."""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import notes
from peerapp.forms.notes import PrivateForm
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in
from peerapp.models import PrivateWording, Session
from peerapp.once import once
from peerapp.queries.sessions import private_note_of, session_of, wordings_of, writable_session_of
from peerapp.routes.clash import Clash, clash_page
from peerapp.rules.excerpts import differing_part
from peerapp.rules.refusal import Stale
from peerapp.web import page, say_done

bp = Blueprint("private_notes", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/private")


@bp.get("")
def show(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = session_of(viewer(), pair_id, session_id)
    note = private_note_of(viewer(), session)
    return _note_page(session, note.body if note else "", note.version if note else 0)


@bp.post("")
def save(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), PrivateForm()
    seen, body = version_seen(form.seen.data), form.private.data or ""
    if not form.validate():
        return _note_page(session, request.form.get("private", ""), seen, errors_in(form))
    if isinstance(notes.keep_private(session, viewer(), body, seen), Stale):
        return _clash(session, body)
    _offer(session)
    return redirect(url_for(".show", pair_id=pair_id, session_id=session_id), 303)


@bp.get("/history")
def history(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """What stood there before; for the writer alone, and gone with the note."""
    session = session_of(viewer(), pair_id, session_id)
    note = private_note_of(viewer(), session)
    earlier = [(each, differing_part(each.body, note.body)) for each in wordings_of(note)] if note else []
    return page("sessions/private_history.html", pair=session.pair, session=session, earlier=earlier)


@bp.post("/history/<uuid:wording_id>/bring-back")
@once
def bring_back(pair_id: UUID, session_id: UUID, wording_id: UUID) -> ResponseReturnValue:
    session = session_of(viewer(), pair_id, session_id)
    note = private_note_of(viewer(), session) or abort(404)
    wording = next((each for each in wordings_of(note) if each.id == wording_id), None) or abort(404)
    writable_session_of(viewer(), pair_id, session_id)
    if kept := notes.bring_back_private(note, wording):
        say_done(_("Brought back."), _way_back(session, kept), about=str(note.id))
    return redirect(url_for(".show", pair_id=pair_id, session_id=session_id), 303)


@bp.post("/delete")
def delete(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Also after the pair has ended: what only I can read I may always throw away."""
    session = session_of(viewer(), pair_id, session_id)
    notes.delete_private(session, viewer())
    say_done(_("Your private note is gone for good."))
    return redirect(url_for("sessions.show", pair_id=pair_id, session_id=session_id), 303)


def _offer(session: Session) -> None:
    """Say that it is saved, and offer what stood there before."""
    note = private_note_of(viewer(), session)
    earlier = wordings_of(note) if note else []
    if note and earlier and earlier[0].body != note.body:
        say_done(_("Your private note is saved."), _way_back(session, earlier[0]), about=str(note.id))


def _way_back(session: Session, wording: PrivateWording) -> str:
    return url_for(".bring_back", pair_id=session.pair_id, session_id=session.id, wording_id=wording.id)


def _note_page(session: Session, body: str, seen: int, errors: dict[str, str] | None = None) -> Response:
    return page(
        "sessions/private.html",
        status=422 if errors else 200,
        pair=session.pair,
        partner=session.pair.partner_of(viewer()),
        session=session,
        body=body,
        seen=seen,
        errors=errors or {},
    )


def _clash(session: Session, mine: str) -> Response:
    """Only one's own second window can have been faster."""
    note = private_note_of(viewer(), session)
    there = url_for(".show", pair_id=session.pair_id, session_id=session.id)
    clash = Clash(
        action=there,
        back=there,
        name="private",
        mine=mine,
        theirs=note.body if note else "",
        seen=note.version if note else 0,
    )
    return clash_page(session.pair, clash, by="")

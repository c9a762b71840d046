"""What did I note for myself? Nobody else's request ever reads it."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import notes
from peerapp.forms.notes import PrivateForm
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in
from peerapp.models import Session
from peerapp.queries.sessions import private_note_of, session_of, writable_session_of
from peerapp.routes.clash import Clash, clash_page
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
    return redirect(url_for(".show", pair_id=pair_id, session_id=session_id), 303)


@bp.post("/delete")
def delete(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Also after the pair has ended: what only I can read I may always throw away."""
    session = session_of(viewer(), pair_id, session_id)
    notes.delete_private(session, viewer())
    say_done(_("Your private note is gone for good."))
    return redirect(url_for("sessions.show", pair_id=pair_id, session_id=session_id), 303)


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

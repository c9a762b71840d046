"""What stands around the talk: the clock, what each needs today, the spinner, what each takes along."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import history, notes, session_clock, session_tools
from peerapp.actions.session_clock import Press
from peerapp.actions.session_tools import Pick
from peerapp.forms.sessions import TakeawayForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Session
from peerapp.models.journal import NoteKind
from peerapp.once import once
from peerapp.queries.sessions import writable_session_of
from peerapp.routes.saying import offer_to_take_back
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules.refusal import Refusal
from peerapp.web import said

bp = Blueprint("session_frame", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>")


@bp.post("/clock/start", defaults={"button": Press.START})
@bp.post("/clock/next", defaults={"button": Press.NEXT})
@bp.post("/clock/back", defaults={"button": Press.BACK})
@bp.post("/clock/pause", defaults={"button": Press.PAUSE})
def clock(pair_id: UUID, session_id: UUID, button: Press) -> ResponseReturnValue:
    session = writable_session_of(viewer(), pair_id, session_id)
    return _back(session, session_clock.press(session, button, request.form.get("point", "")), "agenda")


@bp.post("/need")
def need(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """One of the five, or nothing any more."""
    session = writable_session_of(viewer(), pair_id, session_id)
    return _back(session, session_tools.say_need(session, viewer(), request.form.get("need", "")), "needs")


@bp.post("/draw/icebreaker", defaults={"what": Pick.ICEBREAKER})
@bp.post("/draw/point", defaults={"what": Pick.POINT})
@bp.post("/draw/goal", defaults={"what": Pick.GOAL})
@bp.post("/draw/nothing", defaults={"what": Pick.NOTHING})
def draw(pair_id: UUID, session_id: UUID, what: Pick) -> ResponseReturnValue:
    session = writable_session_of(viewer(), pair_id, session_id)
    return _back(session, session_tools.draw(session, what), "drawn")


@bp.post("/takeaway")
@once
def take_along(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), TakeawayForm()
    if not form.validate():
        return session_page(session, typed_in(form), errors_in(form))
    block = notes.add_block(session, viewer(), form.takeaway.data or "", NoteKind.TAKEAWAY)
    if isinstance(block, Refusal):
        return _back(session, block, "notes")
    offer_to_take_back(history.last_of(block), _("Added to the notes."))
    return _back(session, None, "notes")


def _back(session: Session, refusal: Refusal | None, anchor: str) -> ResponseReturnValue:
    if refusal:
        flash(said(refusal), "problem")
    return redirect(address_of(session, anchor), 303)

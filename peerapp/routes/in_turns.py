"""A session by writing: it begins, the turn is handed over or taken."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import in_turns
from peerapp.forms.in_turns import TurnForm
from peerapp.models import Session
from peerapp.once import once
from peerapp.queries.pairs import open_pair_of
from peerapp.queries.sessions import open_session_of, writable_session_of
from peerapp.routes.sessions import address_of, session_page
from peerapp.web import said, say_done

bp = Blueprint("in_turns", __name__)


@bp.post("/pairs/<uuid:pair_id>/sessions/in-turns")
@once
def begin(pair_id: UUID) -> ResponseReturnValue:
    session = in_turns.begin(open_pair_of(viewer(), pair_id), viewer())
    return redirect(address_of(session), 303)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/turn")
@once
def hand_over(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), TurnForm()
    if not form.validate():
        return _again(session, form, str(form.turn.errors[0]))
    refusal = in_turns.hand_over(session, viewer(), form.turn.data or "", to_next_point=form.to_next_point)
    if refusal:
        return _again(session, form, said(refusal))
    say_done(_("Handed over. %(name)s hears of it.", name=session.pair.partner_of(viewer()).first_name))
    return redirect(address_of(session), 303)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/turn/take")
def take(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    if refusal := in_turns.take(session, viewer()):
        flash(said(refusal), "problem")
    return redirect(address_of(session), 303)


def _again(session: Session, form: TurnForm, sentence: str) -> Response:
    """What was typed comes back: into the turn, or into a note when the turn is no longer one's own."""
    field = "turn" if in_turns.is_turn_of(session, viewer()) else "body"
    return session_page(session, {field: form.turn.data or ""}, {field: sentence})

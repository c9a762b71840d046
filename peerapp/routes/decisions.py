"""What did we decide?"""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import history, notes
from peerapp.actions.lines import give_back, take_back
from peerapp.forms.notes import DecisionForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Decision
from peerapp.once import once
from peerapp.queries.sessions import own_line_of, writable_session_of
from peerapp.routes.saying import offer_to_take_back
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules.refusal import Refusal
from peerapp.web import said, say_done

bp = Blueprint("decisions", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/decisions")


@bp.post("")
@once
def add(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), DecisionForm()
    if not form.validate():
        return session_page(session, typed_in(form), errors_in(form))
    decision = notes.decide(session, viewer(), form.decision.data or "")
    if isinstance(decision, Refusal):
        return session_page(session, typed_in(form), {"decision": said(decision)})
    offer_to_take_back(history.last_of(decision), _("Decision added."))
    return redirect(address_of(session, "decisions"), 303)


@bp.post("/<uuid:decision_id>/retract")
def retract(pair_id: UUID, session_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    decision = own_line_of(Decision, viewer(), pair_id, session_id, decision_id)
    take_back(decision, decision.session.pair, viewer())
    undo = url_for(".restore", pair_id=pair_id, session_id=session_id, decision_id=decision_id)
    say_done(_("Taken back. After an hour its words are gone for good."), undo, about=str(decision.id))
    return redirect(address_of(decision.session, "decisions"), 303)


@bp.post("/<uuid:decision_id>/restore")
def restore(pair_id: UUID, session_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    decision = own_line_of(Decision, viewer(), pair_id, session_id, decision_id)
    if refusal := give_back(decision, decision.session.pair, viewer()):
        flash(said(refusal), "problem")
    return redirect(address_of(decision.session, "decisions"), 303)

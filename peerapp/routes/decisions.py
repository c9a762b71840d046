"""What did we decide?"""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import history, notes
from peerapp.actions.lines import give_back, take_back
from peerapp.forms.clashes import merged, settled
from peerapp.forms.notes import DECISION_FIELDS, DecisionForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Decision
from peerapp.once import once
from peerapp.queries.sessions import line_of, own_line_of, writable_session_of
from peerapp.routes.clash import Fields, choices_page
from peerapp.routes.saying import offer_to_take_back
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules.conflict import Merge
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said, say_done

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


@bp.get("/<uuid:decision_id>/edit")
def edit(pair_id: UUID, session_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    decision = line_of(Decision, viewer(), pair_id, session_id, decision_id)
    if decision.retracted_at:
        return redirect(address_of(decision.session, "decisions"), 303)
    return _edit_page(decision, {"decision": decision.words})


@bp.post("/<uuid:decision_id>")
def save(pair_id: UUID, session_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    """Where both said it in other words, they choose."""
    decision = line_of(Decision, viewer(), pair_id, session_id, decision_id)
    form = DecisionForm(settled(request.form))
    if not form.validate():
        return _edit_page(decision, typed_in(form), errors_in(form))
    mine = {"decision": form.decision.data or ""}
    both = merged(request.form, mine, {"decision": decision.words}, is_current=False)
    if both.clashes and decision.retracted_at is None:
        return _clash(decision, mine, both)
    outcome = notes.edit_decision(decision, viewer(), both.fields["decision"])
    if isinstance(outcome, Refusal):
        return _edit_page(decision, typed_in(form), {"decision": said(outcome)})
    offer_to_take_back(outcome, _("Decision changed."))
    return redirect(address_of(decision.session, "decisions"), 303)


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


def _edit_page(decision: Decision, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "sessions/decision.html",
        status=422 if errors else 200,
        pair=decision.session.pair,
        partner=decision.session.pair.partner_of(viewer()),
        session=decision.session,
        decision=decision,
        typed=typed,
        errors=errors or {},
        was=request.form.get("was_decision", "" if decision.retracted_at else decision.words),
    )


def _clash(decision: Decision, mine: dict[str, str], both: Merge[str]) -> Response:
    session = decision.session
    here = url_for(".save", pair_id=session.pair_id, session_id=session.id, decision_id=decision.id)
    fields = Fields(here, address_of(session, "decisions"), DECISION_FIELDS, frozenset(DECISION_FIELDS))
    return choices_page(session.pair, both, mine, fields)

"""*Guess my answer*: a page of its own beside the session, for as long as the session lasts."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.actions import guesses
from peerapp.forms.guesses import GuessForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Session
from peerapp.queries.guesses import quiz_of
from peerapp.queries.sessions import open_session_of
from peerapp.routes.sessions import address_of
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState
from peerapp.web import page, said

bp = Blueprint("guesses", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/guess")


@bp.get("")
def show(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    if session.state is not SessionState.RUNNING:
        return redirect(address_of(session), 303)
    return _quiz_page(session, {})


@bp.post("/question")
def ask(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_quiz(session, guesses.ask(session))


@bp.post("/away")
def put_away(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    guesses.put_away(session)
    return redirect(address_of(session, "drawn"), 303)


@bp.post("")
def be_ready(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = open_session_of(viewer(), pair_id, session_id), GuessForm()
    if refusal := guesses.may_answer(session, form.question.data or ""):
        return _to_quiz(session, refusal)
    if not form.validate():
        return _quiz_page(session, typed_in(form), errors_in(form))
    guesses.be_ready(session, viewer(), form.answer.data or "", form.guess.data or "")
    return _to_quiz(session, None)


def _to_quiz(session: Session, refusal: Refusal | None) -> ResponseReturnValue:
    if refusal:
        flash(said(refusal), "problem")
    return redirect(url_for("guesses.show", pair_id=session.pair_id, session_id=session.id), 303)


def _quiz_page(session: Session, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    me = viewer()
    return page(
        "sessions/guess.html",
        status=422 if errors else 200,
        pair=session.pair,
        here=address_of(session),
        me=me,
        partner=session.pair.partner_of(me),
        quiz=quiz_of(me, session),
        typed=typed,
        errors=errors or {},
    )

"""A session: its page, and when it begins, ends or did not take place."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import sessions as session_actions
from peerapp.forms.sessions import EndForm, about
from peerapp.forms.typed import typed_in
from peerapp.line_drawing import frame_of
from peerapp.models import Session
from peerapp.once import once
from peerapp.queries.pairs import open_pair_of
from peerapp.queries.session_page import lines_of
from peerapp.queries.sessions import open_session_of, planned_after, session_of
from peerapp.routes.board import region_for
from peerapp.routes.plans import plan_in, proposed_to
from peerapp.rules import windows
from peerapp.rules.needs import WORDINGS
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState
from peerapp.web import asked_for, page, said, say_done
from peerapp.whole import page_again

bp = Blueprint("sessions", __name__)


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>")
def show(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Kept until anything of it changes; the board beside it is filled in."""
    session = session_of(viewer(), pair_id, session_id)
    seen, pair = _seen_by_viewer(session), session.pair
    partner = seen["partner"]
    key = (
        seen["frame"],
        pair.version,
        pair.state,
        pair.sessions_agreed,
        partner.name,
        partner.time_zone,
        seen["is_over"],
        seen["asks_takeaway"],
        seen["turn_is_over"],
        len(seen["notes"]),
    )
    region = region_for(viewer(), pair)
    return page_again("sessions/show.html", 200, key, region=region, typed={}, errors={}, **seen)


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/print")
def paper(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = session_of(viewer(), pair_id, session_id)
    return page("sessions/print.html", **_seen_by_viewer(session))


@bp.post("/pairs/<uuid:pair_id>/sessions/start")
@once
def start_now(pair_id: UUID) -> ResponseReturnValue:
    session = session_actions.start_now(open_pair_of(viewer(), pair_id))
    return redirect(address_of(session), 303)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/start")
def start(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, session_actions.start(session))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/put-back")
def put_back(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, session_actions.put_back(session))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/held")
def was_held(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, session_actions.was_held(session))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/not-held")
def was_not_held(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, session_actions.was_not_held(session))


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/end")
def wrap_up(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    if session.state is not SessionState.RUNNING:
        return redirect(address_of(session), 303)
    return _wrap_up_page(session, proposed_to(viewer(), session.pair, after=session))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/end")
def end(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """With `plan` the next session is planned in the same step; without, the pair decides later."""
    session = open_session_of(viewer(), pair_id, session_id)
    form = EndForm()
    then = plan_in(form) if form.wants_a_date else None
    if isinstance(then, dict):
        return _wrap_up_page(session, typed_in(form), then)
    if not form.takeaway.validate(form):
        return _wrap_up_page(session, typed_in(form), {"takeaway": str(form.takeaway.errors[0])})
    refusal = session_actions.end(session, viewer(), then, form.takeaway.data or "")
    if refusal and session.state is SessionState.RUNNING:
        return _wrap_up_page(session, typed_in(form), {"day" if then else "takeaway": said(refusal)})
    if refusal:
        flash(said(refusal), "problem")
        return redirect(address_of(session), 303)
    undo = url_for(".go_on", pair_id=pair_id, session_id=session_id)
    say_done(_("The session is in your journal."), undo, about=str(session_id))
    return redirect(url_for("journal.show", pair_id=pair_id), 303)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/go-on")
def go_on(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """Undo its end."""
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, session_actions.go_on(session))


def address_of(session: Session, anchor: str | None = None) -> str:
    """Where the page of a session is."""
    return url_for("sessions.show", pair_id=session.pair_id, session_id=session.id, _anchor=anchor)


def session_page(session: Session, typed: dict[str, str], errors: dict[str, str]) -> Response:
    """The page of a session again, with what was typed into one of its forms and could not be kept."""
    region = region_for(viewer(), session.pair).html
    seen = _seen_by_viewer(session)
    return page("sessions/show.html", status=422, typed=typed, errors=errors, region=region, **seen)


def _seen_by_viewer(session: Session) -> dict[str, Any]:
    me, lines = viewer(), lines_of(session)
    frame = frame_of(session.pair, me, session)
    earlier = 0 if asked_for().get("notes") == "all" else windows.earlier_notes(len(lines.notes))
    return {
        "here": frame.here,
        "frame": frame,
        "session": session,
        "pair": session.pair,
        "me": me,
        "partner": session.pair.partner_of(me),
        "lines": lines,
        "notes": lines.notes[earlier:],
        "earlier_notes": earlier,
        "needs": WORDINGS,
        "turn_is_over": lines.frame.turn is not None and lines.frame.turn.until < clock.now(),
        "asks_takeaway": session_actions.is_fresh(session) and not lines.has_takeaway_of(me.id),
        "is_over": session.state is SessionState.PLANNED and session.planned_for < clock.now(),
    }


def _wrap_up_page(session: Session, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "sessions/end.html",
        status=422 if errors else 200,
        typed=typed,
        about=about(typed, viewer().time_zone, clock.now()),
        errors=errors or {},
        planned=planned_after(session),
        **_seen_by_viewer(session),
    )


def _to_session(session: Session, refusal: Refusal | None) -> ResponseReturnValue:
    if refusal:
        flash(said(refusal), "problem")
    return redirect(address_of(session), 303)

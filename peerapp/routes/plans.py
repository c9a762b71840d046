"""When do we meet? A session is planned, moved, cancelled."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import plans
from peerapp.actions.plans import Plan
from peerapp.forms.sessions import PlanForm, about, version_seen
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair, Person, Session
from peerapp.once import once
from peerapp.queries.pairs import open_pair_of
from peerapp.queries.sessions import latest_in, open_session_of
from peerapp.rules import cadence, planning
from peerapp.rules.in_turns import would_rather_write
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.states import SessionState
from peerapp.web import page, said, say_done

bp = Blueprint("plans", __name__)


@bp.get("/pairs/<uuid:pair_id>/sessions/new")
def new(pair_id: UUID) -> ResponseReturnValue:
    pair = open_pair_of(viewer(), pair_id)
    return _new_page(pair, proposed_to(viewer(), pair, after=latest_in(pair)))


@bp.post("/pairs/<uuid:pair_id>/sessions")
@once
def plan(pair_id: UUID) -> ResponseReturnValue:
    pair, form = open_pair_of(viewer(), pair_id), PlanForm()
    what = plan_in(form)
    if isinstance(what, dict):
        return _new_page(pair, typed_in(form), what)
    planned = plans.plan(pair, viewer(), what)
    if isinstance(planned, Refusal):
        return _new_page(pair, typed_in(form), {"day": said(planned)})
    say_done(_("Planned. You and %(name)s get an invitation by mail.", name=pair.partner_of(viewer()).first_name))
    return redirect(url_for("journal.show", pair_id=pair_id), 303)


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/move")
def edit(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    if session.state is not SessionState.PLANNED:
        return redirect(url_for("sessions.show", pair_id=pair_id, session_id=session_id), 303)
    return _move_page(session, _as_typed(viewer(), session.planned_for, session.minutes, session.place))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/move")
def move(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = open_session_of(viewer(), pair_id, session_id), PlanForm()
    what = plan_in(form)
    if isinstance(what, dict):
        return _move_page(session, typed_in(form), what)
    outcome = plans.move(session, viewer(), what, version_seen(form.seen.data))
    if isinstance(outcome, Stale):
        return _move_page(session, typed_in(form), status=409)
    if outcome and session.state is SessionState.PLANNED:
        return _move_page(session, typed_in(form), {"day": said(outcome)})
    return _to_session(session, outcome)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/cancel")
def cancel(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    return _to_session(session, plans.cancel(session, viewer()))


def proposed_to(person: Person, pair: Pair, after: Session | None) -> dict[str, str]:
    """What a planning form begins with: the pair's rhythm on this person's clock, the usual length and place."""
    now = clock.now()
    moment = (
        cadence.next_date(after.planned_for, pair.every_days, person.time_zone, now)
        if after
        else planning.first_date(person.time_zone, now)
    )
    return _as_typed(person, moment, pair.minutes, after.place if after else "")


def _as_typed(person: Person, moment: datetime, minutes: int, place: str) -> dict[str, str]:
    wall = on_the_wall(moment, person.time_zone)
    return {"day": f"{wall:%Y-%m-%d}", "at": f"{wall:%H:%M}", "minutes": str(minutes), "place": place}


def plan_in(form: PlanForm) -> Plan | dict[str, str]:
    """What was typed as a plan, or the sentences for what does not fit."""
    if not form.validate():
        return errors_in(form)
    moment = form.moment(viewer().time_zone)
    if isinstance(moment, Refusal):
        return {"at": said(moment)}
    return Plan(moment, form.minutes.data or 0, form.place.data or "")


def _new_page(pair: Pair, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    me = viewer()
    return page(
        "sessions/plan.html",
        status=422 if errors else 200,
        pair=pair,
        session=None,
        me=me,
        partner=pair.partner_of(me),
        typed=typed,
        about=about(typed, me.time_zone, clock.now()),
        errors=errors or {},
        is_stale=False,
        seen=0,
        is_apart=would_rather_write(me.time_zone, pair.partner_of(me).time_zone, clock.now()),
    )


def _move_page(
    session: Session, typed: dict[str, str], errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    """The form again; with 409 also what the other of the two has set in the meantime."""
    me, is_stale = viewer(), status == 409  # noqa: PLR2004 - HTTP's own number for a clash
    return page(
        "sessions/plan.html",
        status=422 if errors else status,
        pair=session.pair,
        session=session,
        me=me,
        partner=session.pair.partner_of(me),
        typed=typed,
        about=about(typed, me.time_zone, clock.now()),
        errors=errors or {},
        is_stale=is_stale,
        seen=session.version if is_stale else version_seen(typed.get("seen")) or session.version,
    )


def _to_session(session: Session, refusal: Refusal | None) -> ResponseReturnValue:
    if refusal:
        flash(said(refusal), "problem")
    return redirect(url_for("sessions.show", pair_id=session.pair_id, session_id=session.id), 303)

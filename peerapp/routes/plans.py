"""When do we meet? A session is planned, moved, cancelled."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import history, plans
from peerapp.actions.plans import Plan
from peerapp.forms.clashes import changed_meanwhile, merged, settled
from peerapp.forms.sessions import PLAN_FIELDS, PlanForm, about, version_seen
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair, Person, Session
from peerapp.once import once
from peerapp.queries.pairs import open_pair_of
from peerapp.queries.sessions import latest_in, open_session_of
from peerapp.routes.clash import Fields, choices_page
from peerapp.routes.saying import offer_to_take_back, say_meanwhile
from peerapp.rules import cadence, planning
from peerapp.rules.conflict import Merge
from peerapp.rules.in_turns import would_rather_write
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState
from peerapp.times import in_both
from peerapp.web import page, said

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
    sentence = _("Planned. You and %(name)s get an invitation by mail.", name=pair.partner_of(viewer()).first_name)
    offer_to_take_back(history.last_of(planned), sentence)
    return redirect(url_for("journal.show", pair_id=pair_id), 303)


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/move")
def edit(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    if session.state is not SessionState.PLANNED:
        return redirect(url_for("sessions.show", pair_id=pair_id, session_id=session_id), 303)
    return _move_page(session, _as_typed(viewer(), session.planned_for, session.minutes, session.place))


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/move")
def move(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    """What only one of the two changed goes together; where both did, they choose."""
    session, form = open_session_of(viewer(), pair_id, session_id), PlanForm(settled(request.form))
    what = plan_in(form)
    if isinstance(what, dict):
        return _move_page(session, typed_in(form), what)
    now = _fields(session)
    both = merged(request.form, form.words(), now, is_current=version_seen(form.seen.data) == session.version)
    if both.clashes and session.state is SessionState.PLANNED:
        return _clash(session, typed_in(form), both)
    outcome = plans.move(session, viewer(), _put_together(both.fields, now, what, session), session.version)
    if isinstance(outcome, Refusal) and session.state is SessionState.PLANNED:
        return _move_page(session, typed_in(form), {"day": said(outcome)})
    offer_to_take_back(outcome, _("Changed. You both get the invitation anew."))
    say_meanwhile(_partner(session), [PLAN_FIELDS[name] for name in changed_meanwhile(request.form, now)])
    return _to_session(session, outcome if isinstance(outcome, Refusal) else None)


@bp.post("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/cancel")
def cancel(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = open_session_of(viewer(), pair_id, session_id)
    outcome = plans.cancel(session, viewer())
    return _to_session(session, outcome if isinstance(outcome, Refusal) else None)


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


def _fields(session: Session) -> dict[str, str]:
    """The plan as a form of this person says it; day and time are one moment, and so one field."""
    wall = on_the_wall(session.planned_for, viewer().time_zone)
    return {"when": f"{wall:%Y-%m-%d %H:%M}", "minutes": str(session.minutes), "place": session.place}


def _put_together(fields: Mapping[str, str], now: Mapping[str, str], mine: Plan, session: Session) -> Plan:
    moment = session.planned_for if fields["when"] == now["when"] else mine.moment
    return Plan(moment, int(fields["minutes"]), fields["place"])


def _partner(session: Session) -> str:
    return session.pair.partner_of(viewer()).first_name


def _clash(session: Session, typed: dict[str, str], both: Merge[str]) -> Response:
    me, partner = viewer(), session.pair.partner_of(viewer())

    def say(name: str, value: str) -> str:
        if name != "when":
            return value
        day, at = value.split()
        return in_both(about({"day": day, "at": at}, me.time_zone, clock.now()), me.time_zone, partner.time_zone)

    here = url_for(".move", pair_id=session.pair_id, session_id=session.id)
    back = url_for("sessions.show", pair_id=session.pair_id, session_id=session.id)
    form = {name: typed[name] for name in ("day", "at", "minutes", "place")} | {"seen": str(session.version)}
    return choices_page(session.pair, both, form, Fields(here, back, PLAN_FIELDS, frozenset({"place"}), say))


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
        was={},
        seen=0,
        is_apart=would_rather_write(me.time_zone, pair.partner_of(me).time_zone, clock.now()),
    )


def _move_page(session: Session, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    me = viewer()
    return page(
        "sessions/plan.html",
        status=422 if errors else 200,
        pair=session.pair,
        session=session,
        me=me,
        partner=session.pair.partner_of(me),
        typed=typed,
        about=about(typed, me.time_zone, clock.now()),
        errors=errors or {},
        was={name: request.form.get(f"was_{name}", value) for name, value in _fields(session).items()},
        seen=version_seen(typed.get("seen")) or session.version,
    )


def _to_session(session: Session, refusal: Refusal | None) -> ResponseReturnValue:
    if refusal:
        flash(said(refusal), "problem")
    return redirect(url_for("sessions.show", pair_id=session.pair_id, session_id=session.id), 303)

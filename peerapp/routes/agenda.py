"""What do we talk about, and for how long?"""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import agenda, history
from peerapp.actions.agenda import Topic
from peerapp.actions.lines import step
from peerapp.forms.agenda import POINT_FIELDS, PointForm
from peerapp.forms.clashes import changed_meanwhile, put_together
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import AgendaPoint
from peerapp.once import once
from peerapp.queries.sessions import goals_to_name, line_of, removed_point_of, writable_session_of
from peerapp.routes.clash import Clash, clash_page
from peerapp.routes.saying import offer_to_take_back, say_meanwhile
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules.refusal import Refusal, Stale
from peerapp.web import page, said, say_done

bp = Blueprint("agenda", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/agenda")


@bp.post("")
@once
def add(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), PointForm()
    if not form.validate():
        return session_page(session, typed_in(form), errors_in(form))
    point = agenda.add_point(session, viewer(), form.point.data or "", form.minutes.data or 1)
    if isinstance(point, Refusal):
        return session_page(session, typed_in(form), {"point": said(point)})
    offer_to_take_back(history.last_of(point), _("Point added."))
    return redirect(address_of(session, "agenda"), 303)


@bp.get("/<uuid:point_id>/edit")
def edit(pair_id: UUID, session_id: UUID, point_id: UUID) -> ResponseReturnValue:
    point = line_of(AgendaPoint, viewer(), pair_id, session_id, point_id)
    return _edit_page(point, _as_typed(point))


@bp.post("/<uuid:point_id>")
def save(pair_id: UUID, session_id: UUID, point_id: UUID) -> ResponseReturnValue:
    point, form = line_of(AgendaPoint, viewer(), pair_id, session_id, point_id), PointForm()
    if not form.validate():
        return _edit_page(point, typed_in(form), errors_in(form))
    seen, now = version_seen(form.seen.data), _as_typed(point)
    both = put_together(request.form, form.words(), now)
    if both:
        form.take({**both.fields, **{clash.field: clash.mine for clash in both.clashes}})
        seen = seen if both.clashes else point.version
    what = Topic(form.point.data or "", form.minutes.data or 1, _goal_in(form, point))
    outcome = agenda.edit_point(point, viewer(), what, seen)
    if isinstance(outcome, Stale):
        return _clash(point, form)
    offer_to_take_back(outcome, _("Point changed."))
    partner = point.session.pair.partner_of(viewer()).first_name
    say_meanwhile(partner, [POINT_FIELDS[name] for name in changed_meanwhile(request.form, now)])
    return redirect(address_of(point.session, "agenda"), 303)


@bp.post("/<uuid:point_id>/tick", defaults={"done": True})
@bp.post("/<uuid:point_id>/untick", defaults={"done": False})
def tick(pair_id: UUID, session_id: UUID, point_id: UUID, done: bool) -> ResponseReturnValue:
    point = line_of(AgendaPoint, viewer(), pair_id, session_id, point_id)
    outcome = agenda.tick_point(point, viewer(), done=done)
    offer_to_take_back(outcome, _("Point ticked.") if done else _("Point open again."))
    return redirect(address_of(point.session, "agenda"), 303)


@bp.post("/<uuid:point_id>/up", defaults={"up": True})
@bp.post("/<uuid:point_id>/down", defaults={"up": False})
def move(pair_id: UUID, session_id: UUID, point_id: UUID, up: bool) -> ResponseReturnValue:
    point = line_of(AgendaPoint, viewer(), pair_id, session_id, point_id)
    offer_to_take_back(step(point, viewer(), up=up), _("Point moved."))
    return redirect(address_of(point.session, "agenda"), 303)


@bp.post("/<uuid:point_id>/remove")
def remove(pair_id: UUID, session_id: UUID, point_id: UUID) -> ResponseReturnValue:
    point = line_of(AgendaPoint, viewer(), pair_id, session_id, point_id)
    agenda.remove_point(point, viewer())
    undo = url_for("agenda.restore", pair_id=pair_id, session_id=session_id, point_id=point_id)
    say_done(_("Removed from the agenda."), undo, about=str(point.id))
    return redirect(address_of(point.session, "agenda"), 303)


@bp.post("/<uuid:point_id>/restore")
def restore(pair_id: UUID, session_id: UUID, point_id: UUID) -> ResponseReturnValue:
    point = removed_point_of(viewer(), pair_id, session_id, point_id)
    agenda.restore_point(point, viewer())
    return redirect(address_of(point.session, "agenda"), 303)


def _as_typed(point: AgendaPoint) -> dict[str, str]:
    """As the form shows it."""
    return {"point": point.words, "minutes": str(point.minutes), "goal": str(point.goal_id or "")}


def _goal_in(form: PointForm, point: AgendaPoint) -> UUID | None:
    """The goal that was chosen; one of another pair is not found."""
    if not form.goal.data:
        return None
    known = {str(goal.id): goal.id for goal in goals_to_name(point.session.pair, point.goal_id)}
    return known.get(form.goal.data) or abort(404)


def _edit_page(point: AgendaPoint, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "sessions/agenda_point.html",
        status=422 if errors else 200,
        pair=point.session.pair,
        partner=point.session.pair.partner_of(viewer()),
        session=point.session,
        point=point,
        goals=[(goal.id, goal.title) for goal in goals_to_name(point.session.pair, point.goal_id)],
        typed=typed,
        errors=errors or {},
        was={name: request.form.get(f"was_{name}", value) for name, value in _as_typed(point).items()},
        seen=version_seen(request.form.get("seen")) or point.version,
    )


def _clash(point: AgendaPoint, form: PointForm) -> Response:
    minutes, goal = str(form.minutes.data), form.goal.data or ""
    clash = Clash(
        action=url_for("agenda.save", pair_id=point.session.pair_id, session_id=point.session_id, point_id=point.id),
        back=address_of(point.session, "agenda"),
        name="point",
        mine=form.point.data or "",
        theirs=point.words,
        seen=point.version,
        others={"minutes": minutes, "goal": goal},
        told_mine=_("%(count)s minutes", count=minutes),
        told_theirs=_("%(count)s minutes", count=point.minutes),
    )
    return clash_page(point.session.pair, clash, point.session.pair.partner_of(viewer()).first_name)

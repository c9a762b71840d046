"""A goal of the two of us: its page, and making, changing, archiving and restoring it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import goals as goal_actions
from peerapp.actions.goals import Draft, Meanwhile
from peerapp.forms.clashes import kept_theirs, settled
from peerapp.forms.goals import GoalForm, NewGoalForm, VersionForm, errors_of
from peerapp.models import Goal, Pair
from peerapp.once import once
from peerapp.queries import board, goals
from peerapp.queries.goal_page import page_of
from peerapp.queries.pairs import open_pair_of
from peerapp.routes.board import address_of
from peerapp.routes.saying import clash_page, meanwhile_page, offer_undo, say_meanwhile
from peerapp.rules.areas import AREA_NAMES
from peerapp.rules.board import COLUMN_NAMES, STARTS
from peerapp.rules.conflict import Merge
from peerapp.rules.due import due
from peerapp.rules.goal_fields import FIELD_NAMES
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from peerapp.times import ago, moment_in
from peerapp.web import page, said
from peerapp.whole import page_again

bp = Blueprint("goals", __name__, url_prefix="/pairs/<uuid:pair_id>/goals")
SHOWN = ("goal", "pair", "partner", "due", "steps", "comments", "earlier")
EMPTY: dict[str, Any] = {
    "title": "",
    "areas": [],
    "owner": "me",
    "due_on": "",
    "why": "",
    "success_sign": "",
    "next_step": "",
    "need": "",
}


@bp.get("/new")
def new(pair_id: UUID) -> ResponseReturnValue:
    column = request.args.get("column", "")
    return _new_page(open_pair_of(viewer(), pair_id), EMPTY, column if column in STARTS else Column.IDEAS)


@bp.post("")
@once
def make(pair_id: UUID) -> ResponseReturnValue:
    pair, form = open_pair_of(viewer(), pair_id), NewGoalForm()
    if not form.validate():
        return _new_page(pair, form.typed(), form.where, errors_of(form))
    fields = form.fields(viewer().id, pair.partner_of(viewer()).id)
    made = goal_actions.make(pair, viewer(), [Draft(fields, form.where)])
    if isinstance(made, Refusal):
        return _new_page(pair, form.typed(), form.where, {"": said(made)})
    offer_undo(made[0], _("“%(title)s” is on the board.", title=fields["title"]))
    return redirect(address_of(pair_id, made[0].goal_id, form.where), 303)


@bp.get("/<uuid:goal_id>")
def show(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Kept under all that it shows, until the words for how long ago something was said are others."""
    me, seen = viewer(), _seen(pair_id, goal_id)
    told = (me.time_zone, board.today_of(me), *(ago(comment.written_at) for comment in seen["comments"]))
    key = (tuple(seen[name] for name in SHOWN), told)
    return page_again("goals/show.html", 200, key, typed={}, errors={}, **seen)


def goal_page(
    goal: Goal, status: int = 200, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    """Everything about the goal, with what was typed into its small forms and could not be kept."""
    seen = _seen(goal.pair_id, goal.id)
    return page("goals/show.html", status=status, typed=typed or {}, errors=errors or {}, **seen)


def _seen(pair_id: UUID, goal_id: UUID) -> dict[str, Any]:
    me = viewer()
    seen = page_of(me, pair_id, goal_id, moment_in(request.args.get("before", "")))
    goal = seen.goal
    return {
        "goal": goal,
        "pair": seen.pair,
        "me": me,
        "partner": seen.partner,
        "owner": goal.owner,
        "due": due(goal.due_on, board.today_of(me), board.day_of(goal.done_at, me)),
        "column_name": COLUMN_NAMES[goal.column],
        "steps": seen.steps,
        "comments": seen.comments,
        "earlier": seen.earlier,
    }


@bp.get("/<uuid:goal_id>/edit")
def edit(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal = goals.goal_of(viewer(), pair_id, goal_id)
    return _edit_page(goal, _as_typed(goal, goal.fields()), goal.version)


@bp.post("/<uuid:goal_id>/edit")
def save(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), GoalForm(settled(request.form))
    if not form.validate():
        return _edit_page(goal, form.typed(), form.version.data or goal.version, errors_of(form))
    said_now = form.fields(viewer().id, goal.pair.partner_of(viewer()).id)
    theirs = kept_theirs(request.form)
    return put(goal, {name: value for name, value in said_now.items() if name not in theirs}, form.seen)


def put(goal: Goal, wanted: dict[str, Any], seen: int) -> ResponseReturnValue:
    """Say these things about the goal, and go to its page; or a 409 with both texts."""
    theirs = goals.changed_by_other(goal, viewer(), seen)
    outcome = goal_actions.edit(goal, viewer(), wanted, seen)
    here = url_for("goals.show", pair_id=goal.pair_id, goal_id=goal.id)
    if isinstance(outcome, Merge):
        mine = _as_typed(goal, {**outcome.fields, **{each.field: each.mine for each in outcome.clashes}})
        return clash_page(goal.pair, outcome, mine, action=f"{here}/edit", back=here, version=goal.version)
    if isinstance(outcome, Refusal):
        return _edit_page(goal, _as_typed(goal, goal.fields() | wanted), goal.version, {"owner": said(outcome)})
    if outcome is not None:
        offer_undo(outcome, _("Saved."), to="goal")
        say_meanwhile(goal.pair.partner_of(viewer()).first_name, [FIELD_NAMES[name] for name in theirs])
    return redirect(here, 303)


@bp.post("/<uuid:goal_id>/archive")
def archive(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), VersionForm()
    if not form.validate():
        return goal_page(goal, 422, errors=errors_of(form))
    outcome = goal_actions.archive(goal, viewer(), form.seen)
    if isinstance(outcome, Meanwhile):
        here = url_for("goals.archive", pair_id=pair_id, goal_id=goal_id)
        return meanwhile_page(goal, outcome, {}, action=here, anyway=_("Archive it anyway"))
    if outcome is not None:
        offer_undo(outcome, _("“%(title)s” is in the archive.", title=goal.title))
    return redirect(url_for("board.show", pair_id=pair_id), 303)


@bp.post("/<uuid:goal_id>/restore")
def restore(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal = goals.open_goal_of(viewer(), pair_id, goal_id)
    outcome = goal_actions.restore(goal, viewer())
    if isinstance(outcome, Refusal):
        return goal_page(goal, 422, errors={"": said(outcome)})
    if outcome is not None:
        offer_undo(outcome, _("“%(title)s” is back on the board.", title=goal.title))
    return redirect(address_of(goal.pair_id, goal.id, goal.column), 303)


def _new_page(pair: Pair, typed: dict[str, Any], column: str, errors: dict[str, str] | None = None) -> Response:
    return page(
        "goals/new.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        typed=typed,
        column=column,
        areas=_areas(),
        columns=[(each.value, _(COLUMN_NAMES[each])) for each in STARTS],
        errors=errors or {},
    )


def _edit_page(goal: Goal, typed: dict[str, Any], version: int, errors: dict[str, str] | None = None) -> Response:
    return page(
        "goals/edit.html",
        status=422 if errors else 200,
        goal=goal,
        pair=goal.pair,
        partner=goal.pair.partner_of(viewer()),
        typed=typed,
        areas=_areas(),
        version=version,
        errors=errors or {},
    )


def _areas() -> list[tuple[str, str]]:
    return [(area.value, _(name)) for area, name in AREA_NAMES.items()]


def _as_typed(goal: Goal, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a form shows them: the owner is me, you or both."""
    owners = {str(viewer().id): "me", str(goal.pair.partner_of(viewer()).id): "you"}
    return fields | {"owner": owners.get(fields["owner"], "both")}

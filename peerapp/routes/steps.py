"""How do we get there? The steps of a goal."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import steps
from peerapp.forms.clashes import kept_theirs, settled
from peerapp.forms.goals import StepForm, VersionForm, errors_of
from peerapp.models import Goal, GoalEvent, Step
from peerapp.once import once
from peerapp.queries import goals
from peerapp.routes.goals import goal_page
from peerapp.routes.saying import clash_page, offer_undo
from peerapp.rules.board import By
from peerapp.rules.conflict import Merge
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said

bp = Blueprint("steps", __name__, url_prefix="/pairs/<uuid:pair_id>/goals/<uuid:goal_id>/steps")


@bp.post("")
@once
def add(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), StepForm()
    if not form.validate():
        return goal_page(goal, 422, {"words": form.words.data or ""}, errors_of(form))
    outcome = steps.add(goal, viewer(), form.words.data or "")
    if isinstance(outcome, Refusal):
        return goal_page(goal, 422, {"words": form.words.data or ""}, {"words": said(outcome)})
    return _done(goal, outcome, _("Step added."), "steps")


@bp.post("/<uuid:step_id>/tick")
def tick(pair_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    goal, step = _loaded(pair_id, goal_id, step_id)
    done = request.form.get("done") == "1"
    outcome = steps.tick(goal, viewer(), step, done=done)
    return told(goal, outcome, _("Step done.") if done else _("Step open again."), step)


@bp.get("/<uuid:step_id>/edit")
def edit(pair_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    goal = goals.goal_of(viewer(), pair_id, goal_id)
    step = goals.step_of(goal, step_id)
    return _step_page(goal, step, step.words, goal.version)


@bp.post("/<uuid:step_id>/edit")
def save(pair_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    goal, step = _loaded(pair_id, goal_id, step_id)
    form = StepForm(settled(request.form))
    words = form.words.data or ""
    if not form.validate():
        return _step_page(goal, step, words, form.version.data or goal.version, errors_of(form))
    if "words" in kept_theirs(request.form):
        return told(goal, None, "", step)
    return reworded(goal, step, words, form.seen)


def reworded(goal: Goal, step: Step, words: str, seen: int) -> ResponseReturnValue:
    """Say this in the step, and go to its goal; or a 409 with both texts."""
    outcome = steps.reword(goal, viewer(), step, words, seen)
    if isinstance(outcome, Merge):
        here = url_for("steps.save", pair_id=goal.pair_id, goal_id=goal.id, step_id=step.id)
        back = url_for("goals.show", pair_id=goal.pair_id, goal_id=goal.id)
        return clash_page(goal.pair, outcome, {"words": words}, action=here, back=back, version=goal.version)
    if isinstance(outcome, Refusal):
        return _gone(goal, outcome, words)
    return told(goal, outcome, _("Step reworded."), step)


@bp.post("/<uuid:step_id>/move")
def move(pair_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    goal, step = _loaded(pair_id, goal_id, step_id)
    way = next((by for by in By if by.value == request.form.get("by")), None)
    if way is None:
        return goal_page(goal, 422, errors={"": _("Choose where the step goes.")})
    return told(goal, steps.move(goal, viewer(), step, way), _("Step moved."), step)


@bp.post("/<uuid:step_id>/remove")
def remove(pair_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    goal, step = _loaded(pair_id, goal_id, step_id)
    form = VersionForm()
    if not form.validate():
        return goal_page(goal, 422, errors=errors_of(form))
    return told(goal, steps.remove(goal, viewer(), step), _("Step removed."), None)


def _loaded(pair_id: UUID, goal_id: UUID, step_id: UUID) -> tuple[Goal, Step]:
    goal = goals.open_goal_of(viewer(), pair_id, goal_id)
    return goal, goals.step_of(goal, step_id)


def told(goal: Goal, outcome: GoalEvent | Refusal | None, sentence: str, step: Step | None) -> ResponseReturnValue:
    if isinstance(outcome, Refusal):
        return _gone(goal, outcome, "")
    return _done(goal, outcome, sentence, f"step_{step.id}" if step else "steps")


def _done(goal: Goal, event: GoalEvent | None, sentence: str, anchor: str) -> ResponseReturnValue:
    if event is not None:
        offer_undo(event, sentence, to="goal")
    return redirect(url_for("goals.show", pair_id=goal.pair_id, goal_id=goal.id, _anchor=anchor), 303)


def _gone(goal: Goal, refusal: Refusal, words: str) -> Response:
    """The step was removed meanwhile: its new words stand in the form for a new step."""
    return goal_page(goal, 409, {"words": words}, {"words" if words else "": said(refusal)})


def _step_page(goal: Goal, step: Step, words: str, version: int, errors: dict[str, str] | None = None) -> Response:
    return page(
        "goals/step.html",
        status=422 if errors else 200,
        goal=goal,
        pair=goal.pair,
        partner=goal.pair.partner_of(viewer()),
        step=step,
        words=words,
        version=version,
        errors=errors or {},
    )

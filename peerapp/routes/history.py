"""Who changed what on a goal, and when? And bringing an earlier wording back."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import steps
from peerapp.forms.goals import HIGHEST, VersionForm, errors_of
from peerapp.models import Goal, GoalEvent
from peerapp.models.goals import GoalChange
from peerapp.queries import goals
from peerapp.routes.goals import goal_page, put
from peerapp.routes.saying import teller
from peerapp.routes.steps import reworded, told
from peerapp.rules.goal_fields import FIELD_NAMES
from peerapp.telling import of_step, step_in
from peerapp.web import page

bp = Blueprint("history", __name__, url_prefix="/pairs/<uuid:pair_id>/goals/<uuid:goal_id>/history")


@bp.get("")
def show(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal = goals.goal_of(viewer(), pair_id, goal_id)
    before = request.args.get("before", type=int)
    changes = goals.changes_of(goal, before if before and 0 < before <= HIGHEST else None)
    shown, more = changes[: goals.CHANGES_A_PAGE], changes[goals.CHANGES_A_PAGE :]
    here = url_for("history.show", pair_id=pair_id, goal_id=goal_id)
    tell = teller(goal.pair).tell
    return page(
        "goals/history.html",
        goal=goal,
        pair=goal.pair,
        partner=goal.pair.partner_of(viewer()),
        changes=[(change, tell(change)) for change in shown],
        newer=here if before else None,
        older=f"{here}?before={shown[-1].version}" if more else None,
    )


@bp.post("/<uuid:event_id>/restore")
def restore(pair_id: UUID, goal_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Say again what the goal said before this change, in the fields that it changed."""
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), VersionForm()
    event = goals.event_of(goal, event_id)
    if not form.validate():
        return goal_page(goal, 422, errors=errors_of(form))
    if event.kind is GoalChange.STEP:
        return _restore_step(goal, event, form)
    return put(goal, {name: event.before[name] for name in FIELD_NAMES if name in event.before}, form.seen)


def _restore_step(goal: Goal, event: GoalEvent, form: VersionForm) -> ResponseReturnValue:
    """A removed step comes back; one that was reworded says again what it said."""
    step, was, became = goals.step_of(goal, step_in(event)), of_step(event.before), of_step(event.after)
    if became.get("removed"):
        outcome = steps.put_back(goal, viewer(), step)
        return told(goal, outcome, _("Step brought back."), step)
    return reworded(goal, step, str(was["words"]), form.seen)

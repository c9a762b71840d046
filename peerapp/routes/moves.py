"""Where does a goal go? By menu, keyboard or drag, every move is this one request; and both say when theirs is done."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import moves
from peerapp.actions.goals import Meanwhile
from peerapp.forms.goals import MoveForm, errors_of
from peerapp.models import Goal, GoalEvent
from peerapp.models.goals import GoalChange
from peerapp.queries import board, goals
from peerapp.routes.board import address_of
from peerapp.routes.saying import meanwhile_page, offer_undo
from peerapp.rules.board import COLUMN_NAMES, is_much, neighbour
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from peerapp.web import page, said

bp = Blueprint("moves", __name__, url_prefix="/pairs/<uuid:pair_id>/goals/<uuid:goal_id>")


@bp.get("/move")
def show(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    return _move_page(goals.goal_of(viewer(), pair_id, goal_id))


@bp.post("/move")
def move(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), MoveForm(request.values)
    if not form.validate():
        return _move_page(goal, errors_of(form))
    column, under = _target(goal, form)
    outcome = moves.move(goal, viewer(), column, under, form.seen)
    if isinstance(outcome, Refusal):
        return _move_page(goal, {"": said(outcome)})
    if isinstance(outcome, Meanwhile):
        mine = {name: value for name in ("column", "after", "by", "to") if (value := request.values.get(name))}
        here = url_for("moves.move", pair_id=pair_id, goal_id=goal_id)
        return meanwhile_page(goal, outcome, mine, action=here, anyway=_("Move it anyway"))
    if outcome is not None:
        offer_undo(outcome, _sentence(goal, outcome), to=_back())
    return _go_back(goal)


@bp.post("/not-yet")
def not_yet(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal = goals.open_goal_of(viewer(), pair_id, goal_id)
    outcome = moves.say_not_yet(goal, viewer())
    if outcome is not None:
        offer_undo(outcome, _("“%(title)s” is not done yet.", title=goal.title), to=_back())
    return _go_back(goal)


def _target(goal: Goal, form: MoveForm) -> tuple[Column, UUID | None]:
    if form.way is None or form.to is not None:
        return form.to or goal.column, form.under
    order = [card for card, _key in board.order_in(goal.pair_id, goal.column)]
    return goal.column, neighbour(order, goal.id, form.way) if goal.id in order else None


def _sentence(goal: Goal, event: GoalEvent) -> str:
    if event.kind is GoalChange.CONFIRMED:
        name = goal.pair.partner_of(viewer()).first_name
        return str(_("You say it is done. It moves to Done when %(name)s says so too.", name=name))
    moved: str = _("“%(title)s” is in %(column)s now.", title=goal.title, column=_(COLUMN_NAMES[goal.column]))
    doing = board.doing_of(goal.pair_id, viewer().id) if goal.column is Column.DOING else 0
    is_mine = goal.owner_id in {None, viewer().id}
    if is_mine and is_much(doing) and event.before["column"] != Column.DOING:
        return (
            f"{moved} {_('You have %(count)s goals under way. Two at a time is easier; it is up to you.', count=doing)}"
        )
    return moved


def _back() -> str:
    return "goal" if request.values.get("to") == "goal" else "board"


def _go_back(goal: Goal) -> ResponseReturnValue:
    """To the page it was sent from: the goal's own, or the board with the card in sight."""
    if _back() == "goal":
        return redirect(url_for("goals.show", pair_id=goal.pair_id, goal_id=goal.id), 303)
    return redirect(address_of(goal.pair_id, goal.id, goal.column), 303)


def _move_page(goal: Goal, errors: dict[str, str] | None = None) -> Response:
    context: dict[str, Any] = {"goal": goal, "pair": goal.pair, "partner": goal.pair.partner_of(viewer())}
    return page(
        "goals/move.html",
        status=422 if errors else 200,
        columns=[(column.value, _(name)) for column, name in COLUMN_NAMES.items()],
        back=_back(),
        errors=errors or {},
        **context,
    )

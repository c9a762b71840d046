"""Take back what I just did."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import undo
from peerapp.models import GoalEvent, Pair
from peerapp.once import once
from peerapp.queries import goals
from peerapp.queries.pairs import open_pair_of
from peerapp.routes.board import board_page
from peerapp.rules.refusal import Refusal
from peerapp.web import said, say_done

bp = Blueprint("undo", __name__)


@bp.post("/pairs/<uuid:pair_id>/undo")
@once
def take_back(pair_id: UUID) -> ResponseReturnValue:
    pair = open_pair_of(viewer(), pair_id)
    event = _meant(pair)
    outcome = undo.undo(pair, viewer(), event)
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
        return board_page(viewer(), pair_id, 409)
    say_done(_("Taken back."))
    if request.values.get("to") == "goal" and event and event.goal_id:
        return redirect(url_for("goals.show", pair_id=pair_id, goal_id=event.goal_id), 303)
    return redirect(url_for("board.show", pair_id=pair_id), 303)


def _meant(pair: Pair) -> GoalEvent | None:
    """The change that is named, else the viewer's last one."""
    named = request.values.get("change", type=UUID)
    return goals.own_change_of(pair, viewer(), named) if named else goals.last_change_of(pair, viewer())

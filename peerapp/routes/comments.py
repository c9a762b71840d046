"""What do the two of us say about a goal?"""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import comments, history
from peerapp.actions.lines import give_back, take_back
from peerapp.forms.goals import CommentForm, errors_of
from peerapp.models import Comment, Goal
from peerapp.once import once
from peerapp.queries import goals
from peerapp.routes.goals import goal_page
from peerapp.routes.saying import offer_to_take_back
from peerapp.web import said, say_done

bp = Blueprint("comments", __name__, url_prefix="/pairs/<uuid:pair_id>/goals/<uuid:goal_id>/comments")


@bp.post("")
@once
def add(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), CommentForm()
    body = form.body.data or ""
    if not form.validate():
        return goal_page(goal, 422, {"body": body}, errors_of(form))
    comment = comments.add(goal, viewer(), body)
    offer_to_take_back(history.last_of(comment), _("Comment added."))
    return redirect(url_for("goals.show", pair_id=pair_id, goal_id=goal_id, _anchor=f"comment_{comment.id}"), 303)


@bp.post("/<uuid:comment_id>/retract")
def retract(pair_id: UUID, goal_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    goal, comment = _own(pair_id, goal_id, comment_id)
    take_back(comment, goal.pair, viewer())
    undo = url_for(".restore", pair_id=pair_id, goal_id=goal_id, comment_id=comment_id)
    say_done(_("Your comment is taken back. After an hour its words are gone for good."), undo, about=str(comment_id))
    return redirect(url_for("goals.show", pair_id=pair_id, goal_id=goal_id, _anchor="comments"), 303)


@bp.post("/<uuid:comment_id>/restore")
def restore(pair_id: UUID, goal_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    goal, comment = _own(pair_id, goal_id, comment_id)
    if refusal := give_back(comment, goal.pair, viewer()):
        flash(said(refusal), "problem")
    return redirect(url_for("goals.show", pair_id=pair_id, goal_id=goal_id, _anchor="comments"), 303)


def _own(pair_id: UUID, goal_id: UUID, comment_id: UUID) -> tuple[Goal, Comment]:
    """One's own, also after the pair has ended; 403 for the other's."""
    goal = goals.goal_of(viewer(), pair_id, goal_id)
    comment = goals.comment_of(goal, comment_id)
    return (goal, comment) if comment.author_id == viewer().id else abort(403)

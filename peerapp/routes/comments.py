"""What do the two of us say about a goal?"""

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import comments
from peerapp.forms.goals import CommentForm, errors_of
from peerapp.once import once
from peerapp.queries import goals
from peerapp.routes.goals import goal_page
from peerapp.web import say_done

bp = Blueprint("comments", __name__, url_prefix="/pairs/<uuid:pair_id>/goals/<uuid:goal_id>/comments")


@bp.post("")
@once
def add(pair_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    goal, form = goals.open_goal_of(viewer(), pair_id, goal_id), CommentForm()
    body = form.body.data or ""
    if not form.validate():
        return goal_page(goal, 422, {"body": body}, errors_of(form))
    comment = comments.add(goal, viewer(), body)
    return redirect(url_for("goals.show", pair_id=pair_id, goal_id=goal_id, _anchor=f"comment_{comment.id}"), 303)


@bp.post("/<uuid:comment_id>/retract")
def retract(pair_id: UUID, goal_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """One's own, also after the pair has ended; 403 for the other's."""
    goal = goals.goal_of(viewer(), pair_id, goal_id)
    comment = goals.comment_of(goal, comment_id)
    if comment.author_id != viewer().id:
        abort(403)
    comments.retract(goal, comment)
    say_done(_("Your comment is taken back."))
    return redirect(url_for("goals.show", pair_id=pair_id, goal_id=goal_id, _anchor="comments"), 303)

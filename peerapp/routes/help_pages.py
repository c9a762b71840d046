"""What is peerapp, who can read what, and whom do I ask? Open to everybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp.access import public, viewer_or_none
from peerapp.models.people import Role
from peerapp.queries.accounts import role_holders
from peerapp.web import page

bp = Blueprint("help", __name__)


@bp.get("/help")
@public
def show() -> ResponseReturnValue:
    holders = role_holders() if viewer_or_none() is not None else []
    return page("help/show.html", coordinators=[person for role, person in holders if role is Role.COORDINATOR])


@bp.get("/help/keyboard")
@public
def keyboard() -> ResponseReturnValue:
    return page("help/keys.html")

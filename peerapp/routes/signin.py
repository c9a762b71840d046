"""How does somebody come in, and go?"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from peerapp.access import public
from peerapp.web import page

bp = Blueprint("signin", __name__)


@bp.get("/sign-in")
@public
def show() -> ResponseReturnValue:
    return page("signin/show.html", form=None, kept="", next=request.args.get("next", ""), refusal=None, email="")

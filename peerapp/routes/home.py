"""What is the one next thing for me?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp.web import page

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    return page("home/show.html")

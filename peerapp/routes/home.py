"""What is the one next thing for me?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.queries.board import today_of
from peerapp.queries.home import home_of
from peerapp.web import page

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    me = viewer()
    return page("home/show.html", me=me, home=home_of(me, today_of(me)))

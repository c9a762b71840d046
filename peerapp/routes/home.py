"""What is the one next thing for me?"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from peerapp.access import viewer
from peerapp.queries.board import today_of
from peerapp.queries.home import home_of
from peerapp.whole import Part, page_again

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    me = viewer()
    html = render_template("home/_home.html", me=me, home=home_of(me, today_of(me)))
    return page_again("home/show.html", 200, None, region=Part(Markup(html), html.encode()))  # noqa: S704 - rendered by the environment, which escapes

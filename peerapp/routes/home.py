"""What is the one next thing for me?"""

from collections.abc import Hashable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.models import Person
from peerapp.queries.board import today_of
from peerapp.queries.home import Home, home_of
from peerapp.routes.notices import told
from peerapp.times import ago
from peerapp.whole import page_again

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Kept until anything of it changes, or the words for how long ago that was."""
    me = viewer()
    home = home_of(me, today_of(me))
    return page_again("home/show.html", 200, _shown(me, home), me=me, home=home)


def _shown(me: Person, home: Home) -> Hashable:
    """All that this person's start page shows just now."""
    moments = tuple(ago(pair.session_at) for pair in home.pairs if pair.session_at)
    lists = (tuple(home.pairs), tuple(home.to_answer), tuple(home.sent), told(home.notices))
    return (lists, home.next, home.is_alone, moments, me.time_zone, today_of(me))

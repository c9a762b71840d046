"""What have the two of us met for, and when do we meet next?"""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from peerapp import clock
from peerapp.access import viewer
from peerapp.line_drawing import frame_of
from peerapp.models import Pair, Person
from peerapp.queries.journal import journal_of
from peerapp.queries.pairs import pair_of
from peerapp.rules.states import SessionState
from peerapp.times import ago
from peerapp.web import page
from peerapp.whole import page_again

bp = Blueprint("journal", __name__)
HIGHEST = 2**31 - 1


@bp.get("/pairs/<uuid:pair_id>/journal")
def show(pair_id: UUID) -> ResponseReturnValue:
    """Kept until anything of it changes, or the countdown does."""
    me = viewer()
    pair = pair_of(me, pair_id)
    seen = _seen(pair, me)
    partner = seen["partner"]
    key = (seen["frame"], pair.version, pair.state, partner.name, partner.time_zone, seen["countdown"], seen["is_over"])
    return page_again("journal/show.html", 200, key, typed={}, errors={}, **seen)


def journal_page(pair: Pair, typed: dict[str, str], errors: dict[str, str]) -> Response:
    """The journal again, with what was typed into its form and could not be kept."""
    return page("journal/show.html", status=422, typed=typed, errors=errors, **_seen(pair, viewer()))


def _seen(pair: Pair, me: Person) -> dict[str, Any]:
    asked = request.args.get("before", type=int)
    before = asked if asked and 0 < asked <= HIGHEST else None
    journal = journal_of(pair, before)
    following, now = journal.next, clock.now()
    return {
        "pair": pair,
        "me": me,
        "partner": pair.partner_of(me),
        "journal": journal,
        "before": before,
        "frame": frame_of(pair, me),
        "countdown": ago(following.started_at or following.planned_for) if following else "",
        "is_over": following is not None and following.state is SessionState.PLANNED and following.planned_for < now,
    }

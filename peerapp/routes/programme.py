"""How is the programme doing, as far as its coordinator may see?"""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from peerapp.access import coordinator
from peerapp.queries import imports, programme
from peerapp.rules.release_rules import MINIMUM_FLOOR
from peerapp.web import page

bp = Blueprint("programme", __name__, url_prefix="/programme")


@bp.get("")
@coordinator
def show() -> ResponseReturnValue:
    last = imports.history(1)
    overview = programme.overview()
    return page("programme/show.html", overview=overview, last=last[0] if last else None, minimum=MINIMUM_FLOOR)


@bp.get("/units")
@coordinator
def units() -> ResponseReturnValue:
    after = request.args.get("after", type=UUID)
    return page("programme/units.html", units=programme.units(after), after=after)

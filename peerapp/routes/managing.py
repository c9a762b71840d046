"""How is my unit doing, as far as figures may say? For people whom somebody reports to."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp import results_drawing
from peerapp.access import viewer
from peerapp.queries import managing
from peerapp.web import page

bp = Blueprint("managing", __name__)


@bp.get("/feedback/unit")
def show() -> ResponseReturnValue:
    unit = managing.unit_of(viewer())
    newest = {round_id: results_drawing.draw_figures(result) for round_id, result in unit.newest.items()}
    return page("managing/show.html", unit=unit, newest=newest)

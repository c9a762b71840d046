"""How is my unit doing, as far as figures may say? For people whom somebody reports to."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from peerapp import results_drawing
from peerapp.access import viewer
from peerapp.queries import managing
from peerapp.whole import page_again

bp = Blueprint("managing", __name__)


@bp.get("/feedback/unit")
def show() -> ResponseReturnValue:
    """Kept under all that it shows: drawings are the same text as long as they are the same drawing."""
    unit = managing.unit_of(viewer())
    newest = {round_id: results_drawing.draw_figures(result) for round_id, result in unit.newest.items()}
    lines = (unit.of_unit, unit.of_programme, unit.shown)
    key = (unit.name, unit.is_small, lines, tuple(newest.items()), results_drawing.reader())
    return page_again("managing/show.html", 200, key, unit=unit, newest=newest)

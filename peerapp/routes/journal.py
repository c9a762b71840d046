"""What have the two of us met for, and when do we meet next?"""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.line_drawing import frame_of
from peerapp.models import Pair
from peerapp.queries.journal import journal_of
from peerapp.queries.pairs import pair_of
from peerapp.web import page

bp = Blueprint("journal", __name__)
HIGHEST = 2**31 - 1


@bp.get("/pairs/<uuid:pair_id>/journal")
def show(pair_id: UUID) -> ResponseReturnValue:
    return journal_page(pair_of(viewer(), pair_id))


def journal_page(
    pair: Pair, status: int = 200, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    """The journal, with what was typed into its form and could not be kept."""
    before = request.args.get("before", type=int)
    me = viewer()
    return page(
        "journal/show.html",
        status=status,
        pair=pair,
        me=me,
        partner=pair.partner_of(me),
        journal=journal_of(pair, before if before and 0 < before <= HIGHEST else None),
        before=before,
        typed=typed or {},
        errors=errors or {},
        frame=frame_of(pair, me),
    )

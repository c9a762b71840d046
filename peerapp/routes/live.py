"""Is what is on the screen still what there is? Checked by pages that are open."""

from uuid import UUID

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from peerapp.access import asks_itself, to_sign_in, token_hash
from peerapp.queries import live

bp = Blueprint("live", __name__)


@bp.get("/pairs/<uuid:pair_id>/version")
@asks_itself
def version(pair_id: UUID) -> ResponseReturnValue:
    """The number of the pair's latest change; 304 where it is the one in HX-PTag."""
    answer = live.version_of(token_hash(), pair_id)
    if not answer.is_signed_in:
        return to_sign_in()
    if answer.version is None:
        abort(404)
    number = str(answer.version)
    is_known = request.headers.get("HX-PTag") == number
    return Response(
        "" if is_known else number,
        304 if is_known else 200,
        {"HX-PTag": number},
        content_type="text/plain; charset=utf-8",
    )

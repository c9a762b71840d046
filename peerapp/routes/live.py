"""Is what is on the screen still what there is? A stream that says so, and checks where there is none."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from peerapp import live as streams
from peerapp.access import asks_itself, to_sign_in, token_hash, viewer
from peerapp.actions import presence
from peerapp.queries import live
from peerapp.queries.pairs import open_pair_of

bp = Blueprint("live", __name__)
HUNG_UP = "waitress.client_disconnected"


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


@bp.get("/pairs/<uuid:pair_id>/live")
@asks_itself
def stream(pair_id: UUID) -> ResponseReturnValue:
    """Every change as it happens, until the sign-in or the pair ends; 503 where all streams are taken, or all of one's own."""
    reader = live.reader_of(token_hash(), pair_id)
    if reader is None:
        return to_sign_in()
    if reader.version is None:
        abort(404)
    if not reader.is_open:
        abort(403)
    here = streams.of(current_app)
    opened = here.open(reader, token_hash(), pair_id)
    if opened is None:
        return Response("", 503, {"Retry-After": "60"}, content_type="text/plain; charset=utf-8")
    opened.is_gone = request.environ.get(HUNG_UP, opened.is_gone)
    response = Response(opened.messages(), content_type="text/event-stream; charset=utf-8")
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(lambda: here.hub.close(opened))
    return response


@bp.post("/pairs/<uuid:pair_id>/editing")
def editing(pair_id: UUID) -> ResponseReturnValue:
    """What one has open to edit, for the other to see while a session is under way; nothing where it is empty.

    Answers what the other has, in the words of the stream: who has none of their own asks like this.
    """
    pair, what = open_pair_of(viewer(), pair_id), request.form.get("editing", "")
    if not presence.is_editable(what):
        abort(400)
    is_under_way = presence.edit(pair.id, viewer().id, what)
    is_here, edited = live.partner_of(pair.id, viewer().id) if is_under_way else (False, "")
    response = Response(f"{int(is_here)} {edited}", content_type="text/plain; charset=utf-8")
    response.call_on_close(streams.of(current_app).watcher.look_soon)
    return response

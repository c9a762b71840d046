"""What have I been told?"""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions.notices import read_all
from peerapp.queries.notices import notice_of, page_of
from peerapp.web import page

bp = Blueprint("notices", __name__)


@bp.get("/notices")
def show() -> ResponseReturnValue:
    return page("notices/show.html", notices=page_of(viewer(), request.args.get("before", type=UUID)))


@bp.post("/notices/<uuid:notice_id>/open")
def follow(notice_id: UUID) -> ResponseReturnValue:
    """Go where it leads; now it is read."""
    notice = notice_of(viewer(), notice_id)
    notice.read_at = notice.read_at or clock.now()
    return redirect(request.script_root + notice.path, 303)


@bp.post("/notices/read")
def read() -> ResponseReturnValue:
    read_all(viewer())
    return redirect(url_for("notices.show"), 303)

"""What have I been told?"""

from collections.abc import Hashable, Iterable
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions.notices import read_all, read_those_to
from peerapp.queries.notices import Line, notice_of, page_of
from peerapp.times import ago
from peerapp.whole import page_again

bp = Blueprint("notices", __name__)


@bp.get("/notices")
def show() -> ResponseReturnValue:
    """Kept until one comes or is read, or the words for how long ago that was are others."""
    me = viewer()
    notices = page_of(me, request.args.get("before", type=UUID))
    key = (told(notices.lines), notices.before, me.time_zone, clock.now().year)
    return page_again("notices/show.html", 200, key, notices=notices)


def told(lines: Iterable[Line]) -> Hashable:
    """What lines of notices show: which they are, whether they were read, and how long ago they came."""
    return tuple((line.id, line.read_at is None, line.sentence, ago(line.made_at)) for line in lines)


@bp.post("/notices/<uuid:notice_id>/open")
def follow(notice_id: UUID) -> ResponseReturnValue:
    """Go where it leads; now it is read."""
    notice = notice_of(viewer(), notice_id)
    notice.open(clock.now())
    return redirect(request.script_root + notice.path, 303)


@bp.post("/notices/opened")
def opened() -> ResponseReturnValue:
    """A page was opened by another way than its notice."""
    path = request.form.get("path", "").removeprefix(request.script_root)
    read_those_to(viewer(), path)
    return redirect(url_for("notices.show"), 303)


@bp.post("/notices/read")
def read() -> ResponseReturnValue:
    read_all(viewer())
    return redirect(url_for("notices.show"), 303)

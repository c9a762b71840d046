"""What do the two of us want to reach, and how far are we? The board, its archive and the overall goal."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _

from peerapp.access import viewer
from peerapp.actions import overall
from peerapp.drawing import View, region
from peerapp.forms.clashes import kept_theirs, settled
from peerapp.forms.goals import OverallForm, errors_of
from peerapp.models import Pair, Person
from peerapp.queries import board, board_past
from peerapp.queries.board import Head, Peer
from peerapp.queries.pairs import open_pair_of, pair_of
from peerapp.routes.saying import clash_page, offer_undo
from peerapp.rules import windows
from peerapp.rules.conflict import Merge
from peerapp.rules.states import Column
from peerapp.times import moment_in
from peerapp.version import VERSION
from peerapp.web import asked_for, page
from peerapp.whole import Part, page_again

bp = Blueprint("board", __name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the board and does not change with it."""

    id: UUID
    partner: Peer
    is_open: bool


@bp.get("/pairs/<uuid:pair_id>/board")
def show(pair_id: UUID) -> ResponseReturnValue:
    return board_page(viewer(), pair_id)


def board_page(me: Person, pair_id: UUID, status: int = 200) -> Response:
    """The board as it is for one of the two; 304 to a page that has it already (see hx-ptag)."""
    head, view = board.head_of(me, pair_id), _view()
    tag = _tag(head, me, view)
    if status == 200 and request.headers.get("HX-PTag") == tag:  # noqa: PLR2004 - HTTP
        return Response(status=304, headers={"HX-PTag": tag})
    frame = Frame(head.id, head.partner, head.is_open)
    response = page_again("board/show.html", status, frame, pair=frame, region=region(head, me, view, tag))
    response.headers["HX-PTag"] = tag
    return response


def region_for(me: Person, pair: Pair) -> Part:
    """For a page that shows the board beside something else."""
    head, view = board.head_in(pair, me), _view()
    return region(head, me, view, _tag(head, me, view))


def address_of(pair_id: UUID, goal_id: UUID | None, column: Column) -> str:
    """The board with this card in sight, however far down its column it stands."""
    order = [card for card, _key in board.order_in(pair_id, column)]
    named = None if goal_id in order[: windows.AT_FIRST[column]] else goal_id
    return url_for("board.show", pair_id=pair_id, shown=column.value, goal=named, _anchor=f"goal_{goal_id}")


def _view() -> View:
    said = asked_for()
    shown = next((column for column in Column if column.value == request.args.get("shown")), None)
    return View(shown, windows.asked_for(said), windows.named_in(said))


def _tag(head: Head, me: Person, view: View) -> str:
    """What this board is, for this person, in this language, on this day."""
    seen = (head, me.id, me.name, me.time_zone, str(get_locale()), board.today_of(me), request.script_root, VERSION)
    return hashlib.sha256(repr((seen, view.windows, view.named)).encode()).hexdigest()[:20]


@bp.get("/pairs/<uuid:pair_id>/board/archive")
def archive(pair_id: UUID) -> ResponseReturnValue:
    head = board.head_of(viewer(), pair_id)
    found = board_past.archived_of(head, moment_in(request.args.get("before", "")))
    shown, more = found[: board_past.ARCHIVED_A_PAGE], found[board_past.ARCHIVED_A_PAGE :]
    older = shown[-1].archived_at if more and shown[-1].archived_at else None
    return page("board/archive.html", pair=head, goals=shown, older=older)


@bp.get("/pairs/<uuid:pair_id>/overall-goal")
def overall_goal(pair_id: UUID) -> ResponseReturnValue:
    pair = pair_of(viewer(), pair_id)
    return _overall_page(pair, pair.overall_goal, pair.overall_goal_version)


@bp.post("/pairs/<uuid:pair_id>/overall-goal")
def save_overall_goal(pair_id: UUID) -> ResponseReturnValue:
    pair, form = open_pair_of(viewer(), pair_id), OverallForm(settled(request.form))
    words = form.overall_goal.data or ""
    if not form.validate():
        return _overall_page(pair, words, form.version.data or 1, errors_of(form))
    board_url = url_for("board.show", pair_id=pair_id)
    if "overall_goal" in kept_theirs(request.form):
        return redirect(board_url, 303)
    outcome = overall.reword(pair, viewer(), words, form.seen)
    if isinstance(outcome, Merge):
        here = url_for("board.save_overall_goal", pair_id=pair_id)
        version = pair.overall_goal_version
        return clash_page(pair, outcome, {overall.FIELD: words}, action=here, back=board_url, version=version)
    if outcome is not None:
        offer_undo(outcome, _("The overall goal is saved."))
    return redirect(board_url, 303)


def _overall_page(pair: Pair, words: str, version: int, errors: dict[str, str] | None = None) -> Response:
    return page(
        "board/overall.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        me=viewer(),
        words=words,
        version=version,
        earlier=board_past.earlier_wordings(pair),
        errors=errors or {},
    )

"""The two of us: what we agreed, where things are, and how we pause or end."""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import pairs
from peerapp.forms.pairs import EndForm, PauseForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair
from peerapp.queries.board import today_of
from peerapp.queries.home import pair_line_of
from peerapp.queries.pairs import pair_of, pairs_of
from peerapp.queries.sessions import ahead_in
from peerapp.rules import pausing
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import PairState, may_become
from peerapp.web import page, said, say_done

bp = Blueprint("pairs", __name__)


@bp.get("/pairs")
def index() -> ResponseReturnValue:
    return page("pairs/list.html", me=viewer(), pairs=pairs_of(viewer()))


@bp.get("/pairs/<uuid:pair_id>")
def show(pair_id: UUID) -> ResponseReturnValue:
    return _page(pair_of(viewer(), pair_id))


@bp.get("/pairs/<uuid:pair_id>/pause")
def rest(pair_id: UUID) -> ResponseReturnValue:
    day = pausing.proposed(today_of(viewer()))
    return _pause_page(pair_of(viewer(), pair_id), {"until": day.isoformat()})


@bp.post("/pairs/<uuid:pair_id>/pause")
def pause(pair_id: UUID) -> ResponseReturnValue:
    pair, form, me = pair_of(viewer(), pair_id), PauseForm(), viewer()
    if not form.validate() or form.until.data is None:
        return _pause_page(pair, typed_in(form), errors_in(form))
    refusal = pairs.pause(pair, me, form.until.data, today_of(me))
    if refusal and pair.state is PairState.ACTIVE:
        return _pause_page(pair, typed_in(form), {"until": said(refusal)})
    return _after(pair, refusal, _("Paused. Nothing is lost, and either of you can go on."))


@bp.post("/pairs/<uuid:pair_id>/resume")
def resume(pair_id: UUID) -> ResponseReturnValue:
    pair = pair_of(viewer(), pair_id)
    return _after(pair, pairs.resume(pair, viewer()), _("You go on."))


@bp.get("/pairs/<uuid:pair_id>/end")
def leave(pair_id: UUID) -> ResponseReturnValue:
    return _end_page(pair_of(viewer(), pair_id))


@bp.post("/pairs/<uuid:pair_id>/end")
def end(pair_id: UUID) -> ResponseReturnValue:
    pair, form = pair_of(viewer(), pair_id), EndForm()
    if not form.validate():
        return _end_page(pair, typed_in(form), errors_in(form))
    return _after(pair, pairs.end(pair, viewer(), form.note.data or ""), _("Your pair has ended. Thank you both."))


def _after(pair: Pair, refusal: Refusal | None, text: str) -> ResponseReturnValue:
    if refusal:
        return _page(pair, refusal)
    say_done(text)
    return redirect(url_for("pairs.show", pair_id=pair.id), 303)


def _page(pair: Pair, refusal: Refusal | None = None) -> Response:
    me = viewer()
    return page(
        "pairs/show.html",
        status=422 if refusal else 200,
        pair=pair,
        me=me,
        partner=pair.partner_of(me),
        mine=pair.membership_of(me),
        theirs=pair.membership_of(pair.partner_of(me)),
        line=pair_line_of(me, pair, today_of(me)),
        refusal=said(refusal) if refusal else "",
    )


def _pause_page(pair: Pair, typed: dict[str, str], errors: dict[str, str] | None = None) -> ResponseReturnValue:
    if may_become(pair.state, PairState.PAUSED):
        return redirect(url_for("pairs.show", pair_id=pair.id), 303)
    return page(
        "pairs/pause.html",
        status=422 if errors else 200,
        pair=pair,
        me=viewer(),
        partner=pair.partner_of(viewer()),
        ahead=ahead_in(pair, clock.now()),
        typed=typed,
        errors=errors or {},
    )


def _end_page(
    pair: Pair, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    if may_become(pair.state, PairState.ENDED):
        return redirect(url_for("pairs.show", pair_id=pair.id), 303)
    return page(
        "pairs/end.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        typed=typed or {},
        errors=errors or {},
    )

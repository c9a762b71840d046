"""Yes, later, no, or never mind: what becomes of a request?"""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import requests
from peerapp.forms.requests import AcceptForm, DeclineForm, LaterForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Request
from peerapp.queries.between import OPEN, between, open_pair_of_couple
from peerapp.queries.board import today_of
from peerapp.queries.colleagues import Colleague, face_of
from peerapp.queries.requests import received_of, request_of, sent_of
from peerapp.routes.profile import area_options
from peerapp.rules.areas import Area
from peerapp.rules.asking import KIND_NO, may_pair
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said, say_done

bp = Blueprint("answers", __name__)


@bp.get("/requests/<uuid:request_id>")
def show(request_id: UUID) -> ResponseReturnValue:
    return _page(request_of(viewer(), request_id))


@bp.post("/requests/<uuid:request_id>/accept")
def accept(request_id: UUID) -> ResponseReturnValue:
    request, form = received_of(viewer(), request_id), AcceptForm()
    if not form.validate():
        return _page(request, typed_in(form), errors_in(form))
    there = open_pair_of_couple(request.sender_id, request.receiver_id)
    if there is not None:  # a second click
        return redirect(url_for("charter.show", pair_id=there), 303)
    pair = requests.accept(request, form.wish())
    if isinstance(pair, Refusal):
        return _page(request, typed_in(form), {"": said(pair)})
    say_done(_("You are peers. Read the six lines and sign them; then your board opens."))
    return redirect(url_for("charter.show", pair_id=pair.id), 303)


@bp.post("/requests/<uuid:request_id>/later")
def put_off(request_id: UUID) -> ResponseReturnValue:
    request, form = received_of(viewer(), request_id), LaterForm()
    if not form.validate() or form.later_on.data is None:
        return _page(request, typed_in(form), errors_in(form))
    refusal = requests.put_off(request, form.later_on.data, today_of(viewer()))
    if refusal:
        return _page(request, typed_in(form), {"later_on" if request.state in OPEN else "": said(refusal)})
    return _done(request, _("%(name)s knows that you will come back to it.", name=request.sender.first_name))


@bp.post("/requests/<uuid:request_id>/decline")
def decline(request_id: UUID) -> ResponseReturnValue:
    request, form = received_of(viewer(), request_id), DeclineForm()
    if not form.validate():
        return _page(request, typed_in(form), errors_in(form))
    if refusal := requests.decline(request, form.answer.data or ""):
        return _page(request, typed_in(form), {"": said(refusal)})
    return _done(request, _("Declined, kindly."))


@bp.post("/requests/<uuid:request_id>/withdraw")
def withdraw(request_id: UUID) -> ResponseReturnValue:
    request = sent_of(viewer(), request_id)
    if refusal := requests.withdraw(request):
        return _page(request, {}, {"": said(refusal)})
    return _done(request, _("Your request is withdrawn."))


def _done(request: Request, text: str) -> ResponseReturnValue:
    say_done(text)
    return redirect(url_for("answers.show", request_id=request.id), 303)


def _page(request: Request, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> Response:
    me = viewer()
    other = request.other_than(me)
    colleague, stands = face_of(me, other.id), between(me, other)
    return page(
        "requests/show.html",
        status=422 if errors else 200,
        request_=request,
        me=me,
        other=other,
        colleague=colleague,
        is_open=request.state in OPEN,
        refusal=may_pair(stands.between),
        pair_id=stands.pair_id,
        typed=_first_typed(colleague) | {"answer": _(KIND_NO)} | (typed or {}),
        errors=errors or {},
        area_options=area_options(),
    )


def _first_typed(colleague: Colleague | None) -> dict[str, str]:
    """What the receiver could learn from the sender, to begin with."""
    shared = colleague.bars.knowledge[0] if colleague and colleague.bars.knowledge else None
    area = shared.area if shared else Area.FUNCTIONAL
    return {"area": area.value, "words": (shared.wanted or shared.words) if shared else "", "later_on": ""}

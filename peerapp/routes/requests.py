"""Would you like to be peers? Asking, and what was asked."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request as this_request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import requests
from peerapp.forms.requests import AskForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Person
from peerapp.once import once
from peerapp.queries.between import Askable, askable_of
from peerapp.queries.colleagues import bars_between
from peerapp.queries.requests import open_ones_of, past_of
from peerapp.routes.profile import area_options
from peerapp.rules.areas import AREA_NAMES, Area
from peerapp.rules.asking import is_about_my_room, may_pair
from peerapp.rules.matching import opening
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said, say_done

bp = Blueprint("requests", __name__)


@bp.get("/people/<uuid:person_id>/ask")
def new(person_id: UUID) -> ResponseReturnValue:
    whom = askable_of(viewer(), person_id)
    if whom.open_request:
        return redirect(url_for("answers.show", request_id=whom.open_request), 303)
    return _ask_page(whom, _prefilled(viewer(), whom.person))


@bp.post("/people/<uuid:person_id>/ask")
@once
def ask(person_id: UUID) -> ResponseReturnValue:
    whom, form = askable_of(viewer(), person_id), AskForm()
    if not form.validate():
        return _ask_page(whom, typed_in(form), errors_in(form))
    outcome = requests.ask(viewer(), whom, form.wish(), form.message.data or "")
    if isinstance(outcome, Refusal):
        return _ask_page(whom, typed_in(form), {"": said(outcome)})
    if whom.open_request is None:
        say_done(_("Sent. %(name)s has a week to answer.", name=whom.person.first_name))
    return redirect(url_for("answers.show", request_id=outcome), 303)


@bp.get("/requests")
def index() -> ResponseReturnValue:
    lines = open_ones_of(viewer())
    return page(
        "requests/list.html",
        received=[line for line in lines if not line.sent],
        sent=[line for line in lines if line.sent],
        past=past_of(viewer(), this_request.args.get("before", type=UUID)),
    )


def _ask_page(whom: Askable, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    status = 422 if errors else 200
    refusal = may_pair(whom.between)
    return page(
        "requests/ask.html",
        status=status,
        someone=whom.person,
        typed=typed,
        errors=errors or {},
        refusal=refusal,
        i_am_full=is_about_my_room(refusal),
        area_options=area_options(),
    )


def _prefilled(me: Person, other: Person) -> dict[str, str]:
    """A first sentence from what the two share, and the goal that it speaks of."""
    seen = bars_between(me, other.id)
    first = opening(seen)
    wish = seen.knowledge[0] if seen.knowledge else None
    area = wish.area if wish else (first.area or Area.FUNCTIONAL)
    named = _(AREA_NAMES[area])
    words = (wish.wanted or wish.words or named) if wish else ""
    sentence = _(first.sentence, name=other.first_name, skill=first.words or named, area=named)
    more = _("Shall we meet for three quarters of an hour and see whether we could be peers?")
    return {"area": area.value, "words": words, "message": f"{sentence}\n\n{more}"}

"""Feedback: what I am asked, what I ask, what I may read; and the page of one round."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import closing, next_steps, rounds_told
from peerapp.forms.rounds import NextForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Round
from peerapp.models.rounds import ReaderRole
from peerapp.queries import managing, rounds
from peerapp.queries.round_page import standing
from peerapp.queries.round_people import readers_in
from peerapp.rules.refusal import Refusal
from peerapp.rules.rounds import REMIND_EVERY
from peerapp.rules.states import RoundState
from peerapp.web import page, said, say_done

bp = Blueprint("rounds", __name__)


@bp.get("/feedback")
def index() -> ResponseReturnValue:
    """The same for everybody on a roll, whether they answered or not."""
    me, now = viewer(), clock.now()
    asked = rounds.asked_of(me)
    return page(
        "rounds/index.html",
        asked=[each for each in asked if each.state is RoundState.OPEN and now < each.closes_at],
        before=[each for each in asked if each.state is not RoundState.OPEN or now >= each.closes_at],
        mine=rounds.asked_by(me),
        read=rounds.read_by(me),
        manages=managing.manages(me),
        now_at=now,
    )


@bp.get("/rounds/<uuid:round_id>")
def show(round_id: UUID) -> ResponseReturnValue:
    found = rounds.round_of(viewer(), round_id)
    if found.state is RoundState.DRAFT:
        return redirect(url_for("round_drafts.edit", round_id=round_id), 303)
    return _page(found)


@bp.post("/rounds/<uuid:round_id>/remind")
def remind(round_id: UUID) -> ResponseReturnValue:
    found = rounds.own_round_of(viewer(), round_id)
    if rounds_told.remind(found.id, clock.now()):
        say_done(_("Everybody who was asked has been reminded, whether they answered or not."))
    else:
        flash(_("Everybody was told a short while ago, or the round is over, so nobody was reminded."), "problem")
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@bp.get("/rounds/<uuid:round_id>/close")
def ask_to_close(round_id: UUID) -> ResponseReturnValue:
    found = rounds.own_round_of(viewer(), round_id)
    if found.state is not RoundState.OPEN or clock.now() >= found.closes_at:
        return redirect(url_for("rounds.show", round_id=round_id), 303)
    return page("rounds/close.html", round=found)


@bp.post("/rounds/<uuid:round_id>/close")
def close(round_id: UUID) -> ResponseReturnValue:
    """End it now, or, once its last day is over, count it now. What has ended already stays as it is."""
    found = rounds.own_round_of(viewer(), round_id)
    if found.state is RoundState.CLOSING:
        closing.close(round_id, clock.now())
    elif refusal := closing.close_early(viewer(), round_id):
        flash(said(refusal), "problem")
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@bp.post("/rounds/<uuid:round_id>/next")
def write_next(round_id: UUID) -> ResponseReturnValue:
    found, form = rounds.own_round_of(viewer(), round_id), NextForm()
    if not form.validate():
        return _page(found, typed_in(form)["what_next"], errors_in(form))
    outcome = next_steps.write(found, form.what_next.data or "")
    if isinstance(outcome, Refusal):
        return _page(found, form.what_next.data or "", {"what_next": said(outcome)})
    say_done(_("Saved. Everybody who was asked has been told.") if outcome else _("Saved."))
    return redirect(url_for("rounds.show", round_id=round_id), 303)


def _page(found: Round, typed: str | None = None, errors: dict[str, str] | None = None) -> Response:
    """What the viewer may know of it. A draft has no such page."""
    if found.state is RoundState.DRAFT:
        abort(403)
    readers = readers_in(found)
    return page(
        "rounds/show.html",
        status=422 if errors else 200,
        round=found,
        standing=standing(viewer(), found, clock.now()),
        readers=[each.name for each in readers if each.role is ReaderRole.READER],
        sharing=[each.name for each in readers if each.role is ReaderRole.MAY_BE_SHOWN],
        remind_days=REMIND_EVERY.days,
        remind_from=(found.reminded_at or found.opens_at or clock.now()) + REMIND_EVERY,
        what_next=found.what_next if typed is None else typed,
        errors=errors or {},
    )

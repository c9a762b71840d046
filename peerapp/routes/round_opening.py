"""What will people see, what does it cost, and open it: from then on nothing of it can be changed."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import opening, round_drafts
from peerapp.forms.rounds import OpenForm
from peerapp.models import Round
from peerapp.queries.round_page import form_to_come
from peerapp.queries.rounds import own_draft_of, own_round_of
from peerapp.queries.widening import verdict_on
from peerapp.rules import round_drafts as rules
from peerapp.rules.questions import LEVEL_NAMES
from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import COMMENT_MAX
from peerapp.rules.states import RoundState
from peerapp.rules.words import N_
from peerapp.web import page, said, say_done

bp = Blueprint("round_opening", __name__)
CHANGED = Refusal(N_("The draft was changed in another window. This is what people would see now: please look again."))


@bp.get("/rounds/<uuid:round_id>/preview")
def preview(round_id: UUID) -> ResponseReturnValue:
    return _page(own_draft_of(viewer(), round_id))


@bp.post("/rounds/<uuid:round_id>/open")
def open_it(round_id: UUID) -> ResponseReturnValue:
    """Harmless when it is sent twice: what is open already is shown."""
    owner, found, form = viewer(), own_round_of(viewer(), round_id), OpenForm()
    there = redirect(url_for("rounds.show", round_id=round_id), 303)
    if found.state is not RoundState.DRAFT:
        return there
    if not form.validate() or form.seen != found.version:
        return _page(found, (CHANGED,), 409)
    if found.purpose not in round_drafts.purposes_of(owner):
        return _page(found, (rules.NOT_YOURS,), 422)
    refused = opening.open_round(owner, round_id)
    now = own_round_of(owner, round_id)
    if refused and now.state is RoundState.DRAFT:
        return _page(now, refused, 422)
    if now.state is RoundState.OPEN:
        say_done(_("It is open. Everybody who is asked has been told."))
    elif now.state is RoundState.SPOILED:
        flash(_("It could not be opened. Nobody was asked."), "problem")
    return there


def _page(draft: Round, refused: tuple[Refusal, ...] = (), status: int = 200) -> Response:
    verdict = verdict_on(draft, clock.now())
    standing = (*verdict.about_people, *verdict.others)
    return page(
        "rounds/preview.html",
        status=status,
        draft=draft,
        form=form_to_come(draft, viewer(), verdict.parts),
        preview=True,
        level_names=LEVEL_NAMES,
        comment_max=COMMENT_MAX,
        verdict=verdict,
        refusals=[said(each) for each in dict.fromkeys((*refused, *standing))],
        errors={},
    )

"""What do the two promise each other? Read, put into own words, sign."""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import pairs
from peerapp.forms.pairs import CharterForm, SignForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair
from peerapp.queries.pairs import pair_of
from peerapp.rules.charter import CHARTER, own_words
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.states import PairState
from peerapp.web import page, said, say_done

bp = Blueprint("charter", __name__)


@bp.get("/pairs/<uuid:pair_id>/charter")
def show(pair_id: UUID) -> ResponseReturnValue:
    return _page(pair_of(viewer(), pair_id))


@bp.get("/pairs/<uuid:pair_id>/charter/edit")
def edit(pair_id: UUID) -> ResponseReturnValue:
    pair = pair_of(viewer(), pair_id)
    if pair.state is not PairState.CHARTERING:
        return redirect(url_for("charter.show", pair_id=pair_id), 303)
    return _edit_page(pair, _sentences(pair), seen=pair.charter_version)


@bp.post("/pairs/<uuid:pair_id>/charter")
def change(pair_id: UUID) -> ResponseReturnValue:
    """One's own sentences; a sentence that is ours again is stored as ours, so that it stays translated."""
    pair, form = pair_of(viewer(), pair_id), CharterForm()
    typed = typed_in(form)
    if not form.validate():
        return _edit_page(pair, typed, seen=form.version(), errors=errors_in(form))
    ours = {each.key: _(each.sentence) for each in CHARTER}
    words = {key: "" if text == ours[key] else text for key, text in form.sentences().items()}
    outcome = pairs.edit_charter(pair, viewer(), words, form.version())
    if isinstance(outcome, Stale):
        return _edit_page(pair, typed, seen=pair.charter_version, status=409)
    if isinstance(outcome, Refusal):
        return _page(pair, said(outcome), 422)
    say_done(_("Saved. Now you both sign this version."))
    return redirect(url_for("charter.show", pair_id=pair_id), 303)


@bp.post("/pairs/<uuid:pair_id>/charter/sign")
def sign(pair_id: UUID) -> ResponseReturnValue:
    pair, form = pair_of(viewer(), pair_id), SignForm()
    outcome = pairs.sign(pair, viewer(), form.version())
    if isinstance(outcome, Stale):
        return _page(pair, _("A line was changed since you opened this page. Please read it again, then sign."), 409)
    if isinstance(outcome, Refusal):
        return _page(pair, said(outcome), 422)
    if pair.is_open:
        say_done(_("Signed by both. Your board is open."))
        return redirect(url_for("board.show", pair_id=pair_id), 303)
    say_done(_("Signed. It is %(name)s’s turn now.", name=pair.partner_of(viewer()).first_name))
    return redirect(url_for("charter.show", pair_id=pair_id), 303)


def _page(pair: Pair, problem: str = "", status: int = 200) -> Response:
    me = viewer()
    partner = pair.partner_of(me)
    return page(
        "pairs/charter.html",
        status=status,
        pair=pair,
        me=me,
        partner=partner,
        mine=pair.membership_of(me),
        theirs=pair.membership_of(partner),
        lines=[
            (each.line, own or _(each.sentence))
            for each, own in zip(CHARTER, own_words(pair.charter).values(), strict=True)
        ],
        problem=problem,
    )


def _edit_page(
    pair: Pair, typed: dict[str, str], seen: int, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    """The form; after a clash also what stands there by now."""
    return page(
        "pairs/charter_edit.html",
        status=422 if errors else status,
        pair=pair,
        partner=pair.partner_of(viewer()),
        lines=CHARTER,
        typed=typed,
        errors=errors or {},
        seen=seen,
        now_there=_sentences(pair) if status == 409 else {},  # noqa: PLR2004 - HTTP's own number for a clash
    )


def _sentences(pair: Pair) -> dict[str, str]:
    own = own_words(pair.charter)
    return {f"line_{each.key}": own[each.key] or _(each.sentence) for each in CHARTER}

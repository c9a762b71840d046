"""What do the two promise each other? Read, put into own words, sign."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import pairs
from peerapp.forms.clashes import changed_meanwhile, merged, settled
from peerapp.forms.pairs import CharterForm, SignForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair
from peerapp.queries.pairs import pair_of
from peerapp.routes.clash import Fields, choices_page
from peerapp.routes.saying import offer_to_take_back, say_meanwhile
from peerapp.rules.charter import CHARTER, own_words
from peerapp.rules.conflict import Merge
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.states import PairState
from peerapp.web import page, said, say_done

bp = Blueprint("charter", __name__)
LINES = {f"line_{each.key}": each.line for each in CHARTER}


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
    """One's own sentences; a sentence that is ours again is stored as ours, so that it stays translated.

    Lines that only one of the two changed go together; where both did, they choose.
    """
    pair, form = pair_of(viewer(), pair_id), CharterForm(settled(request.form))
    if not form.validate():
        return _edit_page(pair, typed_in(form), seen=form.version(), errors=errors_in(form))
    ours, now = {f"line_{each.key}": _(each.sentence) for each in CHARTER}, _sentences(pair)
    mine = {f"line_{key}": text or ours[f"line_{key}"] for key, text in form.sentences().items()}
    both = merged(request.form, mine, now, is_current=form.version() == pair.charter_version)
    if both.clashes and pair.state is PairState.CHARTERING:
        return _clash(pair, mine, both)
    words = {name.removeprefix("line_"): "" if text == ours[name] else text for name, text in both.fields.items()}
    outcome = pairs.edit_charter(pair, viewer(), words, pair.charter_version)
    if isinstance(outcome, Refusal):
        return _page(pair, said(outcome), 422)
    offer_to_take_back(outcome, _("Saved. Now you both sign this version."))
    titles = [LINES[name] for name in changed_meanwhile(request.form, now)]
    say_meanwhile(pair.partner_of(viewer()).first_name, titles)
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


def _edit_page(pair: Pair, typed: dict[str, str], seen: int, errors: dict[str, str] | None = None) -> Response:
    return page(
        "pairs/charter_edit.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        lines=CHARTER,
        typed=typed,
        errors=errors or {},
        seen=seen,
        was={name: request.form.get(f"was_{name}", value) for name, value in _sentences(pair).items()},
    )


def _clash(pair: Pair, mine: dict[str, str], both: Merge[str]) -> Response:
    here, back = url_for("charter.change", pair_id=pair.id), url_for("charter.show", pair_id=pair.id)
    form = mine | {"seen": str(pair.charter_version)}
    return choices_page(pair, both, form, Fields(here, back, LINES, frozenset(LINES)))


def _sentences(pair: Pair) -> dict[str, str]:
    own = own_words(pair.charter)
    return {f"line_{each.key}": own[each.key] or _(each.sentence) for each in CHARTER}

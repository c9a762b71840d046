"""How often do the two of us meet, and for how long?"""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import times
from peerapp.access import viewer
from peerapp.actions import pairs
from peerapp.forms.clashes import changed_meanwhile, merged, settled
from peerapp.forms.rhythm import RHYTHM_FIELDS, RhythmForm
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair
from peerapp.queries.pairs import open_pair_of
from peerapp.routes.clash import Fields, choices_page
from peerapp.routes.saying import offer_to_take_back, say_meanwhile
from peerapp.rules import rhythm
from peerapp.rules.conflict import Merge
from peerapp.web import page

bp = Blueprint("rhythm", __name__)


@bp.get("/pairs/<uuid:pair_id>/rhythm")
def show(pair_id: UUID) -> ResponseReturnValue:
    pair = open_pair_of(viewer(), pair_id)
    return _page(pair, _fields(pair))


@bp.post("/pairs/<uuid:pair_id>/rhythm")
def change(pair_id: UUID) -> ResponseReturnValue:
    """What only one of the two changed goes together; where both did, they choose."""
    pair, form = open_pair_of(viewer(), pair_id), RhythmForm(settled(request.form))
    if not form.validate():
        return _page(pair, typed_in(form), errors_in(form))
    now = _fields(pair)
    both = merged(request.form, form.words(), now, is_current=False)
    if both.clashes:
        return _clash(pair, form.words(), both)
    wanted = rhythm.rhythm_in({name: int(value) for name, value in both.fields.items()})
    partner = pair.partner_of(viewer()).first_name
    offer_to_take_back(pairs.agree(pair, viewer(), wanted), _("Saved. %(name)s hears of it.", name=partner))
    say_meanwhile(partner, [RHYTHM_FIELDS[name] for name in changed_meanwhile(request.form, now)])
    return redirect(url_for("pairs.show", pair_id=pair_id), 303)


def _fields(pair: Pair) -> dict[str, str]:
    """As the form shows them."""
    return {name: str(value) for name, value in pairs.rhythm_of(pair).said().items()}


def _page(pair: Pair, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "pairs/rhythm.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        typed=typed,
        was={name: request.form.get(f"was_{name}", value) for name, value in _fields(pair).items()},
        errors=errors or {},
        choices=[
            (str(days), times.every(days)) for days in sorted({7 * each for each in rhythm.WEEKS} | {pair.every_days})
        ],
    )


def _clash(pair: Pair, mine: dict[str, str], both: Merge[str]) -> Response:
    here, back = url_for(".change", pair_id=pair.id), url_for("pairs.show", pair_id=pair.id)

    def say(name: str, value: str) -> str:
        """What the form began from may be anything that was sent."""
        return times.every(version_seen(value)) if name == "every" and version_seen(value) else value

    return choices_page(pair, both, mine, Fields(here, back, RHYTHM_FIELDS, frozenset(), say))

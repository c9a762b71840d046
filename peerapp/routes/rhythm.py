"""How often do the two of us meet, and for how long?"""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from peerapp.access import viewer
from peerapp.actions import pairs
from peerapp.forms.rhythm import RhythmForm
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import Pair
from peerapp.queries.pairs import open_pair_of
from peerapp.rules import rhythm
from peerapp.web import page, say_done

bp = Blueprint("rhythm", __name__)


@bp.get("/pairs/<uuid:pair_id>/rhythm")
def show(pair_id: UUID) -> ResponseReturnValue:
    pair = open_pair_of(viewer(), pair_id)
    return _page(pair, _as_typed(pair), _as_typed(pair))


@bp.post("/pairs/<uuid:pair_id>/rhythm")
def change(pair_id: UUID) -> ResponseReturnValue:
    pair, form = open_pair_of(viewer(), pair_id), RhythmForm()
    typed = typed_in(form)
    if not form.validate():
        return _page(pair, typed, {name: typed.get(f"was_{name}", "") for name in _as_typed(pair)}, errors_in(form))
    if pairs.agree(pair, viewer(), form.mine(), form.seen()):
        say_done(_("Saved. %(name)s hears of it.", name=pair.partner_of(viewer()).first_name))
    return redirect(url_for("pairs.show", pair_id=pair_id), 303)


def _as_typed(pair: Pair) -> dict[str, str]:
    now = pairs.rhythm_of(pair)
    return {"minutes": str(now.minutes), "every": str(now.every_days), "sessions": str(now.sessions)}


def _page(pair: Pair, typed: dict[str, str], was: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "pairs/rhythm.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        typed=typed,
        was=was,
        errors=errors or {},
        choices=[(str(days), _told(days)) for days in sorted({7 * each for each in rhythm.WEEKS} | {pair.every_days})],
    )


def _told(days: int) -> str:
    if days % 7:
        return str(ngettext("every day", "every %(num)s days", days))
    return str(ngettext("every week", "every %(num)s weeks", days // 7))

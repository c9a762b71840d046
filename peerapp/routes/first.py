"""Who looks after this installation? The page of the first run, gone once somebody does."""

from collections.abc import Mapping

from flask import Blueprint, current_app, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _

from peerapp import devices, first_run
from peerapp.access import public
from peerapp.actions.first_run import Newcomer, make_administrator
from peerapp.actions.signing_in import account_key
from peerapp.cities import choices
from peerapp.forms.first import FirstForm
from peerapp.web import page, said

bp = Blueprint("first", __name__)


@bp.get("/first")
@public
def show() -> ResponseReturnValue:
    if first_run.is_over():
        return _over()
    settings = current_app.config["PEERAPP"]
    return _page({"code": "", "name": "", "email": "", "language": str(get_locale()), "time_zone": settings.time_zone})


@bp.post("/first")
@public
def make() -> ResponseReturnValue:
    if first_run.is_over():
        return _over()
    form = FirstForm()
    if not form.validate():
        return _page(form.data, {name: messages[0] for name, messages in form.errors.items() if name}, 422)
    newcomer = Newcomer(
        name=form.name.data or "",
        email=form.email.data or "",
        password=form.password.data or "",
        language=form.language.data or "",
        time_zone=form.time_zone.data or "",
    )
    outcome = make_administrator(form.code.data or "", newcomer)
    if isinstance(outcome, dict):
        return _page(form.data, {field: said(refusal) for field, refusal in outcome.items()}, 422)
    flash(_("Welcome. Name a coordinator next, under Roles, yourself perhaps: coordinators bring people in."), "done")
    response = make_response(redirect(url_for("system.show"), 303))
    devices.remember(response, account_key(outcome.email))
    return response


def _over() -> ResponseReturnValue:
    """Somebody was faster, or a backup was restored while this page stood open: its people sign in."""
    flash(
        _("This installation has an administrator already, so there is nothing left to do on the first page."), "done"
    )
    return redirect(url_for("home.show"), 303)


def _page(
    values: Mapping[str, object], errors: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    zones = choices(str(values["time_zone"]))
    return page("first/show.html", status=status, values=values, errors=errors or {}, zones=zones)

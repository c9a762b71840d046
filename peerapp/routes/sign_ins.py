"""Where am I signed in, and how do I end that? And how do I change my password?"""

from math import ceil
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import access, devices
from peerapp.access import viewer
from peerapp.actions import new_password, sign_ins
from peerapp.actions.signing_in import TooMany, account_key
from peerapp.forms.settings import ChangePasswordForm
from peerapp.queries import accounts
from peerapp.rules.refusal import Refusal
from peerapp.rules.signing_in import refused_try
from peerapp.web import page, said

bp = Blueprint("sign_ins", __name__)


@bp.get("/settings/sign-ins")
def show() -> ResponseReturnValue:
    return page("settings/sign_ins.html", sign_ins=accounts.sign_ins_of(viewer()), here=access.this_sign_in().id)


@bp.post("/settings/sign-ins/<uuid:sign_in_id>/end")
def end(sign_in_id: UUID) -> ResponseReturnValue:
    if sign_in_id == access.this_sign_in().id:
        access.finish()
        return redirect(url_for("signin.show"), 303)
    if not sign_ins.end_one(viewer(), sign_in_id):
        abort(404)
    flash(_("That browser is signed out."), "done")
    return redirect(url_for("sign_ins.show"), 303)


@bp.post("/settings/sign-ins/end-others")
def end_others() -> ResponseReturnValue:
    sign_ins.end_all(viewer(), but=access.this_sign_in())
    flash(_("You are signed out everywhere else."), "done")
    return redirect(url_for("sign_ins.show"), 303)


@bp.get("/settings/password")
def password() -> ResponseReturnValue:
    return page("settings/password.html", errors={})


@bp.post("/settings/password")
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if not form.validate():
        return page("settings/password.html", status=422, errors=form.errors)
    outcome = new_password.change(viewer(), form.old.data or "", form.password.data or "")
    if isinstance(outcome, TooMany):
        refusal = refused_try(outcome.wait) or new_password.NOT_THE_OLD
        response = make_response(page("settings/password.html", status=429, errors={"": said(refusal)}))
        response.headers["Retry-After"] = str(ceil(outcome.wait.total_seconds()))
        return response
    if isinstance(outcome, Refusal):
        field = "old" if outcome is new_password.NOT_THE_OLD else "password"
        return page("settings/password.html", status=422, errors={field: said(outcome)})
    flash(_("Your password is changed. You are signed out everywhere else."), "done")
    response = make_response(redirect(url_for("settings.show"), 303))
    devices.remember(response, account_key(outcome.email))
    return response

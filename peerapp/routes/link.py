"""What does a one-time link do? Opening it shows a form; sending the form sets the password, once."""

from flask import Blueprint, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import devices
from peerapp.access import public
from peerapp.actions import new_password
from peerapp.actions.signing_in import account_key
from peerapp.forms.signin import NewPasswordForm
from peerapp.models import OneTimeLink
from peerapp.queries.links import working_link
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said

bp = Blueprint("link", __name__)


@bp.get("/link/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    link = _link_of(token)
    return _form(token, link) if link else _gone()


@bp.post("/link/<token>")
@public
def use(token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    link = _link_of(token)
    if link is None:
        return _gone()
    if not form.validate():
        return _form(token, link, form.errors["password"][0])
    outcome = new_password.set_by_link(link, form.password.data or "")
    if outcome is None:
        return _gone()
    if isinstance(outcome, Refusal):
        return _form(token, link, said(outcome))
    flash(_("Your new password is set, and you are signed in."), "done")
    response = make_response(redirect(url_for("home.show"), 303))
    devices.remember(response, account_key(outcome.email))
    return response


def _link_of(token: str) -> OneTimeLink | None:
    link = working_link(token)
    return link if link and link.purpose in new_password.PASSWORD_LINKS else None


def _form(token: str, link: OneTimeLink, error: str = "") -> ResponseReturnValue:
    errors = {"password": error} if error else {}
    return _unseen(page("link/show.html", status=422 if error else 200, token=token, link=link, errors=errors))


def _gone() -> ResponseReturnValue:
    return _unseen(page("link/gone.html", status=404))


def _unseen(response: ResponseReturnValue) -> ResponseReturnValue:
    """The address is a secret: no other page may hear of it."""
    answer = make_response(response)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer

"""How does somebody without a password get a link to set one? The answer is the same whether the account exists."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from peerapp.access import public
from peerapp.actions import new_password
from peerapp.forms.signin import ForgottenForm
from peerapp.rules.signing_in import LETTERS_WINDOW, source_of
from peerapp.web import page

bp = Blueprint("forgotten", __name__)


@bp.get("/forgotten")
@public
def show() -> ResponseReturnValue:
    return page("forgotten/show.html", errors={}, email="")


@bp.post("/forgotten")
@public
def send() -> ResponseReturnValue:
    form = ForgottenForm()
    if not form.validate():
        return page("forgotten/show.html", status=422, errors=form.errors, email=form.email.data or "")
    if not new_password.send_link(form.email.data or "", source_of(request.remote_addr)):
        raise TooManyRequests(retry_after=int(LETTERS_WINDOW.total_seconds()))
    return redirect(url_for("forgotten.sent"), 303)


@bp.get("/forgotten/sent")
@public
def sent() -> ResponseReturnValue:
    return page("forgotten/sent.html")

"""How does somebody come in, and go?"""

from collections.abc import Mapping
from math import ceil

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from werkzeug.exceptions import TooManyRequests

from peerapp import access, devices, kept
from peerapp.access import public
from peerapp.actions.signing_in import TooMany, account_key, sign_in
from peerapp.forms.signin import SignInForm
from peerapp.passwords import COME_BACK_SECONDS
from peerapp.rules.next_url import safe_next
from peerapp.rules.refusal import Refusal
from peerapp.rules.signing_in import refused_try, source_of
from peerapp.rules.words import N_
from peerapp.web import page, said

bp = Blueprint("signin", __name__)
CROWD = Refusal(N_("Many people are signing in at this moment. Please try again in a few seconds."))


@bp.get("/sign-in")
@public
def show() -> ResponseReturnValue:
    there = safe_next(request.args.get("next"), request.host)
    if access.viewer_or_none() is not None:
        return redirect(there or url_for("home.show"), 303)
    return page("signin/show.html", carried="", next=there or "", errors={}, email="")


@bp.post("/sign-in")
@public
def begin() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _again(form, {name: messages[0] for name, messages in form.errors.items() if name}, 422)
    email, account = form.email.data or "", account_key(form.email.data or "")
    try:
        outcome = sign_in(
            email, form.password.data or "", source=source_of(request.remote_addr), device=devices.known(account)
        )
    except TooManyRequests:
        return _later(form, CROWD, COME_BACK_SECONDS)
    if isinstance(outcome, TooMany):
        return _later(form, refused_try(outcome.wait) or CROWD, ceil(outcome.wait.total_seconds()))
    if isinstance(outcome, Refusal):
        return _again(form, {"": said(outcome)}, 422)
    response = make_response(_where_they_wanted(form))
    devices.remember(response, account)
    return response


@bp.post("/sign-out")
@public
def end() -> ResponseReturnValue:
    access.finish()
    return redirect(url_for("signin.show"), 303)  # what the browser keeps is erased by drafts.js, receipts excepted


def _where_they_wanted(form: SignInForm) -> ResponseReturnValue:
    """What was typed before the sign-in, or else the next page.

    The one POST that answers with a page: the text that it carries is stored nowhere, so no other page could show it.
    """
    carried = kept.unpack(form.kept.data or "")
    there = safe_next(form.next.data, request.host) or url_for("home.show")
    if carried is None:
        return redirect(there, 303)
    path, fields = carried
    refresh()  # the visitor is somebody now, with a language of their own
    return page("signin/kept.html", path=path, fields=fields, there=there)


def _again(form: SignInForm, errors: Mapping[str, str], status: int) -> ResponseReturnValue:
    return page(
        "signin/show.html",
        status=status,
        carried=form.kept.data or "",
        next=safe_next(form.next.data, request.host) or "",
        errors=errors,
        email=form.email.data or "",
    )


def _later(form: SignInForm, refusal: Refusal, seconds: int) -> ResponseReturnValue:
    response = make_response(_again(form, {"": said(refusal)}, 429))
    response.headers["Retry-After"] = str(seconds)
    return response

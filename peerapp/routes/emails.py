"""Is the address that the people file proposes mine?"""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from peerapp.access import viewer
from peerapp.actions import emails, tries
from peerapp.actions.signing_in import account_key
from peerapp.models import OneTimeLink
from peerapp.models.signins import LinkPurpose
from peerapp.queries.links import working_link
from peerapp.rules.refusal import Refusal
from peerapp.rules.signing_in import LETTERS_WINDOW
from peerapp.web import page, said

bp = Blueprint("emails", __name__)


@bp.get("/settings/email")
def show() -> ResponseReturnValue:
    return page("settings/email.html", person=viewer())


@bp.post("/settings/email/send")
def send() -> ResponseReturnValue:
    me = viewer()
    if me.proposed_email is None:
        abort(404)
    if not tries.may_send_letter(account_key(me.email)):
        raise TooManyRequests(retry_after=int(LETTERS_WINDOW.total_seconds()))
    emails.send_link(me, me.proposed_email)
    flash(_("A link is on its way to %(address)s.", address=me.proposed_email), "done")
    return redirect(url_for("emails.show"), 303)


@bp.post("/settings/email/refuse")
def refuse() -> ResponseReturnValue:
    emails.refuse(viewer())
    flash(_("Your address stays as it is."), "done")
    return redirect(url_for("emails.show"), 303)


@bp.get("/settings/email/confirm/<token>")
def ask(token: str) -> ResponseReturnValue:
    _mine(token)
    return page("settings/email_confirm.html", token=token, person=viewer())


@bp.post("/settings/email/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    outcome = emails.confirm(viewer(), _mine(token))
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
        return page("settings/email.html", status=422, person=viewer())
    flash(_("Thank you. Your new address is in use."), "done")
    return redirect(url_for("emails.show"), 303)


def _mine(token: str) -> OneTimeLink:
    """The link, if it confirms an address of the viewer; for everybody else it does not exist."""
    link = working_link(token)
    if link is None or link.purpose is not LinkPurpose.CONFIRM_EMAIL or link.person_id != viewer().id:
        abort(404)
    if viewer().proposed_email is None:
        abort(404)
    return link

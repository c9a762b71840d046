"""How is this installation doing, and does its mail arrive? For administrators."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import administrator, viewer
from peerapp.actions.notices import address_of, write
from peerapp.queries.system import system
from peerapp.web import page

bp = Blueprint("system", __name__)


@bp.get("/system")
@administrator
def show() -> ResponseReturnValue:
    return page("system/show.html", system=system())


@bp.post("/system/mail-test")
@administrator
def test_mail() -> ResponseReturnValue:
    me = viewer()
    body = _("Hello %(name)s,\n\nthis letter shows that the mail of peerapp arrives.\n\n%(address)s\n",
             name=me.first_name, address=address_of("/system"))  # fmt: skip
    write(me, _("A test letter from peerapp"), body)
    flash(_("A letter to %(address)s is on its way. It leaves within a minute.", address=me.email), "done")
    return redirect(url_for("system.show"), 303)

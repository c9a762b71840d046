"""Who coordinates the programme and who administers the installation? For administrators."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import administrator, viewer
from peerapp.actions import roles
from peerapp.forms.roles import GiveRoleForm, TakeRoleForm
from peerapp.models.people import Role
from peerapp.queries import accounts
from peerapp.rules.addresses import normal_email
from peerapp.rules.refusal import Refusal
from peerapp.rules.roles import ROLE_MEANINGS, ROLE_NAMES
from peerapp.web import page, said

bp = Blueprint("roles", __name__)


@bp.get("/system/roles")
@administrator
def show() -> ResponseReturnValue:
    return _page()


@bp.post("/system/roles")
@administrator
def give() -> ResponseReturnValue:
    form = GiveRoleForm()
    if not form.validate():
        return _page(form.email.data or "", form.role.data or "", form.errors, 422)
    person = accounts.account_of(normal_email(form.email.data or "") or "")
    if person is None:
        return _page(form.email.data or "", form.role.data or "", {"email": _("Nobody here has this address.")}, 422)
    role = Role(form.role.data or "")
    given = roles.give(person, role, by=viewer())
    words = {"name": person.name, "role": _(ROLE_NAMES[role])}
    flash(_("%(name)s is %(role)s now.", **words) if given else _("%(name)s was %(role)s already.", **words), "done")
    return redirect(url_for("roles.show"), 303)


@bp.post("/system/roles/take")
@administrator
def take() -> ResponseReturnValue:
    form = TakeRoleForm()
    person = accounts.colleague(UUID(form.person.data or "")) if form.validate() else None
    if person is None:
        abort(404)
    role = Role(form.role.data or "")
    taken = roles.take(person, role, by=viewer())
    if isinstance(taken, Refusal):
        flash(said(taken), "problem")
        return _page(status=422)
    flash(_("%(name)s is not %(role)s any more.", name=person.name, role=_(ROLE_NAMES[role])), "done")
    if person.id == viewer().id and role is Role.ADMINISTRATOR:
        return redirect(url_for("home.show"), 303)
    return redirect(url_for("roles.show"), 303)


def _page(email: str = "", role: str = "", errors: object = None, status: int = 200) -> ResponseReturnValue:
    options = [(each.value, _(ROLE_NAMES[each]), _(ROLE_MEANINGS[each])) for each in Role]
    return page(
        "system/roles.html",
        status=status,
        holders=accounts.role_holders(),
        names=ROLE_NAMES,
        options=options,
        email=email,
        role=role or Role.COORDINATOR,
        errors=errors or {},
    )

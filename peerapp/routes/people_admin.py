"""How does the coordinator find somebody and let them in for the first time?"""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from peerapp.access import coordinator
from peerapp.actions import first_links
from peerapp.actions.links import LASTS
from peerapp.models.signins import LinkPurpose
from peerapp.queries import people_admin
from peerapp.queries.people_admin import Wanted, Which
from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.roles import ROLE_NAMES
from peerapp.web import page, said

bp = Blueprint("people_admin", __name__, url_prefix="/programme/people")
SHOWN_ONCE = "first_link"  # a link travels to the next page in the coordinator's own cookie


@bp.get("")
@coordinator
def show() -> ResponseReturnValue:
    wanted = Wanted(
        words=request.args.get("q", "").strip()[: limits.SEARCH],
        unit_id=request.args.get("unit", type=UUID),
        which=request.args.get("which", Which.ACTIVE, type=Which),
        after=request.args.get("after", type=UUID),
    )
    found, units = people_admin.people(wanted), people_admin.units_to_choose()
    return page("people_admin/list.html", people=found, wanted=wanted, units=units)


@bp.get("/<uuid:person_id>")
@coordinator
def person(person_id: UUID) -> ResponseReturnValue:
    found = people_admin.person_of(person_id)
    of, link = session.pop(SHOWN_ONCE, ("", ""))
    return page(
        "people_admin/show.html",
        person=found,
        link=link if of == found.id.hex else "",
        refusal=first_links.refused(found),
        days=LASTS[LinkPurpose.FIRST_PASSWORD].days,
        role_names=ROLE_NAMES,
    )


@bp.post("/<uuid:person_id>/link")
@coordinator
def link(person_id: UUID) -> ResponseReturnValue:
    found = people_admin.held(person_id)
    outcome = first_links.first_link(found)
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
    else:
        session[SHOWN_ONCE] = (found.id.hex, outcome)
    return redirect(url_for("people_admin.person", person_id=person_id), 303)

"""Whom could I learn with? Suggestions, everybody one may find, and the page of one colleague."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import portraits
from peerapp.access import viewer
from peerapp.actions import blocks
from peerapp.db import db
from peerapp.models import Person
from peerapp.queries import between, directory
from peerapp.queries.board import today_of
from peerapp.queries.colleagues import portrait_of
from peerapp.queries.directory import Front, Wish
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.asking import is_about_my_room, may_pair
from peerapp.rules.styles import EITHER_LABEL, STYLES
from peerapp.web import page, said, say_done
from peerapp.whole import Part, page_again

bp = Blueprint("directory", __name__)


@bp.get("/people")
def show() -> ResponseReturnValue:
    me, wish = viewer(), _wish()
    is_front = wish.is_open and wish.after is None
    seen = directory.front(me, today_of(me)) if is_front else Front(directory.find(me, wish), None)
    region = portraits.everybody(wish, seen.found, seen.suggestions, directory.units())
    return page_again("directory/show.html", 200, None, region=region)


@bp.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    me, portrait = viewer(), portrait_of(viewer(), person_id)
    stands = between.between(me, portrait.colleague)
    refusal = may_pair(stands.between)
    html = render_template(
        "directory/_person.html",
        portrait=portrait,
        someone=portrait.colleague,
        stands=stands,
        refusal=refusal,
        i_am_full=is_about_my_room(refusal),
        styles=STYLES,
        either=EITHER_LABEL,
    )
    name = portrait.colleague.name
    region = Part(html.encode())
    return page_again("directory/person.html", 200, name, name=name, region=region)


@bp.post("/people/<uuid:person_id>/block")
def block(person_id: UUID) -> ResponseReturnValue:
    someone = _someone(person_id)
    if refusal := blocks.block(viewer(), someone):
        return page("directory/refused.html", status=422, refusal=said(refusal), name=someone.first_name)
    say_done(
        _("%(name)s does not find you any more, and is not told.", name=someone.first_name),
        undo=url_for("directory.unblock", person_id=person_id),
    )
    return redirect(url_for("directory.person", person_id=person_id), 303)


@bp.post("/people/<uuid:person_id>/unblock")
def unblock(person_id: UUID) -> ResponseReturnValue:
    if not blocks.unblock(viewer(), person_id):
        portrait_of(viewer(), person_id)  # 404 for whom one may not see
    someone = db.session.get_one(Person, person_id)
    say_done(_("%(name)s can find you again.", name=someone.first_name))
    return redirect(url_for("profile.show", _anchor="blocked"), 303)


def _someone(person_id: UUID) -> Person:
    """Whose page the viewer may open."""
    portrait_of(viewer(), person_id)
    return db.session.get_one(Person, person_id)


def _wish() -> Wish:
    """What the address asks for; what makes no sense asks for nothing."""
    area = request.args.get("area", "")
    return Wish(
        words=request.args.get("q", "").strip()[: limits.SEARCH],
        area=Area(area) if area in set(Area) else None,
        unit=_id("unit"),
        after=_id("after"),
    )


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None

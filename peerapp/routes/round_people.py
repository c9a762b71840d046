"""Whom do I ask by hand, who reads, and to whom may it be shown later? Found by name or unit, added by a click."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from peerapp.access import viewer
from peerapp.actions import round_drafts
from peerapp.forms.rounds import PeopleForm, ids_in
from peerapp.models import Round
from peerapp.models.rounds import ReaderRole
from peerapp.queries import directory, round_people
from peerapp.queries.rounds import own_draft_of
from peerapp.rules import limits
from peerapp.rules.question_bank import Purpose
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said

bp = Blueprint("round_people", __name__)
ASKED = "asked"
ALL_MANAGERS = "managers"


@bp.get("/rounds/<uuid:round_id>/people")
def show(round_id: UUID) -> ResponseReturnValue:
    return _page(own_draft_of(viewer(), round_id))


@bp.post("/rounds/<uuid:round_id>/people")
def change(round_id: UUID) -> ResponseReturnValue:
    draft, form = own_draft_of(viewer(), round_id), PeopleForm()
    role = _role(draft)
    if not form.validate():
        abort(400)
    add, remove = _to_add(draft, form), ids_in(form.remove.data)
    if isinstance(role, ReaderRole):
        outcome = round_drafts.name_readers(draft, role, add, remove)
    else:
        outcome = round_drafts.pick(draft, add, remove)
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
        return _page(draft, 422)
    words, unit = request.args.get("q") or None, request.args.get("unit") or None
    return redirect(url_for("round_people.show", round_id=round_id, role=role or ASKED, q=words, unit=unit), 303)


def _to_add(draft: Round, form: PeopleForm) -> frozenset[UUID]:
    """Who works here and can be found by the viewer. For the programme, all managers with one click."""
    wanted = form.add.data or []
    if ALL_MANAGERS in wanted and draft.purpose is Purpose.PROGRAMME:
        return frozenset(round_people.all_managers())
    return round_people.nameable(viewer(), ids_in(wanted)) if wanted else frozenset()


def _role(draft: Round) -> ReaderRole | None:
    """For whom the page is: readers, those to whom it may be shown later; None for those who are asked.

    Only what somebody asks about herself is hers to show later.
    """
    asked_for = request.args.get("role", ASKED)
    role = ReaderRole(asked_for) if asked_for in set(ReaderRole) else None
    if role is ReaderRole.MAY_BE_SHOWN and draft.purpose is not Purpose.MYSELF:
        abort(404)
    return role


def _page(draft: Round, status: int = 200) -> Response:
    role, me = _role(draft), viewer()
    readers = round_people.readers_in(draft)
    named = [each for each in readers if each.role is role] if role else round_people.picked_in(draft)
    words, unit = request.args.get("q", "").strip()[: limits.SEARCH], request.args.get("unit", type=UUID)
    but = {each.id for each in (readers if role else named)}
    found = round_people.find(me, words, unit, but)
    return page(
        "rounds/people.html",
        status=status,
        draft=draft,
        role=role,
        role_name=role.value if role else ASKED,
        named=named,
        words=words,
        unit=unit,
        found=found[: round_people.FOUND_MAX],
        has_more=len(found) > round_people.FOUND_MAX,
        units=directory.units(),
        manager_id=me.manager_id if me.manager_id not in but else None,
        offers_managers=role is ReaderRole.READER and draft.purpose is Purpose.PROGRAMME,
        me=me,
    )

"""With what could our board begin? Templates that put one goal or several on it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from peerapp.access import viewer
from peerapp.actions import goals as goal_actions
from peerapp.actions.goals import Draft
from peerapp.forms.goals import TemplateForm, errors_of
from peerapp.models import Pair
from peerapp.once import once
from peerapp.queries.pairs import open_pair_of, pair_of
from peerapp.routes.board import address_of
from peerapp.routes.saying import offer_undo
from peerapp.rules.goal_fields import BOTH
from peerapp.rules.goal_templates import TEMPLATE_BY_KEY, TEMPLATES, Template
from peerapp.rules.goal_texts import GoalDraft
from peerapp.rules.refusal import Refusal
from peerapp.web import page, said

bp = Blueprint("goal_templates", __name__, url_prefix="/pairs/<uuid:pair_id>/templates")


@bp.get("")
def show(pair_id: UUID) -> ResponseReturnValue:
    return _list_page(pair_of(viewer(), pair_id))


@bp.get("/<key>")
def start(pair_id: UUID, key: str) -> ResponseReturnValue:
    pair, template = pair_of(viewer(), pair_id), _template(key)
    if len(template.goals) > 1:
        return redirect(url_for("goal_templates.show", pair_id=pair_id, _anchor=key), 303)
    goal = template.goals[0]
    return _form_page(pair, template, {"title": _(goal.title), "success_sign": _(goal.success_sign), "due_on": ""})


@bp.post("/<key>")
@once
def use(pair_id: UUID, key: str) -> ResponseReturnValue:
    """Several goals in one click; one goal with what was typed for it."""
    pair, template = open_pair_of(viewer(), pair_id), _template(key)
    drafts = [_draft(goal) for goal in template.goals]
    if len(drafts) == 1:
        form = TemplateForm()
        typed = {name: request.form.get(name, "") for name in ("title", "success_sign", "due_on")}
        if not form.validate():
            return _form_page(pair, template, typed, errors_of(form))
        due_on = form.due_on.data.isoformat() if form.due_on.data else ""
        fields = {"title": form.title.data, "success_sign": form.success_sign.data, "due_on": due_on}
        drafts = [Draft(drafts[0].fields | fields, drafts[0].column, drafts[0].steps)]
    made = goal_actions.make(pair, viewer(), drafts)
    if isinstance(made, Refusal):
        return _list_page(pair, {"": said(made)})
    offer_undo(made[0], ngettext("One goal is on the board.", "%(num)s goals are on the board.", len(made)))
    return redirect(address_of(pair_id, made[0].goal_id, drafts[0].column), 303)


def _template(key: str) -> Template:
    return TEMPLATE_BY_KEY.get(key) or abort(404)


def _draft(goal: GoalDraft) -> Draft:
    """The template's goal in the viewer's language; the viewer owns it unless it is for both."""
    fields: dict[str, Any] = {
        "title": _(goal.title),
        "areas": [area.value for area in goal.areas],
        "owner": BOTH if goal.for_both else str(viewer().id),
        "due_on": "",
        "why": _(goal.why),
        "success_sign": _(goal.success_sign),
        "next_step": _(goal.next_step),
        "need": _(goal.need),
    }
    return Draft(fields, goal.column, tuple(_(step) for step in goal.steps))


def _list_page(pair: Pair, errors: dict[str, str] | None = None) -> Response:
    return page(
        "goals/templates.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        templates=TEMPLATES,
        errors=errors or {},
    )


def _form_page(pair: Pair, template: Template, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return page(
        "goals/template.html",
        status=422 if errors else 200,
        pair=pair,
        partner=pair.partner_of(viewer()),
        chosen=template,
        goal=template.goals[0],
        typed=typed,
        errors=errors or {},
    )

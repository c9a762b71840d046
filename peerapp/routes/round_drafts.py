"""Asking for views: what about, one page for the whole draft, and whether it can be anonymous."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock
from peerapp.access import viewer
from peerapp.actions import round_drafts
from peerapp.actions.round_drafts import Said
from peerapp.config import LANGUAGES
from peerapp.forms.goals import errors_of
from peerapp.forms.rounds import KIND_NAMES, DraftForm, NewRoundForm, ids_in
from peerapp.forms.typed import errors_in
from peerapp.models import Round
from peerapp.models.rounds import ReaderRole
from peerapp.once import once
from peerapp.queries import round_people
from peerapp.queries.rounds import own_draft_of
from peerapp.queries.widening import Way, verdict_on
from peerapp.rules import question_bank, round_drafts as rules
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.question_bank import PURPOSE_NAMES, Purpose
from peerapp.rules.questions import Kind
from peerapp.rules.refusal import Refusal, Stale
from peerapp.rules.release_rules import COMMENTS_MAX, SCALES_MAX
from peerapp.web import page, said, say_done

bp = Blueprint("round_drafts", __name__)
CLASH = 409
ARRANGE = ("up", "down", "remove")


@bp.get("/rounds/new")
def new() -> ResponseReturnValue:
    return _new_page("", viewer().language)


@bp.post("/rounds")
@once
def make() -> ResponseReturnValue:
    form = NewRoundForm()
    if not form.validate():
        return _new_page(form.purpose.data or "", form.language.data or "", errors_in(form))
    made = round_drafts.make(viewer(), Purpose(form.purpose.data), form.language.data or "")
    if isinstance(made, Refusal):
        return _new_page(form.purpose.data or "", form.language.data or "", {"": said(made)})
    return redirect(url_for("round_drafts.edit", round_id=made.id), 303)


@bp.get("/rounds/<uuid:round_id>/edit")
def edit(round_id: UUID) -> ResponseReturnValue:
    return draft_page(own_draft_of(viewer(), round_id))


@bp.post("/rounds/<uuid:round_id>/edit")
def save(round_id: UUID) -> ResponseReturnValue:
    draft, form = own_draft_of(viewer(), round_id), DraftForm()
    what = _said(form)
    if isinstance(what, dict):
        return draft_page(draft, form, what)
    outcome = round_drafts.save(viewer(), draft, what, form.seen)
    if isinstance(outcome, Stale):
        return draft_page(draft, form, status=CLASH)
    if isinstance(outcome, Refusal):
        return draft_page(draft, form, {"units": said(outcome)})
    return _go_on(draft, form.do.data or "")


@bp.get("/rounds/<uuid:round_id>/delete")
def ask_to_delete(round_id: UUID) -> ResponseReturnValue:
    return page("rounds/delete.html", draft=own_draft_of(viewer(), round_id))


@bp.post("/rounds/<uuid:round_id>/delete")
def delete(round_id: UUID) -> ResponseReturnValue:
    round_drafts.remove(own_draft_of(viewer(), round_id))
    say_done(_("The draft is deleted."))
    return redirect(url_for("rounds.index"), 303)


def _go_on(draft: Round, do: str) -> ResponseReturnValue:
    """What was typed is saved; now the button that was pressed."""
    verb, _colon, about = do.partition(":")
    here, anchor = "round_drafts.edit", None
    if verb in ARRANGE:
        round_drafts.arrange(draft, verb, about)
        anchor = "questions" if verb == "remove" else f"question_{about}"
    elif verb in set(Way):
        round_drafts.widen(draft, Way(verb), next(iter(ids_in([about])), None))
        anchor = "verdict"
    elif verb == "people":
        return redirect(url_for("round_people.show", round_id=draft.id, role=about), 303)
    elif verb == "preview":
        here = "round_opening.preview"
    elif verb == "add":
        anchor = "questions"
    else:
        say_done(_("Saved."))
    return redirect(url_for(here, round_id=draft.id, _anchor=anchor), 303)


def _said(form: DraftForm) -> Said | dict[str, str]:
    """What was typed, or the sentences for what does not fit."""
    if not form.validate():
        return errors_of(form)
    closes_at = form.closes_at(viewer().time_zone)
    if isinstance(closes_at, Refusal):
        return {"last_day": said(closes_at)}
    return Said(
        title=form.title.data or "",
        why=form.why.data or "",
        own=form.own(),
        bank=frozenset(form.bank.data or ()),
        new_kind=Kind(form.new_kind.data),
        new_text=form.new_text.data or "",
        audience_kind=AudienceKind(form.audience_kind.data),
        units=form.unit_ids(),
        closes_at=closes_at,
        minimum=form.minimum.data or 0,
        split_by=SplitBy(form.split_by.data),
        joins_small=form.joins_small.data,
    )


def _new_page(purpose: str, language: str, errors: dict[str, str] | None = None) -> Response:
    return page(
        "rounds/new.html",
        status=422 if errors else 200,
        purposes=[(each.value, _(PURPOSE_NAMES[each])) for each in round_drafts.purposes_of(viewer())],
        others=_(rules.NOT_YOURS.sentence),
        languages=list(LANGUAGES.items()),
        purpose=purpose,
        language=language,
        errors=errors or {},
    )


def draft_page(
    draft: Round, form: DraftForm | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    """The whole draft; what was typed and could not be saved stands in it again."""
    typed = form.typed() if form else _as_typed(draft)
    return page(
        "rounds/edit.html",
        status=422 if errors else status,
        draft=draft,
        typed=typed,
        questions=rules.reworded(draft.asked(), form.own()) if form else draft.asked(),
        bank=_bank(draft),
        kinds=[(each.value, _(name)) for each, name in KIND_NAMES.items()],
        circles=rules.AUDIENCES[draft.purpose],
        units=round_people.units(),
        picked=round_people.picked_in(draft),
        readers=round_people.readers_in(draft),
        roles=ReaderRole,
        verdict=verdict_on(draft, clock.now()),
        most=(SCALES_MAX, COMMENTS_MAX, rules.RECOMMENDED),
        errors=errors or {},
        is_stale=status == CLASH,
        version=form.seen if form and status != CLASH else draft.version,
    )


def _bank(draft: Round) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be added, by heading, in the words of the viewer's language."""
    asked, groups = {each.bank for each in draft.asked()}, dict[str, list[tuple[str, str]]]()
    for each in question_bank.offered(draft.purpose):
        if each.key not in asked:
            groups.setdefault(_(rules.group_of(each.key)), []).append((each.key, _(each.text)))
    return list(groups.items())


def _as_typed(draft: Round) -> dict[str, Any]:
    last = on_the_wall(draft.closes_at, viewer().time_zone)
    return {
        "title": draft.title,
        "why": draft.why,
        "new_kind": Kind.AGREEMENT.value,
        "new_text": "",
        "bank": [],
        "audience_kind": draft.audience_kind.value,
        "units": draft.audience,
        "last_day": f"{last:%Y-%m-%d}",
        "minimum": draft.minimum,
        "split_by": draft.split_by.value,
        "joins_small": draft.joins_small,
    }

"""What happened in the journal, under the goals, in the charter and the rhythm, who did it and when? And the ways back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import undo_changes
from peerapp.forms.goals import HIGHEST
from peerapp.forms.sessions import version_seen
from peerapp.journal_telling import JournalTeller, what_happened
from peerapp.models import About, Change, Pair
from peerapp.once import once
from peerapp.queries import changes
from peerapp.queries.changes import CHANGES_A_PAGE, OF_PAIR, ChangeRow, Subject
from peerapp.queries.pairs import pair_of
from peerapp.routes.saying import offer_to_take_back
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import PairState
from peerapp.web import page, said, say_done

bp = Blueprint("changes", __name__, url_prefix="/pairs/<uuid:pair_id>/history")
ANCHORS = {About.NOTE: "notes", About.DECISION: "decisions", About.ACTION: "actions", About.POINT: "agenda"}
Subjects = Mapping[UUID, Subject]


@bp.get("")
def show(pair_id: UUID) -> ResponseReturnValue:
    """Everything of the pair, of one session, or of one thing."""
    pair = pair_of(viewer(), pair_id)
    named: dict[str, Any] = {name: request.args.get(name, type=UUID) for name in ("session", "of")}
    below = request.args.get("before", HIGHEST, type=int)
    found = changes.changes_in(pair.id, named["session"], named["of"], min(max(below, 0), HIGHEST))
    shown, more = found[:CHANGES_A_PAGE], found[CHANGES_A_PAGE:]
    subjects, goals = changes.subjects_of(shown)
    tell = _teller(pair, goals).tell
    here = url_for(".show", pair_id=pair_id, **named)
    return page(
        "history/show.html",
        pair=pair,
        partner=pair.partner_of(viewer()),
        back=_page_of(pair, found[0] if named["of"] and found else None, named["session"])
        if found or named["of"] != pair.id
        else url_for("pairs.show", pair_id=pair_id),
        changes=[(each, tell(each, subjects.get(each.thing_id)), _can(each, subjects, pair)) for each in shown],
        named=named,
        is_charter=bool(found) and found[0].about is About.CHARTER,
        newest=shown[0].number if shown else 0,
        newer=here if "before" in request.args else None,
        older=url_for(".show", pair_id=pair_id, **named, before=shown[-1].number) if more else None,
    )


@bp.post("/<uuid:change_id>/take-back")
@once
def take_back(pair_id: UUID, change_id: UUID) -> ResponseReturnValue:
    """Undo what I did."""
    change = changes.own_change_of(pair_of(viewer(), pair_id), viewer(), change_id)
    pair = _pair_to_change(pair_id)
    outcome = undo_changes.undo(change, pair, viewer())
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
    else:
        say_done(_("Taken back."))
    return redirect(_page_of(pair, change, request.values.get("to", type=UUID)), 303)


@bp.post("/<uuid:change_id>/bring-back")
@once
def bring_back(pair_id: UUID, change_id: UUID) -> ResponseReturnValue:
    """Say again what was said before; both texts where the other said something else meanwhile."""
    change = changes.change_of(pair_of(viewer(), pair_id), change_id)
    pair = _pair_to_change(pair_id)
    subjects, goals = changes.subjects_of([change])
    if not _can(change, subjects, pair):
        abort(403)
    if undo_changes.changed_since(change, viewer(), version_seen(request.form.get("seen"))):
        return _both(pair, change, subjects, goals)
    outcome = undo_changes.bring_back(change, pair, viewer())
    if isinstance(outcome, Refusal):
        flash(said(outcome), "problem")
    offer_to_take_back(outcome, _("Brought back."))
    return redirect(_page_of(pair, change), 303)


def _pair_to_change(pair_id: UUID) -> Pair:
    """Also before both have signed, for that is when the charter changes."""
    pair = pair_of(viewer(), pair_id)
    return pair if pair.is_open or pair.state is PairState.CHARTERING else abort(403)


def _can(change: ChangeRow | Change, subjects: Subjects, pair: Pair) -> bool:
    """Whether what stood there before can be brought back: words, or a line that is away; one's own taken back."""
    if not (pair.state is PairState.CHARTERING if change.about is About.CHARTER else pair.is_open):
        return False
    happened, subject = what_happened(change.kind, change.before, change.after), subjects.get(change.thing_id)
    if subject and subject.is_taken_back:
        return happened == "gone" and subject.author_id == viewer().id and not subject.is_wiped
    return happened == "changed" or (happened == "gone" and change.about is not About.PLAN)


def _page_of(pair: Pair, change: ChangeRow | Change | None, session: UUID | None = None) -> str:
    """Where what was changed is to be seen."""
    about = change.about if change else None
    if change and about in OF_PAIR:
        return url_for("charter.show" if about is About.CHARTER else "pairs.show", pair_id=pair.id)
    if change and about is About.COMMENT:
        goal = changes.goal_of_comment(pair, change.thing_id) or abort(404)
        return url_for("goals.show", pair_id=pair.id, goal_id=goal, _anchor="comments")
    here = session or (change.session_id if change else None)
    if here is None:
        return url_for("journal.show", pair_id=pair.id)
    return url_for("sessions.show", pair_id=pair.id, session_id=here, _anchor=ANCHORS.get(about) if about else None)


def _both(pair: Pair, change: Change, subjects: Subjects, goals: Mapping[str, str]) -> Response:
    """A 409 with what stands there now and what was to be brought back."""
    now = undo_changes.as_it_is(change, pair)
    return page(
        "history/changed.html",
        status=409,
        pair=pair,
        partner=pair.partner_of(viewer()),
        parts=_teller(pair, goals).parts(now, change.before, subjects.get(change.thing_id)),
        change=change,
        seen=max(each.number for each in changes.newer_than(change)),
        back=_page_of(pair, change),
    )


def _teller(pair: Pair, goals: Mapping[str, str]) -> JournalTeller:
    return JournalTeller(viewer(), pair.partner_of(viewer()), goals)

"""What did we say? The shared notes of a session, block by block; both may edit each."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp.access import viewer
from peerapp.actions import history, notes
from peerapp.actions.lines import give_back, step, take_back
from peerapp.forms.notes import BlockForm
from peerapp.forms.sessions import version_seen
from peerapp.forms.typed import errors_in, typed_in
from peerapp.models import ChangeKind, NoteBlock
from peerapp.once import once
from peerapp.queries.sessions import line_of, own_line_of, writable_session_of
from peerapp.routes.clash import Clash, clash_page
from peerapp.routes.saying import NOTES, offer_to_take_back
from peerapp.routes.sessions import address_of, session_page
from peerapp.rules.refusal import Refusal, Stale
from peerapp.web import page, said, say_done

bp = Blueprint("notes", __name__, url_prefix="/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/notes")


@bp.post("")
@once
def add(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session, form = writable_session_of(viewer(), pair_id, session_id), BlockForm()
    if not form.validate():
        return session_page(session, typed_in(form), errors_in(form))
    if form.block.data:
        return _finish(pair_id, session_id, form)
    block = notes.add_block(session, viewer(), form.body.data or "")
    if isinstance(block, Refusal):
        return session_page(session, typed_in(form), {"body": said(block)})
    offer_to_take_back(history.last_of(block), _("Note added."))
    return redirect(address_of(session, "notes"), 303)


@bp.get("/<uuid:block_id>/edit")
def edit(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    block = line_of(NoteBlock, viewer(), pair_id, session_id, block_id)
    if block.retracted_at:
        return redirect(address_of(block.session, "notes"), 303)
    return _edit_page(block, {"body": block.body})


@bp.post("/<uuid:block_id>")
def save(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    block, form = line_of(NoteBlock, viewer(), pair_id, session_id, block_id), BlockForm()
    if not form.validate():
        return _edit_page(block, typed_in(form), errors_in(form))
    return _save(block, form)


@bp.post("/<uuid:block_id>/up", defaults={"up": True})
@bp.post("/<uuid:block_id>/down", defaults={"up": False})
def move(pair_id: UUID, session_id: UUID, block_id: UUID, up: bool) -> ResponseReturnValue:
    block = line_of(NoteBlock, viewer(), pair_id, session_id, block_id)
    offer_to_take_back(step(block, viewer(), up=up), _("Note moved."))
    return redirect(address_of(block.session, "notes"), 303)


@bp.post("/<uuid:block_id>/retract")
def retract(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    block = own_line_of(NoteBlock, viewer(), pair_id, session_id, block_id)
    take_back(block, block.session.pair, viewer())
    undo = url_for("notes.restore", pair_id=pair_id, session_id=session_id, block_id=block_id)
    say_done(_("Your note is taken back. After an hour its words are gone for good."), undo, about=NOTES)
    return redirect(address_of(block.session, "notes"), 303)


@bp.post("/<uuid:block_id>/restore")
def restore(pair_id: UUID, session_id: UUID, block_id: UUID) -> ResponseReturnValue:
    block = own_line_of(NoteBlock, viewer(), pair_id, session_id, block_id)
    if refusal := give_back(block, block.session.pair, viewer()):
        flash(said(refusal), "problem")
    return redirect(address_of(block.session, "notes"), 303)


def _finish(pair_id: UUID, session_id: UUID, form: BlockForm) -> ResponseReturnValue:
    """It stands there already, kept while it was typed (routes/typed_notes.py): these are its last words."""
    try:
        block_id = UUID(form.block.data)
    except ValueError:
        abort(404)
    return _save(line_of(NoteBlock, viewer(), pair_id, session_id, block_id), form)


def _save(block: NoteBlock, form: BlockForm) -> ResponseReturnValue:
    outcome = notes.type_on(block, viewer(), form.body.data or "", version_seen(form.seen.data))
    if isinstance(outcome, Stale):
        return _clash(block, form.body.data or "")
    if outcome:
        return _edit_page(block, typed_in(form), {"body": said(outcome)})
    change = history.finish(block, viewer())
    offer_to_take_back(change, _("Note added.") if change and change.kind is ChangeKind.MADE else _("Note changed."))
    return redirect(address_of(block.session, f"note_{block.id}"), 303)


def _edit_page(block: NoteBlock, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    me = viewer()
    return page(
        "sessions/note.html",
        status=422 if errors else 200,
        pair=block.session.pair,
        session=block.session,
        me=me,
        partner=block.session.pair.partner_of(me),
        block=block,
        typed=typed,
        errors=errors or {},
        seen=version_seen(request.form.get("seen")) or block.version,
    )


def _clash(block: NoteBlock, mine: str) -> Response:
    clash = Clash(
        action=url_for("notes.save", pair_id=block.session.pair_id, session_id=block.session_id, block_id=block.id),
        back=address_of(block.session, f"note_{block.id}"),
        name="body",
        mine=mine,
        theirs=block.body,
        seen=block.version,
    )
    pair = block.session.pair
    return clash_page(pair, clash, _who(block))


def _who(block: NoteBlock) -> str:
    """Who changed it last: the other, or oneself in a second window."""
    me = viewer()
    return "" if block.edited_by_id == me.id else block.session.pair.partner_of(me).first_name

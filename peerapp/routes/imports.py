"""How does a coordinator bring people in from a file: upload, look, confirm, undo?"""

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import background, clock, db, progress
from peerapp.access import coordinator, viewer
from peerapp.actions import import_undo, imports as actions
from peerapp.actions.import_columns import COLUMN
from peerapp.forms.imports import ConfirmForm, UploadForm
from peerapp.forms.typed import errors_in
from peerapp.models import Import
from peerapp.once import once
from peerapp.queries import imports
from peerapp.queries.imports import Preview
from peerapp.requests import taking_a_file
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_columns import FIELD_NAMES
from peerapp.rules.states import ImportState
from peerapp.rules.words import N_
from peerapp.web import page, said

bp = Blueprint("imports", __name__, url_prefix="/programme/import")
SHORT_IMPORTS_TAKE = 1.0  # seconds: longer ones get a page that says how far they are
SHOWN = 200  # rows of each kind
COLUMN_NAMES = {COLUMN[field]: name for field, name in FIELD_NAMES.items()} | {
    "left_at": N_("still here"),
    "proposed_email": N_("the address to be confirmed"),
}


@bp.get("")
@coordinator
def show() -> ResponseReturnValue:
    return _start_page({})


@bp.post("")
@coordinator
@taking_a_file
@once
def upload() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate():
        return _start_page(errors_in(form), 422)
    found = actions.keep(form.content, form.file_name, viewer())
    if isinstance(found, Refusal):
        return _start_page({"file": said(found)}, 422)
    return redirect(url_for("imports.one", import_id=found.id), 303)


@bp.get("/<uuid:import_id>")
@coordinator
def one(import_id: UUID) -> ResponseReturnValue:
    found = imports.import_of(import_id)
    if found.is_being_written(clock.now()):
        return page("imports/writing.html", found=found, progress=progress.of(found.id))
    if "HX-Request" in request.headers:
        return Response(headers={"HX-Refresh": "true"})  # the page that waited is over
    if found.state in {ImportState.APPLIED, ImportState.UNDONE}:
        return _done_page(found)
    return _preview_page(found, _preview(found))


@bp.post("/<uuid:import_id>/confirm")
@coordinator
def confirm(import_id: UUID) -> ResponseReturnValue:
    found, form = imports.import_of(import_id), ConfirmForm()
    there = redirect(url_for("imports.one", import_id=import_id), 303)
    if not found.waits_for_a_yes(clock.now()):
        return there
    preview = _preview(found)
    if isinstance(preview, Refusal):
        return _preview_page(found, preview)
    if form.seen.data != preview.seal:
        return _preview_page(found, preview, stopped=said(actions.STALE), status=409)
    if preview.plan.asks_twice and not form.leavers.data:
        return _preview_page(found, preview, {"leavers": _("Tick that so many people leave, or check the file.")}, 422)
    if not preview.plan.changes_nothing and actions.claim(found, viewer()):
        db.pause()
        background.start(partial(actions.carry_out, found.id, preview), "people file", wait=SHORT_IMPORTS_TAKE)
    return there


@bp.post("/<uuid:import_id>/discard")
@coordinator
def discard(import_id: UUID) -> ResponseReturnValue:
    if actions.discard(imports.import_of(import_id)):
        flash(_("The file is gone. Nothing was written."), "done")
    return redirect(url_for("imports.show"), 303)


@bp.post("/<uuid:import_id>/undo")
@coordinator
def undo(import_id: UUID) -> ResponseReturnValue:
    refusal = import_undo.undo(imports.import_of(import_id), viewer())
    if refusal:
        flash(said(refusal), "problem")
    else:
        flash(_("The import is undone."), "done")
    return redirect(url_for("imports.one", import_id=import_id), 303)


def _start_page(errors: dict[str, str], status: int = 200) -> Response:
    return page("imports/show.html", status, errors=errors, history=imports.history(), undo=imports.import_to_undo())


def _preview(found: Import) -> Preview | Refusal:
    """What the file would do now. Reading a large one takes a second in which nobody has to wait."""
    db.pause()
    with db.only_reading():
        preview = imports.preview_of(found.content or b"")
        db.pause()
    return preview


def _preview_page(
    found: Import,
    preview: Preview | Refusal,
    errors: dict[str, str] | None = None,
    status: int = 200,
    stopped: str = "",
) -> ResponseReturnValue:
    if isinstance(preview, Refusal):  # an older version took the file
        flash(said(preview), "problem")
        return redirect(url_for("imports.show"), 303)
    if found.state is ImportState.APPLYING:  # its writer was killed
        stopped = stopped or said(actions.STOPPED)
    elif "stopped" in found.summary:
        stopped = stopped or _(found.summary["stopped"])
    return page(
        "imports/preview.html",
        status,
        found=found,
        preview=preview,
        plan=preview.plan,
        errors=errors or {},
        stopped=stopped,
        most=SHOWN,
        field_names=FIELD_NAMES,
    )


def _done_page(found: Import) -> Response:
    names = imports.names_of(found.summary.get("undone", {}).get("kept", {}))
    return page("imports/done.html", found=found, undo=imports.import_to_undo(), names=names, column_names=COLUMN_NAMES)

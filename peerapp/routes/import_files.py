"""Which files does a coordinator take home: a sample to fill in, and the lines that have to be mended?"""

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import clock, spreadsheets
from peerapp.access import coordinator
from peerapp.queries import imports
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_columns import FIELD_NAMES
from peerapp.web import said

bp = Blueprint("import_files", __name__, url_prefix="/programme/import")
SAMPLE = (
    ("name", "e-mail", "unit", "site", "manager's e-mail", "start date", "language", "time zone", "personnel number"),
    ("Alex Muster", "alex@example.com", "Sales", "Berlin", "", "2019-03-01", "de", "Europe/Berlin", "1001"),
    ("Kim Doe", "kim@example.com", "Sales", "Leeds", "alex@example.com", "2026-09-14", "en", "Europe/London", "1002"),
    ("Sam “Sunny” Roe", "sam@example.com", "Research, Lab 2", "", "alex@example.com", "", "", "", "1003"),
)


@bp.get("/sample.csv")
@coordinator
def sample() -> ResponseReturnValue:
    return spreadsheets.csv(SAMPLE, "people.csv")


@bp.get("/<uuid:import_id>/problems.csv")
@coordinator
def problems(import_id: UUID) -> ResponseReturnValue:
    """Every line that cannot be written, with its reason."""
    found = imports.import_of(import_id)
    if found.content is None or not found.waits_for_a_yes(clock.now()):
        return abort(404)
    preview = imports.preview_of(found.content)
    if isinstance(preview, Refusal):
        return redirect(url_for("imports.show"), 303)
    head = (_("Line"), _("Column"), _("Problem"))
    rows = [
        (str(each.line), _(FIELD_NAMES[each.field]) if each.field else "", said(each.refusal))
        for each in preview.problems
    ]
    return spreadsheets.csv([head, *rows], "problems.csv")

"""What came out of a round? For its readers, its owner, and those whom the owner shows it to."""

import json
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import figures, results_csv, results_page, spreadsheets
from peerapp.access import viewer
from peerapp.actions import showing
from peerapp.queries import results
from peerapp.web import page, say_done

bp = Blueprint("results", __name__, url_prefix="/rounds/<uuid:round_id>")


@bp.get("/result")
def show(round_id: UUID) -> ResponseReturnValue:
    result = results.result_of(viewer(), round_id)
    if result.release is None:
        return page("results/none.html", result=result, is_mine=result.owner_id == viewer().id)
    before = results.before(viewer(), result)
    scales = results_page.scales(result, before)
    return page(
        "results/show.html",
        result=result,
        scales=scales,
        comments=results_page.comments(result),
        answers=figures.answers_told(result.release.answers),
        compared=results_page.compared(before, scales),
        readers=results.readers_of(result),
        is_mine=result.owner_id == viewer().id,
    )


@bp.get("/result.csv")
def csv(round_id: UUID) -> ResponseReturnValue:
    """The same numbers and words, for a spreadsheet."""
    return spreadsheets.csv(results_csv.rows_of(results.released_of(viewer(), round_id)), "result.csv")


@bp.get("/proof.json")
def proof(round_id: UUID) -> ResponseReturnValue:
    """What `verify.py` takes: manifest, release, the list of papers and how many were handed out."""
    found = results.proof_of(results.released_of(viewer(), round_id).id)
    if found is None:
        abort(404)
    response = Response(json.dumps(found, ensure_ascii=False), content_type="application/json")
    response.headers.set("Content-Disposition", "attachment", filename="proof.json")
    return response


@bp.post("/readers/<uuid:person_id>/show")
def show_to(round_id: UUID, person_id: UUID) -> ResponseReturnValue:
    reader = showing.show(viewer(), round_id, person_id)
    say_done(_("%(name)s can read this result now.", name=reader.name))
    return _back(round_id)


@bp.post("/readers/<uuid:person_id>/stop")
def stop_showing(round_id: UUID, person_id: UUID) -> ResponseReturnValue:
    reader = showing.stop(viewer(), round_id, person_id)
    say_done(_("%(name)s cannot read this result any more.", name=reader.name))
    return _back(round_id)


def _back(round_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("results.show", round_id=round_id, _anchor="readers"), 303)

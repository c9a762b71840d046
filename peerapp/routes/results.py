"""What came out of a round? For its readers, its owner, and those whom the owner shows it to."""

import json
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from peerapp import figures, results_csv, results_drawing, results_page, spreadsheets
from peerapp.access import viewer
from peerapp.actions import showing
from peerapp.queries import proofs, releases, results
from peerapp.web import page, say_done
from peerapp.whole import page_again

bp = Blueprint("results", __name__, url_prefix="/rounds/<uuid:round_id>")
LONGEST = 5  # digits of the number of a page
KEPT_PAGES = releases.TEXTS // results_page.SHOWN


@bp.get("/result")
def show(round_id: UUID) -> ResponseReturnValue:
    number = _number()
    read = results.result_of if number <= KEPT_PAGES else results.whole_result_of
    result = read(viewer(), round_id)
    if result.release is None:
        return page("results/none.html", result=result, is_mine=result.owner_id == viewer().id)
    region = results_drawing.draw(result, results.before(viewer(), result), number)
    shown = {
        "check": results_drawing.draw_check(result),
        "answers": figures.answers_told(result.release.answers),
        "readers": tuple(results.readers_of(result)),
        "is_mine": result.owner_id == viewer().id,
    }
    told = (result.title, result.owner_id, result.owner_name, result.purpose, result.ended_at, result.what_next)
    key = (*told, *shown.values(), results_drawing.reader())
    return page_again("results/show.html", 200, key, region=region, result=result, **shown)


@bp.get("/result.csv")
def csv(round_id: UUID) -> ResponseReturnValue:
    """The same numbers and words, for a spreadsheet."""
    return spreadsheets.csv(results_csv.rows_of(results.whole_result_of(viewer(), round_id)), "result.csv")


@bp.get("/proof.json")
def proof(round_id: UUID) -> ResponseReturnValue:
    """What `verify.py` takes: manifest, release, the list of papers and how many were handed out."""
    found = proofs.proof_of(results.result_of(viewer(), round_id).id) or abort(404)
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


def _number() -> int:
    """Which page of comments is asked for."""
    asked = request.args.get("comments", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST else 1


def _back(round_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("results.show", round_id=round_id, _anchor="readers"), 303)

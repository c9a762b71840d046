"""How does somebody answer a round? The page, her paper, and after closing the list of papers that were counted.

Nothing that is typed ever comes here: answers go to the counting box, without a word of who sent them.
"""

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from peerapp import ballot_drawing, clock
from peerapp.access import viewer
from peerapp.actions import papers as handing_out
from peerapp.actions.papers import NoPaper
from peerapp.queries import answering
from peerapp.signing import csrf_token
from peerapp.web import CSP, page

bp = Blueprint("answering", __name__)
NO_FORM_LEAVES = CSP.replace("form-action 'self'", "form-action 'none'")
STATUS = {NoPaper.CLOSED: 410, NoPaper.TAKEN: 409, NoPaper.UNFIT: 400}
BYTES = "application/octet-stream"


@bp.get("/rounds/<uuid:round_id>/answer")
def show(round_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    form = answering.form_of(viewer(), round_id, now)
    if not form.is_open(now):
        return page("answering/closed.html", form=form)
    drawn = ballot_drawing.draw(form, csrf_token())
    response = page("answering/show.html", form=form, drawn=drawn, seconds_left=form.seconds_left(now), is_ballot=True)
    response.headers["Content-Security-Policy"] = NO_FORM_LEAVES
    return response


@bp.post("/rounds/<uuid:round_id>/paper")
def paper(round_id: UUID) -> ResponseReturnValue:
    """256 blinded bytes for 256 signed ones; what went wrong is in the status alone."""
    given = handing_out.hand_out(viewer(), round_id, request.get_data())
    if isinstance(given, NoPaper):
        return Response(status=STATUS[given], content_type=BYTES)
    return Response(given.signature, content_type=BYTES)


@bp.get("/rounds/<uuid:round_id>/papers")
def papers(round_id: UUID) -> ResponseReturnValue:
    """For the browser, which looks for its own paper among those that were counted."""
    found = answering.papers_of(viewer(), round_id)
    return {
        "state": found.state.value,
        "people": found.people,
        "handed_out": found.handed_out,
        "serials": found.serials,
    }

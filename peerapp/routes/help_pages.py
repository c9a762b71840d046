"""What is peerapp, who can read what, and whom do I ask? Open to everybody."""

from importlib.resources import files

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from peerapp import release_table
from peerapp.access import public, viewer_or_none
from peerapp.figures import decimal
from peerapp.models.people import Role
from peerapp.queries.accounts import role_holders
from peerapp.rules import release_rules
from peerapp.rules.overlap import PIECES_MAX
from peerapp.web import page

bp = Blueprint("help", __name__)
_SCRIPT = files("peerapp") / "ballotbox" / "verify.py"


@bp.get("/help")
@public
def show() -> ResponseReturnValue:
    holders = role_holders() if viewer_or_none() is not None else []
    return page("help/show.html", coordinators=[person for role, person in holders if role is Role.COORDINATOR])


@bp.get("/help/keyboard")
@public
def keyboard() -> ResponseReturnValue:
    return page("help/keys.html")


@bp.get("/help/anonymity")
@public
def anonymity() -> ResponseReturnValue:
    """What the promise of a round is, what it does not cover, and how anybody checks it."""
    return page(
        "help/anonymity.html",
        rules=release_table.rows(),
        limits=release_rules,
        overlap_pieces=PIECES_MAX,
        decimal=decimal,
        command="peerapp verify ROUND",
        script="python verify.py proof.json FINGERPRINT receipt.json",
    )


@bp.get("/help/feedback")
@public
def feedback() -> ResponseReturnValue:
    """One screen for who gives feedback and for who gets it."""
    return page("help/feedback.html")


@bp.get("/help/verify.py")
@public
def verify_script() -> ResponseReturnValue:
    """The stand-alone check, as text to read or to run."""
    response = Response(_SCRIPT.read_text("utf-8"), content_type="text/plain; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="verify.py")
    return response

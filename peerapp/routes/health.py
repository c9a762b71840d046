"""Is the service up? For load balancers and monitors."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from peerapp.access import public
from peerapp.db import db

bp = Blueprint("health", __name__)


@bp.get("/health")
@public
def show() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}

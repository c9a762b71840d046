"""Is this installation still without an administrator? Then every page leads to the one that makes the first.

Asked once per request until there is one, then never again in this process.
"""

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from peerapp.queries.accounts import has_administrator

OPEN = {"static", "health.show", "first.show", "first.make", "settings.theme", "settings.language"}


def init_app(app: Flask) -> None:
    app.extensions["first_run_is_over"] = False
    app.before_request(_lead_there)


def is_over() -> bool:
    """Whether somebody administers this installation."""
    if not current_app.extensions["first_run_is_over"]:
        current_app.extensions["first_run_is_over"] = has_administrator()
    over: bool = current_app.extensions["first_run_is_over"]
    return over


def _lead_there() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN or is_over():
        return None
    return redirect(url_for("first.show"), 303)

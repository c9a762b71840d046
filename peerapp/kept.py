"""How does what was typed come back when the page could not be saved?

A form that met an expired sign-in, an old page or a busy database is answered with a page that holds
every field again, ready to be sent once more. Passwords, files and tokens are never held. The page
needs no database. What was typed travels inside the page, signed, and is stored nowhere.
"""

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import force_locale
from itsdangerous import BadSignature, URLSafeSerializer

from peerapp.languages import language_without_asking

NEVER_KEPT = {"csrf_token", "once", "kept"}
SECRET_WORDS = ("password", "token", "code")
MAX_KEPT = 100_000


def signed_out() -> Response:
    """Ask for the sign-in again, carrying the form along."""
    if "HX-Request" in request.headers:
        return make_response("", 401, {"HX-Redirect": url_for("signin.show", next=_page_behind())})
    return make_response(
        render_template("signin/show.html", form=None, kept=_pack(), next=_page_behind(), refusal=None, email=""),
        401,
    )


def page_was_old() -> Response:
    return again(400) or make_response(
        render_template("errors/kept.html", status=400, path=_page_behind(), fields=[]), 400
    )


def again(status: int) -> Response | None:
    """A page with everything that was typed, to be sent again; None when nothing was."""
    fields = _fields()
    if request.method != "POST" or not fields:
        return None
    with force_locale(language_without_asking()):
        return make_response(
            render_template("errors/kept.html", status=status, path=request.path, fields=fields), status
        )


def unpack(packed: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Path and fields of a form that was carried through the sign-in; None when it was tampered with."""
    try:
        path, fields = _signer().loads(packed)
    except (BadSignature, ValueError, TypeError):
        return None
    return str(path), [(str(name), str(value)) for name, value in fields]


def _pack() -> str:
    fields = _fields()
    return _signer().dumps([request.path, fields]) if fields else ""


def _fields() -> list[tuple[str, str]]:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NEVER_KEPT and not any(word in name for word in SECRET_WORDS)
    ]
    return fields if sum(len(value) for _, value in fields) <= MAX_KEPT else []


def _page_behind() -> str:
    """The GET page that the form stood on, as far as the browser tells."""
    own = request.host_url
    referrer = request.referrer or ""
    return "/" + referrer.removeprefix(own) if referrer.startswith(own) else "/"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept form")

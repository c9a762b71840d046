"""How does what was typed come back when the page could not be saved?

A form that met an expired sign-in, an old page or a busy database is answered with a page that holds
every field again, ready to be sent once more. Passwords, files and tokens are never held. The page
needs no database. What was typed travels inside the page, signed, and is stored nowhere.
"""

from flask import Response, current_app, make_response, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer

from peerapp import access
from peerapp.access import Access
from peerapp.languages import language_without_asking

NEVER_KEPT = {"csrf_token", "once", "kept", "old"}  # the old password
SECRET_WORDS = ("password", "token", "code")
MAX_KEPT = 100_000
Fields = list[tuple[str, str]]


def signed_out() -> Response:
    """Ask for the sign-in, carrying the form along; htmx shows the page in place of the one that had the form."""
    response = make_response(
        render_template("signin/show.html", carried=_pack(), next=_page_behind(), errors={}, email=""), 401
    )
    if "HX-Request" in request.headers:
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def page_was_old() -> Response:
    """The form's token was not of this sign-in."""
    if request.endpoint == "signin.begin":  # the page is ours; what it carried has to be there for the next try
        email, carried, there = (request.form.get(name, "") for name in ("email", "kept", "next"))
        return make_response(
            render_template("signin/show.html", carried=carried, next=there, errors={}, email=email, old=True), 400
        )
    if access.access_of(request.endpoint, current_app) is not Access.PUBLIC and access.viewer_or_none() is None:
        return signed_out()
    return again(400) or make_response(
        render_template("errors/kept.html", status=400, path=_page_behind(), fields=[]), 400
    )


def again(status: int) -> Response | None:
    """A page with everything that was typed, to be sent again; None when nothing was."""
    fields = _fields()
    if request.method != "POST" or not fields:
        return None
    said = {"language": language_without_asking(), "path": _path(), "fields": fields}
    return make_response(render_template("errors/kept.html", status=status, **said), status)


def unpack(packed: str) -> tuple[str, Fields] | None:
    """Path and fields of a form that was carried through the sign-in; None when it was tampered with."""
    try:
        path, fields = _signer().loads(packed)
    except (BadSignature, ValueError, TypeError):
        return None
    return str(path), [(str(name), str(value)) for name, value in fields]


def _pack() -> str:
    fields = _fields()
    return str(_signer().dumps([_path(), fields])) if fields else ""


def _fields() -> Fields:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NEVER_KEPT and not any(word in name for word in SECRET_WORDS)
    ]
    if sum(len(value) for _, value in fields) > MAX_KEPT:
        return []
    carried = request.form.get("kept", "") if request.endpoint == "signin.begin" else ""
    return [*fields, ("kept", carried)] if carried else fields


def _path() -> str:
    return request.script_root + request.path


def _page_behind() -> str:
    """The GET page that the form stood on, as far as the browser tells."""
    own = request.host_url
    referrer = request.referrer or ""
    return "/" + referrer.removeprefix(own) if referrer.startswith(own) else request.script_root + "/"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept form")

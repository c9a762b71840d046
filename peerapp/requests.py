"""What happens to every request before and after its view: kind, origin, transaction, size."""

import gzip
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.routing import MapAdapter

from peerapp import db, patience
from peerapp.signing import SessionCookie

SAFE = {"GET", "HEAD", "OPTIONS"}
WORTH_COMPRESSING = 1_000
View = TypeVar("View", bound=Callable[..., Any])


class PeerApp(Flask):
    """Flask, with one transaction a request that ends before the answer leaves."""

    session_interface = SessionCookie()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Static files answer to every name: they are the same for everybody, and the page for a strange name needs them."""
        if request is not None and request.path.startswith("/static/"):
            return self.url_map.bind_to_environ(request.environ, subdomain="")
        return super().create_url_adapter(request)

    def full_dispatch_request(self) -> Response:
        with patience.at_most(patience.REQUEST_SECONDS):
            if request.method in SAFE:
                with db.only_reading():
                    return super().full_dispatch_request()
            return super().full_dispatch_request()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Every view and hook is a plain function: nobody has to look, ten times a request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        db.end(response.status_code)
        return response


def init_app(app: Flask) -> None:
    app.before_request(_refuse_heaps)
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_broken_text)
    app.after_request(_compress)


def _refuse_heaps() -> None:
    """Only a file may be large. Werkzeug counts the fields of a form with files, but not those of a plain one."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _refuse_other_sites() -> None:
    """A form of another site is not ours, whatever token it carries."""
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") in {
        "cross-site",
        "same-site",
    }:
        abort(400)


def taking_a_file(view: View) -> View:
    """Mark a view whose form has a file. Anywhere else a file would stand where words are meant."""
    view.__dict__["takes_a_file"] = True
    return view


def takes_a_file(endpoint: str | None) -> bool:
    return hasattr(current_app.view_functions.get(endpoint or ""), "takes_a_file")


def _refuse_broken_text() -> None:
    """NUL bytes, broken encodings and files are nobody's words."""
    if "\x00" in request.path or "\ufffd" in request.path:
        abort(404)
    said = request.args if request.query_string else ()
    if said and any("\x00" in name or "\x00" in value for name, value in said.items(multi=True)):
        abort(400)
    if request.method not in SAFE and request.mimetype != "application/json":
        if request.files and not takes_a_file(request.endpoint):
            abort(400)
        for name, value in request.form.items(multi=True):
            if "\x00" in name or "\x00" in value:
                abort(400)


def _compress(response: Response) -> Response:
    if (
        response.direct_passthrough
        or response.mimetype != "text/html"
        or "Content-Encoding" in response.headers
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or response.calculate_content_length() is None
        or len(response.get_data()) < WORTH_COMPRESSING
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response

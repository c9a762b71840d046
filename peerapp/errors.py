"""What does somebody see when it does not work?

Error pages are rendered once, at start, for each language: they need no database and are the same for
what is foreign and what never was. What was typed is handed back (see kept.py). Where the house lives below a path of
its site, that path is put into the addresses of the page as it leaves.
"""

import logging
from collections.abc import Callable

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_wtf.csrf import CSRFError
from jinja2 import StrictUndefined
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from peerapp import hosts, kept, mishaps
from peerapp.config import LANGUAGES
from peerapp.db import db
from peerapp.languages import language_without_asking, settle

PAGES = (400, 403, 404, 405, 409, 413, 429, 500, 503, "strange_host")
BUSY_SECONDS = "5"
BELOW = "/where-the-house-lives"  # stands for the path that the addresses begin with
log = logging.getLogger(__name__)
_pages: dict[tuple[int | str, str], str] = {}


def init_app(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    hosts.init_app(app)
    with app.test_request_context(base_url=f"http://localhost{BELOW}"):
        for language in LANGUAGES:
            with force_locale(language):
                for code in PAGES:
                    template = app.jinja_env.get_template(f"errors/{code}.html")
                    _pages[code, language] = template.render(language=language)
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _faster)
    app.register_error_handler(StaleDataError, _faster)
    app.register_error_handler(ObjectDeletedError, _faster)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(PoolTimeoutError, _busy)
    app.register_error_handler(DBAPIError, _busy)
    app.register_error_handler(Exception, _broken)


def answer(code: int, name: str = "") -> Response:
    """The static page for this status, or the one of this name, in the reader's language."""
    language, fallback = language_without_asking(), 400 if code < 500 else 500  # noqa: PLR2004 - HTTP
    page = _pages.get((name or code, language)) or _pages[fallback, language]
    page = page.replace(BELOW, escape(request.script_root))
    response = Response(page, code, content_type="text/html; charset=utf-8")
    if "HX-Request" in request.headers:
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if isinstance(error, SecurityError):  # the only one: a host that is not among TRUSTED_HOSTS
        hosts.note(request)
        return answer(code, "strange_host")
    if code == 401:  # noqa: PLR2004 - signed out while typing
        return _drawn(kept.signed_out)
    if code in {301, 302, 303, 307, 308}:
        return error  # a redirect of the router
    response = answer(code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _old_page(_error: CSRFError) -> Response:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return answer(400)
    return _drawn(kept.page_was_old)


def _faster(_error: Exception) -> Response:
    """Somebody did the same a moment earlier."""
    _take_back()
    return kept.again(409) or answer(409)


def _busy(error: Exception) -> Response:
    log.error("database: %s", type(getattr(error, "orig", None) or error).__name__)
    _take_back()
    response = kept.again(503) or answer(503)
    response.headers["Retry-After"] = BUSY_SECONDS
    return response


def _broken(error: Exception) -> Response:
    mishaps.note(log, str(request.endpoint), error)
    _take_back()
    return answer(500)


def _take_back() -> None:
    """Forget what the request began. Nothing after it asks the database: what failed once may fail again."""
    settle()
    try:
        db.session.rollback()
    except DBAPIError as error:
        log.error("no rollback: %s", type(error.orig).__name__)  # noqa: TRY400 - a driver's words may hold what was typed


def _drawn(page: Callable[[], Response]) -> Response:
    """A page that may ask the database; when that fails, the one that never does."""
    try:
        return page()
    except (DBAPIError, PoolTimeoutError) as error:
        return _busy(error)

"""Who is asking, and may they come in? Every page needs a sign-in unless its view says otherwise.

The cookie holds a random token; the row in `sign_in` decides. The only module that knows flask_login.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, SignIn
from peerapp.models.people import Role
from peerapp.queries.account_held import account_of

LASTS = timedelta(days=14)
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Who may reach a route at all; what they find there is decided in the query."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    ASKS_ITSELF = "signed in, which the view's own statement finds out"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


def _marks(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.__dict__["access"] = access
        return view

    return mark


public = _marks(Access.PUBLIC)
asks_itself = _marks(Access.ASKS_ITSELF)
coordinator = _marks(Access.COORDINATOR)
administrator = _marks(Access.ADMINISTRATOR)


class _Account:
    """What flask_login carries around: the sign-in and its person."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, sign_in: SignIn, unread: int) -> None:
        self.token, self.sign_in, self.person, self.unread = token, sign_in, sign_in.person, unread
        self.language = sign_in.person.language  # still known after a rollback, which makes rows ask again

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # error pages must render without asking the database
    app.after_request_funcs[None].remove(manager._update_remember_cookie)  # noqa: SLF001 - we have no such cookie, and looking for it makes every answer vary by cookie
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_wall)


def viewer() -> Person:
    """The signed-in person. 401 where nobody is."""
    person = viewer_or_none()
    if person is None:
        abort(401)
    return person


def viewer_or_none() -> Person | None:
    account = current_user._get_current_object()  # noqa: SLF001 - asked often: one look behind the proxy
    return account.person if account.is_authenticated else None


def language_if_known() -> str:
    """The viewer's, if this request has already asked who it is; never asks the database."""
    account = g.get("_login_user")
    return str(vars(account.person).get("language", account.language)) if isinstance(account, _Account) else ""


def unread_notices() -> int:
    return int(current_user.unread) if current_user.is_authenticated else 0


def this_sign_in() -> SignIn:
    viewer()
    sign_in: SignIn = current_user.sign_in
    return sign_in


def this_sign_in_or_none() -> SignIn | None:
    return current_user.sign_in if current_user.is_authenticated else None


def hash_of(token: str) -> str:
    """What is stored in place of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_hash() -> str:
    """This browser's token as it is stored, for a view that asks for itself; "" where there is none."""
    token = session.get("_user_id")
    return hash_of(token) if isinstance(token, str) else ""


def begin(person: Person) -> None:
    """Sign this browser in as the person, with a new token and a new session. Whoever was signed in here is not."""
    finish()
    token = secrets.token_urlsafe(32)
    now = clock.now()
    sign_in = SignIn(token_hash=hash_of(token), person=person, since=now, expires_at=now + LASTS, browser=_browser())
    db.session.add(sign_in)
    person.first_signed_in_at = person.first_signed_in_at or now
    session.permanent = True
    login_user(_Account(token, sign_in, 0))


def finish() -> None:
    """Sign this browser out: the row goes, so a copied cookie opens nothing."""
    if current_user.is_authenticated:
        db.session.delete(current_user.sign_in)
    logout_user()
    session.clear()


def _load(token: str) -> _Account | None:
    found = account_of(hash_of(token))
    return _Account(token, *found) if found else None


def access_of(endpoint: str | None, app: Flask) -> Access:
    """What the route of this endpoint asks for."""
    view = app.view_functions.get(endpoint or "")
    access: Access = getattr(view, "access", Access.SIGNED_IN)
    return access


def _wall() -> ResponseReturnValue | None:
    if request.endpoint is None:  # no such route: the 404 is the same for everybody
        return None
    access = access_of(request.endpoint, current_app)
    if access in {Access.PUBLIC, Access.ASKS_ITSELF}:
        return None
    person = viewer_or_none()
    if person is None:
        return to_sign_in()
    if access in {Access.COORDINATOR, Access.ADMINISTRATOR} and not person.has(Role(access.value)):
        abort(404)
    return None


def to_sign_in() -> ResponseReturnValue:
    """What somebody gets who is not signed in."""
    if request.method != "GET":
        abort(401)
    there = url_for("signin.show", next=request.script_root + request.full_path.rstrip("?"))
    if "HX-Request" in request.headers:
        return "", 401, {"HX-Redirect": there}
    return redirect(there, 303)


def _browser() -> str:
    agent = request.user_agent.string
    for name in ("Firefox", "Edg", "OPR", "Chrome", "Safari"):
        if name in agent:
            system = next(
                (each for each in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if each in agent), ""
            )
            return f"{_NAMES.get(name, name)} {system}".strip()
    return ""

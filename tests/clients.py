"""A browser for tests: signs in by a row in the table, and fills in the CSRF token as the page would."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from peerapp import access, clock
from peerapp.db import db
from peerapp.models import Person, SignIn

RAW = "0" * 40


def make_sign_in(person: Person) -> tuple[str, SignIn]:
    """A sign-in of the person, and its token."""
    token = secrets.token_urlsafe(16)
    now = clock.now()
    db.session.commit()  # what was read before is no ground to write on: somebody may have written since
    sign_in = SignIn(
        token_hash=access.hash_of(token),
        person_id=person.id,
        since=now,
        expires_at=now + timedelta(days=1),
        browser="Test",
    )
    db.session.add(sign_in)
    db.session.commit()
    return token, sign_in


def session_cookie(app: Flask, person: Person, **more: str) -> str:
    """The value of the session cookie of a browser in which the person is signed in; it may hold more."""
    token, _ = make_sign_in(person)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return str(serializer.dumps({"_user_id": token, "_fresh": True, **more}))


class PeerClient(FlaskClient):
    """`post(url, {...})` sends the token; `csrf=False` leaves it out."""

    def sign_in(self, person: Person) -> SignIn:
        token, sign_in = make_sign_in(person)
        with self.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return sign_in

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()  # the test holds no lock while the request runs
        db.session.expire_all()  # and sees afterwards what it did
        with self.application.app_context():  # and the request sees nothing of the test: its own `g`, its own session
            return super().open(*args, **kwargs)

    def post(self, url: str, data: Any = None, *, csrf: bool = True, **kwargs: Any) -> Any:
        fields = dict(data or {})
        if csrf and "csrf_token" not in fields:
            fields["csrf_token"] = self.csrf_token()
        return super().post(url, data=fields, **kwargs)

    def csrf_token(self) -> str:
        with self.session_transaction() as session:
            session["csrf_token"] = RAW
        return str(URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(RAW))

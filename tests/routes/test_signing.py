"""The cookie of a session is Flask's own, only signed in fewer steps."""

import pytest
from flask import Flask, g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms.validators import ValidationError

from peerapp.signing import SessionCookie, csrf_token

SAID = {"_user_id": "a token", "_permanent": True}


def test_flask_reads_what_we_sign_and_we_read_what_flask_signs(app: Flask) -> None:
    ours = SessionCookie().get_signing_serializer(app)
    flasks = SecureCookieSessionInterface().get_signing_serializer(app)
    assert flasks is not None
    assert (flasks.loads(ours.dumps(SAID)), ours.loads(flasks.dumps(SAID))) == (SAID, SAID)


def test_a_cookie_signed_with_another_key_is_refused(app: Flask) -> None:
    stranger = Flask("stranger")
    stranger.config["SECRET_KEY"] = "another key that is long enough"
    theirs = SessionCookie().get_signing_serializer(stranger).dumps(SAID)
    with pytest.raises(BadSignature):
        SessionCookie().get_signing_serializer(app).loads(theirs)


def test_a_changed_cookie_is_refused(app: Flask) -> None:
    ours = SessionCookie().get_signing_serializer(app)
    with pytest.raises(BadSignature):
        ours.loads("x" + str(ours.dumps(SAID)))


def test_flask_wtf_takes_the_token_of_a_form_from_us_and_would_make_one_that_says_the_same(app: Flask) -> None:
    with app.test_request_context("/"):
        token = csrf_token()
        validate_csrf(token)
        assert (csrf_token(), generate_csrf()) == (token, token)
        del g.csrf_token
        theirs = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
        assert theirs.loads(generate_csrf()) == theirs.loads(token) == session["csrf_token"]


def test_whatever_else_stands_where_the_token_was_is_not_signed(app: Flask) -> None:
    with app.test_request_context("/"):
        session["csrf_token"] = {"not": "a token"}
        validate_csrf(csrf_token())
        assert len(session["csrf_token"]) == 40


def test_a_changed_token_is_refused(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(ValidationError):
        validate_csrf("x" + csrf_token())

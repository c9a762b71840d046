"""The cookie of a session is Flask's own, only signed in fewer steps."""

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

from peerapp.signing import SessionCookie

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

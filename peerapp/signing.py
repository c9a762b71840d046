"""How are a session and a form's token signed? As Flask and Flask-WTF do, by signers that are made once, not for each page."""

import hmac
import secrets
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, g, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import SigningAlgorithm
from itsdangerous.url_safe import URLSafeSerializerMixin

MESSAGES = 5


class _Hmac(SigningAlgorithm):
    """itsdangerous' own HMAC, in one call."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha1")


class _Signer(TimestampSigner):
    """Derives the key of a secret once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._derived = lru_cache(maxsize=4)(super().derive_key)

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return self._derived(secret_key)


class _Serializer(URLSafeTimedSerializer):
    """Keeps its signer: nothing in one changes once it is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = super().make_signer()

    def make_signer(self, salt: str | bytes | None = None) -> Any:
        return self._own if salt is None else super().make_signer(salt)


class SessionCookie(SecureCookieSessionInterface):
    """Flask's session in a cookie: the same salt, derivation and digest, so each reads what the other wrote."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        return _serializer(app.config["SECRET_KEY"])

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Whoever follows no redirect reads no message: the cookie that holds them must not grow until browsers drop it.

        Done here, where a session is at hand that nobody has asked for: asking would make every file vary by cookie.
        """
        if session.modified and len(said := session.get("_flashes", ())) > MESSAGES:
            session["_flashes"] = said[-MESSAGES:]
        super().save_session(app, session, response)


@lru_cache(maxsize=4)
def _serializer(secret: str) -> _Serializer:
    own = SecureCookieSessionInterface
    return _Serializer(
        secret,
        salt=own.salt,
        serializer=own.serializer,
        signer=_Signer,
        signer_kwargs={"key_derivation": own.key_derivation, "algorithm": _Hmac()},
    )


class _TokenSerializer(_Serializer):
    """Of forty random digits, which compressing makes no shorter."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(super(URLSafeSerializerMixin, self).dump_payload(obj))


def csrf_token() -> str:
    """The token of this request's forms, which Flask-WTF checks and would make itself where this has not been asked."""
    if "csrf_token" not in g:
        if not isinstance(session.get("csrf_token"), str):
            session["csrf_token"] = secrets.token_hex(20)
        g.csrf_token = str(_tokens(current_app.config["SECRET_KEY"]).dumps(session["csrf_token"]))
    made: str = g.csrf_token
    return made


@lru_cache(maxsize=4)
def _tokens(secret: str) -> _TokenSerializer:
    return _TokenSerializer(secret, salt="wtf-csrf-token", signer=_Signer, signer_kwargs={"algorithm": _Hmac()})

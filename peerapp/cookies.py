"""How does a browser remember something for us besides its session? Small cookies, named and flagged in one place.

On https their names begin with `__Host-`, so that no other host and no plain connection can plant one.
"""

from datetime import timedelta

from flask import Response, current_app, request

LONGEST = timedelta(days=365)


def name_of(word: str) -> str:
    return f"__Host-{word}" if current_app.config["PEERAPP"].https else word


def read(word: str) -> str:
    """What the browser says; anybody may have written it."""
    return request.cookies.get(name_of(word), "")


def give(response: Response, word: str, value: str) -> None:
    """Ask the browser to remember this for a year."""
    https = current_app.config["PEERAPP"].https
    response.set_cookie(name_of(word), value, max_age=LONGEST, secure=https, httponly=True, samesite="Lax")

"""Has this browser signed in to this account before? Then nobody else's failed tries keep its owner out.

A signed cookie names the browser by a random word and the accounts by keyed hashes. It opens nothing.
"""

import secrets

from flask import Response, current_app
from itsdangerous import BadSignature, URLSafeSerializer

from peerapp import cookies

COOKIE = "browser"
ACCOUNTS_MAX = 6  # colleagues who share one browser


def known(account: str) -> str:
    """The browser's word if this account (a keyed hash) was signed in to here before, else nothing."""
    word, accounts = _read()
    return word if account in accounts else ""


def remember(response: Response, account: str) -> None:
    word, accounts = _read()
    accounts = [account, *(each for each in accounts if each != account)][:ACCOUNTS_MAX]
    cookies.give(response, COOKIE, _signer().dumps([word or secrets.token_urlsafe(12), accounts]))


def _read() -> tuple[str, list[str]]:
    try:
        word, accounts = _signer().loads(cookies.read(COOKIE))
    except (BadSignature, ValueError, TypeError):
        return "", []
    return str(word), [str(account) for account in accounts]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")

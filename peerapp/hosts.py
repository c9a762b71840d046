"""Somebody opened peerapp by a name that it does not answer to. What do they see, and what does the console say?

They see a page drawn at start, which repeats nothing of what they sent. The console gets one line in ten minutes, however often
and with whatever names it is asked, with the setting that would let this one in.
"""

import logging
from datetime import timedelta

from flask import Flask, Request, current_app

from peerapp import clock
from peerapp.config import Config
from peerapp.rules.host_names import host_asked_for, line_to_add

EVERY = timedelta(minutes=10)
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.extensions["strange_host_said_at"] = None


def note(request: Request) -> None:
    """Say it on the console, unless it was said just now."""
    said_at, now = current_app.extensions["strange_host_said_at"], clock.now()
    if said_at is not None and said_at <= now < said_at + EVERY:
        return
    current_app.extensions["strange_host_said_at"] = now
    log.warning("%s", _line(request, current_app.config["PEERAPP"]))


def _line(request: Request, settings: Config) -> str:
    asked = host_asked_for(request.environ.get("HTTP_HOST", ""))
    toml = settings.instance / "peerapp.toml"
    if asked is None:
        return f"Refused: a request whose Host header is no host name. What answers is set in {toml} (trusted_hosts)."
    line = line_to_add(asked, request.scheme, settings.main_host, settings.further_hosts)
    return f"Refused: somebody opened peerapp as {asked}, a name it does not answer to. If that is right, write in {toml}: {line}"

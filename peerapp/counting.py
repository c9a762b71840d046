"""Where is the counting box, and how does the registrar speak to it? The only place besides the box that knows it.

Usually the box stands in this process, mounted at /ballots, with a file of its own in the instance folder. Where
several machines share one, it stands on one of them (`ballotbox_listen`), the others name its address (`ballotbox`).
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, current_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from peerapp import clock
from peerapp.ballotbox.app import BallotApp
from peerapp.ballotbox.box import Box
from peerapp.ballotbox.listener import Listener
from peerapp.ballotbox.remote import RemoteSeam
from peerapp.ballotbox.seam import (
    OtherManifestError,
    Seam,
    SeamError,
    StillOpenError,
    UnknownRoundError,
    UnreachableError,
)
from peerapp.ballotbox.store import Store
from peerapp.config import Config
from peerapp.rules.publication import Collected

FILE = "ballots.sqlite"
PREFIX = "/ballots"


class BoxUnreachableError(Exception):
    """The box cannot be asked just now. Try again later; nothing has changed."""


class RoundLostError(Exception):
    """The box does not hold this round as it was opened: its file was lost, or somebody changed something."""


def init_app(app: Flask) -> None:
    settings: Config = app.config["PEERAPP"]
    if settings.ballotbox:
        app.extensions["ballotbox"] = RemoteSeam(settings.ballotbox, settings.ballotbox_key.encode(), _now)
        return
    box = Box(Store(file_of(settings)), _now)
    app.extensions["ballotbox"] = box
    ballots = BallotApp(box, _now, origins_of(settings), settings.identity_header)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {PREFIX: ballots})  # type: ignore[method-assign]  # Flask's documented way


def listener(app: Flask) -> Listener:
    """The WSGI app of the seam, for other machines that share the box in this process."""
    settings: Config = app.config["PEERAPP"]
    return Listener(app.extensions["ballotbox"], settings.ballotbox_key.encode(), _now)


def file_of(settings: Config) -> Path:
    """The one file that snapshots and backups must leave out."""
    return settings.instance / FILE


def origins_of(settings: Config) -> frozenset[str]:
    """Scheme, host and port of every name this installation answers to, as a browser says where a page came from.

    The demo is opened as localhost and as 127.0.0.1; scheme and port are the ones of the configured address.
    """
    url = urlsplit(settings.base_url)
    port = "" if url.port is None else f":{url.port}"
    hosts = {url.hostname or "", *settings.hosts}
    return frozenset(f"{url.scheme}://{host}{port}" for host in hosts if host and not host.startswith("."))


def deposit(manifest: str) -> None:
    """Open the box for a round. Raises BoxUnreachableError, RoundLostError. The same once more changes nothing."""
    _asked("deposit", manifest)


def collect(round_id: UUID, fingerprint: str, *, early: bool) -> Collected:
    """Close the box of a round; always the same release. Raises BoxUnreachableError, RoundLostError."""
    collected = _asked("collect", round_id, fingerprint, early=early)
    assert isinstance(collected, Collected)
    return collected


def discard(round_id: UUID) -> None:
    """Have the box forget the round. Raises BoxUnreachableError."""
    _asked("discard", round_id)


def _asked(operation: str, *given: Any, **named: Any) -> Any:
    seam: Seam = current_app.extensions["ballotbox"]
    try:
        return getattr(seam, operation)(*given, **named)
    except (UnreachableError, StillOpenError):  # still open: its clock is a moment behind ours
        raise BoxUnreachableError from None
    except (UnknownRoundError, OtherManifestError):
        raise RoundLostError from None
    except SeamError as error:
        raise BoxUnreachableError from error


def _now() -> datetime:
    return clock.now()

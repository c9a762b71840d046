"""How does work go on when its answer has already left? In a thread of this process, with a session of its own."""

import logging
import threading
from collections.abc import Callable
from typing import cast

from flask import Flask, current_app
from werkzeug.local import LocalProxy

from peerapp import mishaps

log = logging.getLogger(__name__)


def start(job: Callable[[], None], name: str, *, wait: float) -> None:
    """Begin the job and give it `wait` seconds to end before the answer leaves; short work then shows its end at once."""
    app = cast("LocalProxy[Flask]", current_app)._get_current_object()  # noqa: SLF001 - Flask's documented way
    thread = threading.Thread(target=_run, args=(app, job, name), name=name, daemon=True)
    thread.start()
    thread.join(wait)


def _run(app: Flask, job: Callable[[], None], name: str) -> None:
    with app.app_context():  # leaving it gives the session and its connection back
        try:
            job()
        except Exception as error:  # noqa: BLE001 - nobody is left to answer to
            mishaps.note(log, f"{name} stopped", error)

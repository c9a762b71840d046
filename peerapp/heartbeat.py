"""How does `peerapp serve` tick by itself? A thread, about every half minute.

When the clock of the machine jumps (a virtual machine that woke up, a wrong time server), it waits until the clock has
been steady for ten minutes: a request that lapses too early cannot be taken back, one that lapses late harms nobody.
"""

import logging
import random
import threading
from time import monotonic

from flask import Flask
from sqlalchemy.exc import DBAPIError

from peerapp import clock, heaps, jobs, mishaps

EVERY = 30.0  # seconds
JUMP = 300.0  # how far the clock may run ahead of the seconds that have really passed
STEADY = 600.0
log = logging.getLogger(__name__)


class Watch:
    """Tells whether the clock can be trusted, from how it moves against a count of seconds that never jumps."""

    def __init__(self) -> None:
        self._ahead = self._now()
        self._steady_since = float("-inf")

    def is_steady(self) -> bool:
        ahead = self._now()
        if abs(ahead - self._ahead) > JUMP:
            log.warning(
                "the clock moved by %d minutes: ticks wait until it has been steady", (ahead - self._ahead) / 60
            )
            self._steady_since = monotonic()
        self._ahead = ahead
        return monotonic() - self._steady_since >= STEADY

    def _now(self) -> float:
        return clock.now().timestamp() - monotonic()


def start(app: Flask, every: float = EVERY) -> threading.Event:
    """Begin to tick in the background; setting the event ends it."""
    stop = threading.Event()
    threading.Thread(target=_beat, args=(app, stop, every), name="heartbeat", daemon=True).start()
    return stop


def _beat(app: Flask, stop: threading.Event, every: float) -> None:
    watch = Watch()
    while not stop.wait(every * random.uniform(0.8, 1.2)):  # noqa: S311 - so that processes do not knock together
        if watch.is_steady():
            once(app)
        heaps.give_back()


def once(app: Flask) -> None:
    """One tick that never raises."""
    with app.app_context():  # leaving it gives the session and its connection back
        try:
            jobs.tick()
        except DBAPIError as error:
            log.warning("tick: the database does not answer (%s)", type(error.orig).__name__)
        except Exception as error:  # noqa: BLE001 - the next tick comes
            mishaps.note(log, "tick", error)

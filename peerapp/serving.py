"""How is the app served? By waitress in this process: pure Python, and slow clients hold no thread."""

import ctypes
import gc
import signal
import sys
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import Any, NoReturn

import waitress
from flask import Flask

from peerapp import heartbeat, languages, live, migrate, reachable, warming
from peerapp.config import Config
from peerapp.crew import Crew
from peerapp.kept_lines import keep

CONNECTIONS = 2_000
STREAMS = 200  # open pages that hear of changes at once; each takes a thread that sleeps (crew.py)
ARENA_MAX = -8  # glibc's number for the setting (malloc.h)
LARGEST_BODY = 64 * 1024 * 1024  # what the app itself refuses kindly; anything larger never reaches it


def at_port(settings: Config, host: str, port: int) -> Config:
    """The same settings, with the address that people open where no other was set."""
    is_set = settings.base_url != Config.base_url
    return settings if is_set else replace(settings, base_url=reachable.address_at(host, port))


def make_ready(app: Flask) -> None:
    """Bring the database up to date and draw a first page, so that nobody waits for what is done only once."""
    with app.app_context():
        migrate.to_newest()
    app.test_client().get("/sign-in", base_url=app.config["PEERAPP"].base_url)
    languages.keep_to_ours()
    gc.collect()
    gc.freeze()  # what is there now stays: no later collection looks at it again
    warming.begin(app)


def share_heaps() -> None:
    """Two heaps for all threads: glibc gives each thread one of its own, and two hundred of them keep what they once held."""
    if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt"):
        ctypes.CDLL(None).mallopt(ARENA_MAX, 1)


def listen(app: Flask, host: str, port: int) -> Any:
    """A server that holds the port; who comes waits until `run`. Raises OSError when the port cannot be used."""
    share_heaps()
    settings: Config = app.config["PEERAPP"]
    streams = live.of(app).hub.cap = STREAMS if settings.streams < 0 else settings.streams
    listening: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        map=listening,
        host=host,
        port=port,
        _dispatcher=Crew(settings.threads + streams),
        asyncore_use_poll=True,
        connection_limit=CONNECTIONS,
        channel_request_lookahead=1,
        max_request_body_size=LARGEST_BODY,
        # With proxies of our own, ProxyFix reads their headers, as many as were set; else nobody's are believed.
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
        ident="peerapp",
    )
    keep(listening)
    return server


def run(app: Flask, server: Any) -> None:
    """Answer until the process is told to stop (Ctrl+C or SIGTERM); mails and lapsing requests happen meanwhile."""
    signal.signal(signal.SIGTERM, partial(_stop, live.of(app)))
    stop = heartbeat.start(app)
    try:
        server.run()
    finally:
        stop.set()
        server.close()


def _stop(streams: live.Live, _signal: int, _frame: FrameType | None) -> NoReturn:
    streams.end()  # else the server would wait for them
    raise SystemExit(0)

"""How do other machines reach the counting box of this one? By a small server of its own, beside the pages.

It listens where `ballotbox_listen` says, on a private network: what is said is signed with the shared key, not encrypted.
"""

import threading
from typing import Any

import waitress
from flask import Flask

from peerapp import counting
from peerapp.config import Config

THREADS = 2  # opening and closing are rare
LARGEST_BODY = 8 * 1024 * 1024  # the listener itself refuses what is larger than it takes


def listen(app: Flask) -> Any:
    """A server that holds the port, or None where no other machine shares the box. Raises OSError when it is taken."""
    settings: Config = app.config["PEERAPP"]
    if not settings.ballotbox_listen:
        return None
    host, _colon, port = settings.ballotbox_listen.rpartition(":")
    return waitress.create_server(
        counting.listener(app),
        host=host.strip("[]"),
        port=int(port),
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
        ident="peerapp box",
    )


def start(server: Any) -> None:
    """Answer in a thread that ends with the process."""
    threading.Thread(target=server.run, name="box", daemon=True).start()

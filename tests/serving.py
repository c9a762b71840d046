"""A waitress server in a thread of this process, closed when nobody asks it any more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore


@contextmanager
def served(server: Any, listening: dict[int, Any]) -> Iterator[None]:
    """Answer until the block ends; `listening` is the map the server was created with.

    The thread has ended before a socket is closed: closed under it, its next look at them is an error.
    """
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            wasyncore.loop(timeout=0.05, map=listening, count=1)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(listening)

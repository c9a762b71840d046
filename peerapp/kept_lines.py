"""May a connection be used again? Also after "nothing is new": waitress would hang up after every answer without a body.

Every open page asks whether anything is new; without this each time it would have to call anew, for a round trip more.
"""

from collections.abc import Mapping
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask


class Task(WSGITask):  # type: ignore[misc]  # waitress publishes no types
    def set_close_on_finish(self) -> None:
        """Statuses that never have a body (304, 204) say by themselves where the answer ends."""
        wants_it = self.version != "1.1" or self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or wants_it:
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress publishes no types
    task_class = Task


def keep(listening: Mapping[int, Any]) -> None:
    """For every server in waitress's map of sockets."""
    for server in listening.values():
        if isinstance(server, BaseWSGIServer):
            server.channel_class = Channel

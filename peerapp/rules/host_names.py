"""Which line makes an installation answer to a name that somebody asked for?

A name comes from whoever asks: only what looks like a host and nothing else is ever repeated.
"""

import re

HOST = re.compile(
    r"(?P<name>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?P<port>:[0-9]{1,5})?", re.IGNORECASE
)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def host_asked_for(header: str) -> str | None:
    """The name and port of a Host header in lower case, or None for what is no host."""
    return header.lower() if HOST.fullmatch(header) else None


def line_to_add(asked: str, scheme: str, main: str, further: list[str]) -> str:
    """The line of peerapp.toml: the address people open where that is still this machine alone, else one name more."""
    if main in LOCAL:
        return f'base_url = "{scheme}://{asked}"'
    name = asked if asked.endswith("]") else asked.rpartition(":")[0] or asked
    return f'trusted_hosts = "{", ".join([*further, name])}"'

"""Where can people open peerapp, and what must be set so that they can? The lines that `serve` and `demo` print at start."""

import socket
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from peerapp.config import Config
from peerapp.rules.host_names import LOCAL


def address_at(host: str, port: int) -> str:
    """The address people open where none was set: this machine's own, or the only one that is listened on."""
    return f"http://{'localhost' if _is_everywhere(host) or host in LOCAL else _in_url(host)}:{port}"


def lines(settings: Config, host: str, port: int, machine: str = "") -> list[str]:
    """What to tell whoever starts it listening on `host`; `machine` is the name of this machine in its network."""
    main = urlsplit(settings.base_url)
    told = [f"at {settings.base_url} (listening on {host}, port {port})"]
    if host in LOCAL or main.hostname not in LOCAL:
        return told
    open_as = _in_url(host) if not _is_everywhere(host) else machine or socket.gethostname()
    return [
        *told,
        f"That is this machine alone: whoever opens another name or number is refused. For others write in {settings.instance / 'peerapp.toml'}:",
        f'  base_url = "http://{open_as}:{port}"',
        '  trusted_hosts = "10.0.0.5"     # and, with commas, any further names or numbers they type',
    ]


def _is_everywhere(host: str) -> bool:
    """Whether it stands for every address of this machine."""
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def _in_url(host: str) -> str:
    try:
        return f"[{host}]" if isinstance(ip_address(host), IPv6Address) else host
    except ValueError:
        return host

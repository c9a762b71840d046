"""Where may somebody be sent after signing in? Only to a path of our own."""

import unicodedata
from urllib.parse import urljoin, urlsplit

MAX_LENGTH = 2_000


def safe_next(value: str | None, host: str) -> str | None:
    """`value` unchanged when it is a path on `host` (as in the Host header), else None."""
    if not value or len(value) > MAX_LENGTH or not value.startswith("/"):
        return None
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in value):
        return None
    path = value.partition("#")[0].partition("?")[0]
    if "//" in path or "\\" in path:  # at the front they name another host; further on, readers of URLs disagree
        return None
    try:
        resolved = urlsplit(urljoin(f"https://{host}/", value))
    except ValueError:
        return None
    return value if (resolved.scheme, resolved.netloc) == ("https", host) else None

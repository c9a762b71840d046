"""Where do the two meet: which part of what they typed is a call link that may be followed?"""

from urllib.parse import urlsplit

WEB = "https://"


def parts(place: str) -> list[tuple[str, bool]]:
    """The place in pieces, each with whether it is a link; only whole https addresses are."""
    pieces: list[tuple[str, bool]] = []
    for word in place.split():
        if is_link(word):
            pieces.append((word, True))
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (f"{pieces[-1][0]} {word}", False)
        else:
            pieces.append((word, False))
    return pieces


def is_remote(place: str) -> bool:
    """Whether the two meet on a call."""
    return any(is_link(word) for word in place.split())


def is_link(word: str) -> bool:
    """An https address with a plain host and nobody's password in it."""
    if not word.startswith(WEB) or not word.isprintable():
        return False
    try:
        address = urlsplit(word)
        host, _port = address.hostname or "", address.port
    except ValueError:
        return False
    return "@" not in address.netloc and "\\" not in word and any(part for part in host.split("."))

"""May this number be shown? A small one would tell about single people."""

from peerapp.rules.release_rules import MINIMUM_FLOOR


def shown(count: int) -> int | None:
    """The number, or None where it has to be said in words."""
    return count if count >= MINIMUM_FLOOR else None

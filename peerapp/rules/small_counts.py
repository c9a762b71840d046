"""May this number be shown? A small one would tell about single people."""

MINIMUM = 5


def shown(count: int) -> int | None:
    """The number, or None where it has to be said in words."""
    return count if count >= MINIMUM else None

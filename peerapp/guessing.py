"""How easily is a password guessed? zxcvbn keeps its lists of words in memory: 13 MB, loaded when one is set (later.py)."""

from zxcvbn import zxcvbn

LOOKED_AT = 72  # characters; zxcvbn takes no more


def score(password: str, own: list[str]) -> int:
    """0 (at once) to 4 (hardly ever), by somebody who knows these `own` words of the person."""
    found: int = zxcvbn(password[:LOOKED_AT], user_inputs=own)["score"]
    return found

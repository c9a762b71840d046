"""Is this many hits more than chance? One-sided, exact."""

from math import exp, lgamma, log

ALPHA = 1e-6


def p_value(hits: int, guesses: int, chance: float = 0.5) -> float:
    """How likely chance alone scores at least so many hits."""
    return min(1.0, sum(exp(_log_of(k, guesses, chance)) for k in range(hits, guesses + 1)))


def is_more_than_chance(hits: int, guesses: int, chance: float = 0.5) -> bool:
    return p_value(hits, guesses, chance) < ALPHA


def _log_of(k: int, n: int, p: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p)

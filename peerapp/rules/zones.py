"""Which time zones can somebody choose from?"""

from functools import lru_cache
from zoneinfo import available_timezones

CONTINENTS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/",
)  # fmt: skip


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(CONTINENTS)))


def zones_to_choose(present: str) -> tuple[str, ...]:
    """Every place with a clock of its own, and the present setting whatever it is called."""
    return _places() if present in _places() else (present, *_places())

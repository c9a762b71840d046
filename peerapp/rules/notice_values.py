"""How is a day, a moment or a role kept in a notice until somebody reads it, in their language and on their clock?

As itself, marked by its kind. Whatever else a notice says is words already; what was typed is never taken for a mark.
"""

from collections.abc import Mapping
from datetime import date, datetime

Value = str | Mapping[str, str]
DAY, MOMENT, OTHER_ZONE, ROLE = "day", "moment", "other_zone", "role"


def a_day(value: date) -> Value:
    return {DAY: value.isoformat()}


def a_moment(value: datetime, other_zone: str) -> Value:
    """Told on the reader's clock, and on the one of their partner where that shows something else."""
    return {MOMENT: value.isoformat(), OTHER_ZONE: other_zone}


def a_role(key: str) -> Value:
    """A key of ROLE_NAMES."""
    return {ROLE: str(key)}

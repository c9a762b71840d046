"""What do the values of a notice say to whoever reads it: in their language, on their clock?

Notices from before values were kept as themselves have only words, which stay as they are.
"""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import get_timezone, gettext as _

from peerapp import times
from peerapp.rules.notice_values import DAY, MOMENT, OTHER_ZONE, ROLE, Value
from peerapp.rules.roles import ROLE_NAMES


def in_words(values: Mapping[str, Value], zone: str = "") -> dict[str, str]:
    """All of them in words. `zone` is the reader's, where it is not the viewer who reads."""
    return {name: value if isinstance(value, str) else _said(value, zone) for name, value in values.items()}


def _said(value: Mapping[str, str], zone: str) -> str:
    if DAY in value:
        return times.day(date.fromisoformat(value[DAY]))
    if MOMENT in value:
        moment = datetime.fromisoformat(value[MOMENT])
        return times.in_both(moment, zone or str(get_timezone()), value[OTHER_ZONE])
    return str(_(ROLE_NAMES[value[ROLE]]))

"""Is this an e-mail address and a time zone, and how is each written in one way only?"""

import re
from functools import lru_cache
from zoneinfo import available_timezones

from peerapp.rules import limits

LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
EMAIL = re.compile(rf"(?=.{{1,64}}@){LOCAL}@(?:{LABEL}\.)+{LABEL}", re.ASCII)


def normal_email(value: str) -> str | None:
    """The address in lower case, or None: plain letters, one @, a domain with a dot. Whether it exists, mail will tell."""
    folded = value.strip().lower()
    return folded if len(folded) <= limits.EMAIL and EMAIL.fullmatch(folded) else None


def normal_time_zone(value: str) -> str | None:
    """The zone as the time zone database spells it ("Europe/Berlin"), or None."""
    return _zones().get(value.strip().replace(" ", "_").casefold())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}

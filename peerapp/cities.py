"""What is a time zone called in the reader's language, and which ones can somebody choose?

Names of cities and countries are Babel's (CLDR's). The list has each clock once: zones that are another's old name are left out.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from flask_babel import get_locale

from peerapp.rules.local_time import Zone, city as plain_city
from peerapp.rules.zones import zones_to_choose

NOWHERE = "UTC"


def city(zone: str) -> str:
    """As in: Lissabon, of Europe/Lisbon, for whoever reads German."""
    return _city(zone, _locale())


def in_words(values: Mapping[str, str | int]) -> dict[str, str | int]:
    """The values of a refusal, with zones told by their city."""
    return {name: city(value.name) if isinstance(value, Zone) else value for name, value in values.items()}


def choices(present: str) -> list[tuple[str, str]]:
    """Zone and label, by city as the reader's language sorts it; the present zone stands there by the name it has."""
    return [
        (present if today_s(zone) == today_s(present) else zone, label) for zone, label in _choices(present, _locale())
    ]


def today_s(zone: str) -> str:
    """The name that a zone has today, where this one is an old name of it."""
    return str(get_global("zone_aliases").get(zone, zone))


def _locale() -> Locale:
    return get_locale() or Locale("en")


@lru_cache(maxsize=1_024)
def _city(zone: str, locale: Locale) -> str:
    return str(locale.time_zones.get(today_s(zone), {}).get("city") or plain_city(today_s(zone)))


@lru_cache(maxsize=16)
def _choices(present: str, locale: Locale) -> tuple[tuple[str, str], ...]:
    zones = {today_s(zone) for zone in zones_to_choose(present)} - {NOWHERE, today_s(NOWHERE)}
    places = sorted(((zone, _label(zone, locale)) for zone in zones), key=lambda each: _in_order(each[1]))
    return (*places, (NOWHERE, NOWHERE))


def _label(zone: str, locale: Locale) -> str:
    country = locale.territories.get(get_global("zone_territories").get(zone, ""), "")
    return f"{_city(zone, locale)}, {country}" if country else _city(zone, locale)


def _in_order(label: str) -> str:
    """Without accents, so that Zürich does not come after Zwolle."""
    return "".join(each for each in unicodedata.normalize("NFKD", label) if not unicodedata.combining(each)).casefold()

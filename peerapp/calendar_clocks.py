"""How is a calendar program told what the clocks of a zone do, so that it needs not know the zone by its name?"""

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from peerapp.rules.zone_changes import Change, changes_between


def timezone(zone: str, first: int, last: int) -> Timezone:
    """What the clocks of the zone do in these years and around them."""
    told = Timezone()
    told.add("tzid", zone)
    for change in changes_between(zone, first, last):
        told.add_component(_observance(change))
    return told


def _observance(change: Change) -> TimezoneDaylight | TimezoneStandard:
    observance = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    observance.add("dtstart", change.onset)
    observance.add("tzoffsetfrom", change.before)
    observance.add("tzoffsetto", change.after)
    observance.add("tzname", change.name)
    if change.day:
        observance.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=change.onset.month, BYDAY=change.day))
    return observance

"""Which skill areas does peer mentoring cover? Six, each with examples so that nobody begins at an empty box."""

from collections.abc import Mapping
from enum import StrEnum

from peerapp.rules.words import N_


class Area(StrEnum):
    LEADERSHIP = "leadership"
    INTERPERSONAL = "interpersonal"
    TIME = "time"
    COLLABORATION = "collaboration"
    COMMUNICATION = "communication"
    FUNCTIONAL = "functional"


AREA_NAMES: Mapping[Area, str] = {
    Area.LEADERSHIP: N_("Leadership"),
    Area.INTERPERSONAL: N_("Interpersonal skills"),
    Area.TIME: N_("Time management"),
    Area.COLLABORATION: N_("Collaboration"),
    Area.COMMUNICATION: N_("Communication"),
    Area.FUNCTIONAL: N_("Functional knowledge"),
}
AREA_EXAMPLES: Mapping[Area, tuple[str, ...]] = {
    Area.LEADERSHIP: (N_("leading a small project"), N_("deciding with little to go on"), N_("handing work over")),
    Area.INTERPERSONAL: (N_("listening well"), N_("saying no kindly"), N_("settling a disagreement")),
    Area.TIME: (N_("planning a week"), N_("estimating work"), N_("keeping meetings short")),
    Area.COLLABORATION: (N_("working across sites"), N_("sharing what I know"), N_("running a workshop")),
    Area.COMMUNICATION: (N_("presenting to a group"), N_("writing short reports"), N_("explaining technical things")),
    Area.FUNCTIONAL: (N_("spreadsheets"), N_("SQL"), N_("a programme we use"), N_("a process in my unit")),
}

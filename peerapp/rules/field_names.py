"""What is a field called, away from the page it stood on? For what was typed and comes back (peerapp/kept.py)."""

from collections.abc import Mapping

from peerapp.rules.charter import CHARTER
from peerapp.rules.goal_fields import FIELD_NAMES as OF_GOALS
from peerapp.rules.words import N_

FIELD_NAMES: Mapping[str, str] = {
    **OF_GOALS,
    **{f"line_{line.key}": line.line for line in CHARTER},
    "action": N_("What is to be done"),
    "answer": N_("A kind word"),
    "area": N_("Skill area"),
    "at": N_("Time"),
    "body": N_("Your words"),
    "day": N_("Day"),
    "decision": N_("What you decided"),
    "email": N_("E-mail address"),
    "later_on": N_("Remind me on"),
    "message": N_("Your message"),
    "minutes": N_("Minutes"),
    "name": N_("Your name"),
    "last_day": N_("Last day"),
    "minimum": N_("Minimum number of answers"),
    "new_text": N_("Your question"),
    "note": N_("A note for yourself"),
    "own_text": N_("Your question"),
    "overall_goal": N_("Overall goal"),
    "place": N_("Room or call link"),
    "point": N_("Point"),
    "every": N_("How often"),
    "sessions": N_("Sessions to begin with"),
    "private": N_("For myself"),
    "skill_area": N_("Skill area"),
    "skill_words": N_("A skill"),
    "steps": N_("Steps"),
    "story_area": N_("Skill area"),
    "story_body": N_("I have done this"),
    "time_zone": N_("Time zone"),
    "until": N_("When do you go on?"),
    "what_next": N_("What happens next"),
    "words": N_("Your words"),
}


def field_name(name: str) -> str:
    """The label, to be translated; a field without one is a thing typed like any other."""
    return FIELD_NAMES.get(name, FIELD_NAMES["body"])

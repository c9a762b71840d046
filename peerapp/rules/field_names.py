"""What is a field called, away from the page it stood on? For what was typed and comes back (peerapp/kept.py)."""

from collections.abc import Mapping
from uuid import UUID

from peerapp.rules.charter import CHARTER
from peerapp.rules.goal_fields import FIELD_NAMES as OF_GOALS
from peerapp.rules.needs import Need
from peerapp.rules.words import N_

FIELD_NAMES: Mapping[str, str] = {
    **OF_GOALS,
    **{f"line_{line.key}": line.line for line in CHARTER},
    "action": N_("What is to be done"),
    "answer": N_("A kind word"),
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
    "sessions": N_("Sessions to begin with"),
    "private": N_("For myself"),
    "skill_words": N_("A skill"),
    "steps": N_("Steps"),
    "story_body": N_("I have done this"),
    "takeaway": N_("What do I take with me?"),
    "turn": N_("What I have to say"),
    "until": N_("When do you go on?"),
    "what_next": N_("What happens next"),
    "words": N_("Your words"),
}
CODED = {"areas", "owner"}  # named above, and still chosen from a list: what is sent is not what was read


def field_name(name: str, value: str) -> str | None:
    """The label, to be translated; None for what nobody typed: a choice, an id, a field that stands hidden in its form."""
    name = name.removeprefix("merged_")  # the words for both, on the page of a clash
    is_words = value.strip() and name not in CODED and not (name == "need" and value in set(Need)) and not _is_id(value)
    return FIELD_NAMES.get(name) if is_words else None


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False

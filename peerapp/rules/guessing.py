"""*Guess my answer*: what may the two ask each other? Light questions, each with many right answers and no wrong one."""

from collections.abc import Mapping

from peerapp.rules.words import N_

QUESTIONS: Mapping[str, str] = {
    "day-off": N_("A whole day off tomorrow: what do you do with it?"),
    "proud": N_("Which piece of your work are you a little proud of?"),
    "energy": N_("At what time of the day do you think best?"),
    "put-off": N_("Which task do you like to put off?"),
    "praise": N_("How do you like to be thanked: in private, in front of others, in writing?"),
    "learn": N_("How do you learn something new: read, watch, try, ask?"),
    "meeting": N_("Which kind of meeting would you cancel first?"),
    "drink": N_("What stands next to your keyboard on a long afternoon?"),
    "dream": N_("If you could swap jobs for a week, with whom?"),
    "calm": N_("What calms you down when a day goes wrong?"),
    "message": N_("What do you prefer when something is urgent: a call, a message, somebody at the door?"),
    "talent": N_("What can you do that hardly anybody here knows about?"),
    "travel": N_("Mountains, sea, city or sofa?"),
    "rule": N_("Which unwritten rule at work would you write down, or drop?"),
}

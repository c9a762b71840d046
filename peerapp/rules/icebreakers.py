"""With what can two people begin? Small questions of our own: warm, fit for work, as good on a call as at a table.

None asks about looks, family, age, origin, belief or health, and each can be answered in a minute or passed over.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from peerapp.rules.words import N_

T = TypeVar("T")

ICEBREAKERS: Mapping[str, str] = {
    "window": N_("What do you see from where you sit, and what would you rather see?"),
    "small-win": N_("Which small thing went well this week without anybody noticing?"),
    "first-job": N_("What did the first work you ever did teach you that you still use?"),
    "sound": N_("Which sound tells you that your working day has begun?"),
    "borrow": N_("Which habit of a colleague would you like to borrow for a week?"),
    "explain": N_("What do you do all day, in a sentence that a ten-year-old would understand?"),
    "tool": N_("Which tool, of metal, paper or code, would you not give away?"),
    "detour": N_("Which detour turned out to be worth it?"),
    "lunch": N_("What would you cook, or order, if the other came by for lunch?"),
    "map": N_("Which place within an hour of yours should the other see one day?"),
    "hour": N_("Somebody gives you one free hour this afternoon. What happens in it?"),
    "question": N_("Which question do you wish people asked you more often?"),
    "word": N_("Which one word describes this week, and which one should describe the next?"),
    "desk": N_("Hold something from your desk into the camera, or describe it. Why is it there?"),
    "learned": N_("What have you learned lately that has nothing to do with work?"),
    "mind": N_("About what did you change your mind this year?"),
    "thanks": N_("Who helped you lately, and have you told them?"),
    "music": N_("What do you listen to when you have to think, and when you are done thinking?"),
    "help": N_("With what do people come to you, although it is not your job?"),
    "morning": N_("What makes a morning a good one for you?"),
    "postcard": N_("You write a postcard from this week. What is on the picture?"),
    "easy": N_("What is easy for you that others find hard, and the other way round?"),
}  # fmt: skip


def others(options: Sequence[T], last: T | None) -> list[T]:
    """What may come up next: all of it but what came up last, unless there is nothing else."""
    return [each for each in options if each != last] or list(options)

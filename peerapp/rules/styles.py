"""How does somebody like to work with another person? Six neutral choices, each with two good ends and "either".

Never rated by others, never shown to whoever is above the person, skippable. The stored value is the pole's `value`; no row means skipped.
"""

from dataclasses import dataclass

from peerapp.rules.words import N_

EITHER = "either"
EITHER_LABEL = N_("Either is fine")
SKIP_LABEL = N_("I skip this")


@dataclass(frozen=True, slots=True)
class Pole:
    value: str
    label: str
    likes: str  # ends the sentence "Also likes ..."


@dataclass(frozen=True, slots=True)
class StyleChoice:
    key: str
    question: str  # to the person who chooses
    name: str  # on their page, to everybody else
    one: Pole
    other: Pole

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """(value, label) for a form; labels are still to be translated."""
        return ((self.one.value, self.one.label), (self.other.value, self.other.label), (EITHER, EITHER_LABEL))

    def pole(self, value: str) -> Pole | None:
        """The pole with this value; None for "either" and for what was never a choice."""
        return next((pole for pole in (self.one, self.other) if pole.value == value), None)


STYLES: tuple[StyleChoice, ...] = (
    StyleChoice(
        "pace",
        N_("Which pace suits you?"),
        N_("Pace"),
        Pole("brisk", N_("Brisk, in short talks"), N_("short, brisk talks")),
        Pole("calm", N_("Calm, with time to think"), N_("calm talks with time to think")),
    ),
    StyleChoice(
        "tone",
        N_("How would you like to hear feedback?"),
        N_("Hearing feedback"),
        Pole("direct", N_("Straight to the point"), N_("direct feedback")),
        Pole("gentle", N_("Gently, step by step"), N_("gentle feedback")),
    ),
    StyleChoice(
        "approach",
        N_("How do you start something new?"),
        N_("Starting something new"),
        Pole("plan", N_("With a plan"), N_("starting with a plan")),
        Pole("explore", N_("By trying things out"), N_("trying things out")),
    ),
    StyleChoice(
        "medium",
        N_("How do you think best together?"),
        N_("Thinking together"),
        Pole("talk", N_("Talking it through"), N_("talking things through")),
        Pole("write", N_("Writing it down"), N_("writing things down")),
    ),
    StyleChoice(
        "focus",
        N_("What do you look at first?"),
        N_("Looking first at"),
        Pole("details", N_("The details"), N_("starting from the details")),
        Pole("picture", N_("The big picture"), N_("starting from the big picture")),
    ),
    StyleChoice(
        "rhythm",
        N_("When do you like to meet?"),
        N_("Meeting"),
        Pole("regular", N_("On a regular day"), N_("a regular day to meet")),
        Pole("spontaneous", N_("When something comes up"), N_("meeting when something comes up")),
    ),
)
STYLE_BY_KEY = {style.key: style for style in STYLES}


def is_choice(key: str, value: str) -> bool:
    """Whether this value can be the answer to this choice."""
    return key in STYLE_BY_KEY and value in {option for option, _ in STYLE_BY_KEY[key].options}

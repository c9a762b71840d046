"""What was asked at the demo company, of whom, and what came out? Days count back from the moment it is built."""

from dataclasses import dataclass

from peerapp.rules.question_bank import Purpose

EVERYWHERE = ("Product", "Sales", "Operations", "Finance", "People", "Research")


@dataclass(frozen=True)
class DemoQuestion:
    """A key of the bank. `levels`: how many chose each of the five, from the lowest; `texts` for a comment."""

    bank: str
    levels: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoRound:
    """Opened and closed so many days ago (`closed` below 0: still to come). `blank`: papers that said “not for me”."""

    owner: str
    title: str
    why: str
    purpose: Purpose
    units: tuple[str, ...]
    opened: int
    closed: int
    questions: tuple[DemoQuestion, ...]
    readers: tuple[str, ...] = ()
    may_be_shown: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    blank: int = 0
    what_next: str = ""


Q = DemoQuestion
ROUNDS = (
    DemoRound(
        "Olu Adeyemi", "How did the pairs begin?", "So that the next pairs begin better.", Purpose.PROGRAMME, EVERYWHERE, 150, 137,
        (
            Q("pair.both", (1, 3, 10, 9, 3)),
            Q("pair.next", (0, 4, 7, 11, 4)),
            Q("pair.keep", (0, 2, 5, 11, 8)),
            Q("end.suggest", (0, 1, 6, 12, 7)),
            Q("open.keep", texts=("The charter. We still come back to it.", "Short messages before we meet.", "That nobody checks.")),
        ),
        ("Dana Whit", "Mia Holm"), what_next="Thank you. From now on every pair begins with a ready agenda.",
    ),
    DemoRound(
        "Ana Rivera", "How do I work with others?", "I want to get better at briefing people.", Purpose.MYSELF, ("Operations", "Finance"), 76, 62,
        (
            Q("coworker.communication", (0, 1, 3, 5, 3)),
            Q("coworker.collaboration", (0, 0, 2, 5, 5)),
            Q("coworker.time", (0, 3, 3, 4, 2)),
            Q("open.keep", texts=("You say what you do not know.", "One page instead of nine.", "Asks before she plans.")),
            Q("open.try", texts=("Say by when you need it.", "Fewer people in the first meeting.", "Dates. I never know the date.")),
        ),
        may_be_shown=("Mia Holm", "Ben Okafor"), shown=("Mia Holm",), what_next="Thank you all. I will name a date in every request.",
    ),
    DemoRound(
        "Olu Adeyemi", "How was the autumn mentoring programme?", "So that we know what to keep for spring.", Purpose.PROGRAMME,
        EVERYWHERE, 47, 33,
        (
            Q("end.suggest", (0, 0, 4, 12, 15)),
            Q("pair.both", (0, 2, 6, 13, 9)),
            Q("pair.next", (0, 4, 7, 12, 5)),
            Q("pair.keep", (3, 9, 10, 7, 2)),
            Q("pair.safe", (0, 0, 2, 5, 1)),
            Q("pulse.help", (0, 0, 1, 2, 1)),
            Q("open.keep", texts=(
                "The thirty minute format. It fits between other meetings.",
                "Being asked what I can teach, not only what I lack.",
                "Goals we both see. I stopped hiding the ones I was late on.",
                "A partner who is not my boss and does not report to me.",
            )),
            Q("open.try", texts=("Fixed slots, please.", "A second pair in spring.")),
        ),
        ("Dana Whit", "Mia Holm"), blank=2,
        what_next="Thank you. We will try fixed slots on Tuesday and Thursday mornings and ask again in spring.",
    ),
    DemoRound(
        "Dana Whit", "Room for learning", "To plan next year's hours.", Purpose.UNIT, ("Operations", "Finance"), 45, 35,
        (Q("pulse.learned", (0, 0, 1, 1, 1)), Q("pulse.say", (0, 1, 1, 1, 0))), ("Helen Strand",),
    ),
    DemoRound(
        "Mia Holm", "How do I lead our planning?", "Quarterly planning is new for all of us. I want to do my part better.", Purpose.MYSELF,
        ("Product", "Sales"), 2, -6,
        (
            Q("coworker.leadership"), Q("coworker.interpersonal"), Q("coworker.time"), Q("coworker.communication"),
            Q("open.keep"), Q("open.try"),
        ),
        may_be_shown=("Dana Whit",),
    ),
)  # fmt: skip

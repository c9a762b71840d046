"""What is told of a goal, a session and a pair of the demo company?"""

from dataclasses import dataclass

from peerapp.rules.areas import Area
from peerapp.rules.needs import Need
from peerapp.rules.states import Column, PairState

ME, YOU, BOTH = "one", "other", "both"


@dataclass(frozen=True)
class DemoGoal:
    """A card. `steps` are words, a leading "+" means done; `due` counts days from today; `said` are (who, comment)."""

    title: str
    column: Column
    owner: str
    areas: tuple[Area, ...]
    why: str = ""
    sign: str = ""
    next_step: str = ""
    need: str = ""
    due: int | None = None
    steps: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DemoSession:
    """A meeting so many days ago (negative: to come). `notes` are (who, Markdown); `actions` (owner, words, "+" done).

    Of one that runs: `at` is the key of the point that the two are at, for so many `minutes_at_it`; `goal` the title of
    the goal they talk about; `guesses` are (who, answer, guess) of those who are ready. One by writing names whose
    `turn` it is. `reworded` are (decision, who changed it to that, what it said before).
    """

    days_ago: int
    notes: tuple[tuple[str, str], ...] = ()
    decisions: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    private: str = ""
    state: str = "held"
    minutes_ago: int = 0
    needs: tuple[tuple[str, Need], ...] = ()
    takeaways: tuple[tuple[str, str], ...] = ()
    at: str = ""
    minutes_at_it: int = 0
    goal: str = ""
    icebreaker: str = ""
    question: str = ""
    guesses: tuple[tuple[str, str, str], ...] = ()
    turn: str = ""
    reworded: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class DemoPair:
    """Two colleagues, in their state, with what they share."""

    one: str
    other: str
    state: PairState
    began: int
    overall: str = ""
    goals: tuple[DemoGoal, ...] = ()
    sessions: tuple[DemoSession, ...] = ()

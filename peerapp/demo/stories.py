"""What do the demo pairs work on? Boards and journals, told relative to today."""

from dataclasses import dataclass

from peerapp.rules.areas import Area
from peerapp.rules.states import Column, PairState

L, I, T = Area.LEADERSHIP, Area.INTERPERSONAL, Area.TIME  # noqa: E741 - as in people.py
B, C, F = Area.COLLABORATION, Area.COMMUNICATION, Area.FUNCTIONAL
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
    """A meeting so many days ago (negative: to come). `notes` are (who, Markdown); `actions` (owner, words, "+" done)."""

    days_ago: int
    notes: tuple[tuple[str, str], ...] = ()
    decisions: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    private: str = ""
    state: str = "held"


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


G, S = DemoGoal, DemoSession
PAIRS: tuple[DemoPair, ...] = (
    DemoPair(
        "Ana Rivera", "Ben Okafor", PairState.ACTIVE, 52, "We can run an internal event from first idea to thank-you mail.",
        (
            G("Shadow each other for half a day", Column.IDEAS, BOTH, (B,), "We talk about our days and have never seen one.",
              "Each of us tells the other one thing they had not noticed."),
            G("Chair one planning meeting", Column.IDEAS, YOU, (L,), need="A meeting Mia is willing to hand over."),
            G("Draft a budget for the spring open day", Column.NEXT, ME, (F, L), "Money is the part of events I always leave to others.",
              "Helen reads it and asks fewer than five questions.", "Ask Helen for last year's figures.", "An hour with somebody from Finance.",
              12, ("List every cost we can think of", "Get last year's figures", "Show a draft to Helen")),
            G("Brief three speakers without a script", Column.DOING, ME, (C,), "I read from paper, and people stop listening.",
              "Three speakers know what to say after ten minutes with me.", "Brief Priya with keywords only.", "",
              6, ("+Brief Jonas", "+Brief Rosa", "Brief Priya"),
              ((YOU, "You over-prepare the first minute and then run out. Try three keywords on a card."),
               (ME, "Keywords: *why now, who for, one ask*. Worked with Rosa."))),
            G("Protect two quiet mornings a week", Column.DOING, YOU, (T,), "My calendar is a sieve.",
              "Eight quiet mornings in four weeks.", "Move the Tuesday stand-up.", "Mia's backing for declining meetings.",
              -2, ("+Block the mornings", "Move the stand-up", "Decline one thing a week", "Look back after a month")),
            G("Find a venue that people with wheelchairs like", Column.DOING, ME, (F,), due=20,
              steps=("+Ask Jonas for his checklist", "Visit two places")),
            G("Agree how we give each other feedback", Column.DONE, BOTH, (I,), "We are both too polite.",
              "Each session ends with one honest sentence.", due=-10, steps=("+Write down what helps", "+Try it twice")),
            G("Write SQL for one report myself", Column.DONE, ME, (F,), sign="Ben does not touch the keyboard.",
              steps=("+Read the tables with Ben", "+Write it", "+Check it against last month"),
              said=((YOU, "The join in the middle is better than mine."),)),
            G("Speak at the all-hands", Column.PARKED, ME, (C, L), "Once briefing others works, I want to try it myself."),
        ),
        (
            S(-3, state="planned"),
            S(12,
              ((ME, "How are you: tired but content. The Lisbon move is done."),
               (YOU, "You over-prepare the first minute and then run out. Try **three keywords** on a card."),
               (ME, "Keywords: *why now, who for, one ask*. Will try with Priya on Thursday."),
               (YOU, "I declined two meetings. Nothing burned.\n\n- stand-up still on Tuesday\n- Mia says yes to Thursday")),
              ("We keep 45 minutes, every second Wednesday.",),
              ((ME, "Brief Priya with keywords only"), (YOU, "Ask Mia to move the stand-up"), (ME, "+Send Ben the run sheet")),
              "I notice that I want Ben to say it was good. Ask him instead for one thing to change."),
            S(26,
              ((YOU, "First budget ever for Ana: start from *what must not fail*."),
               (ME, "What must not fail: sound, lunch, the way in. Everything else can be small.")),
              ("Helen reads the budget before anybody else.",),
              ((ME, "Get last year's figures from Helen"), (YOU, "+Share the checklist for speakers"))),
            S(40,
              ((ME, "What I hope for: to be braver in front of people."),
               (YOU, "What I hope for: to get my mornings back.")),
              ("One honest sentence at the end of each session.",),
              ((BOTH, "+Write down what kind of feedback helps"),)),
        ),
    ),
    DemoPair(
        "Kim Moreau", "Noor Haddad", PairState.ACTIVE, 33, "Our onboarding day works for every site.",
        (
            G("Run the January onboarding day together", Column.DOING, BOTH, (B, L), "Two sites still join by phone and give up at noon.",
              "Lisbon, Leeds and Hamburg stay until the end.", "Test the room in Leeds.", "A second camera.", 40,
              ("+Agree on a run sheet", "Test all three rooms", "Ask five newcomers what they missed")),
            G("Tidy the newcomer list with a script", Column.DOING, YOU, (F,), due=9, steps=("+Read one file", "Write one file", "Run it on Monday")),
            G("Ask questions that open a talk", Column.NEXT, ME, (I,), sign="The other one talks more than I do."),
            G("A page that says who to ask for what", Column.DONE, BOTH, (C,), steps=("+Collect the questions", "+Write it", "+Show it to Grace")),
        ),
        (
            S(-6, state="planned"),
            S(8, ((ME, "The room in Hamburg echoes. Curtains?"), (YOU, "Curtains and a smaller table. I will ask Ewa.")),
              ("Newcomers get the page *before* their first day.",), ((YOU, "Ask Ewa about the room"), (ME, "+Share the script"))),
        ),
    ),
    DemoPair(
        "Yusuf Demir", "Zoe Park", PairState.ACTIVE, 19, "Figures that people dare to ask about.",
        (
            G("Read my first query aloud", Column.DOING, YOU, (F,), "I nod when somebody says join.", "I can say what each line does.",
              steps=("+Install the tool", "Read three queries", "Change one")),
            G("Ask without pressing", Column.DOING, ME, (I,), "My mails make people defend themselves.", "Two people answer on the same day.", due=4),
            G("Estimate the December report", Column.NEXT, YOU, (T,), due=15),
        ),
        (S(4, ((ME, "Zoe waits three seconds before she answers. I want that."), (YOU, "Yusuf reads a table like a map.")),
           (), ((YOU, "Bring one query to read aloud"), (ME, "Rewrite one mail together"))),),
    ),
    DemoPair("Ruth Carver", "Elif Kaya", PairState.CHARTERING, 2),
    DemoPair(
        "Sofia Lindqvist", "Ines Moura", PairState.PAUSED, 70, "Quiet mornings, kept.",
        (G("Two mornings without mail", Column.DOING, BOTH, (T,), steps=("+Say it to the team", "Keep it for a month")),
         G("Hand over the weekly list", Column.NEXT, ME, (L,))),
        (S(30, ((YOU, "Pausing until the study is through. No guilt."),), ("We go on in the new year.",)),),
    ),
    DemoPair(
        "Arjun Rao", "Priya Nair", PairState.ENDED, 160, "Speaking so that people stay.",
        (G("Present without slides", Column.DONE, ME, (C,), steps=("+Once in the team", "+Once in front of the unit")),
         G("Explain one chart a week", Column.DONE, YOU, (F, C), said=((ME, "The one with the two lines: that was the moment I understood it."),))),
        (S(30, ((ME, "Last session. We would do it again."), (YOU, "Thank you for every second take.")), ("We stay in touch, without a plan.",)),
         S(58, ((YOU, "Breathe before the first word."),), (), ((ME, "+Record one minute and listen to it"),))),
    ),
)  # fmt: skip

# (who asks, who is asked, area, words, message, state, days ago)
REQUESTS: tuple[tuple[str, str, Area, str, str, str, int], ...] = (
    ("Caro Lind", "Ana Rivera", C, "short written reports",
     "Hello Ana, you can show short written reports, and I would like to learn that. Shall we try a few sessions?", "waiting", 1),
    ("Tomás Silva", "Ben Okafor", F, "SQL", "Hello Ben, I would like to read our data model with somebody who knows SQL.", "waiting", 3),
    ("Grace Obi", "Ewa Nowak", F, "process maps", "Hello Ewa, may I learn from you how an order finds its way?", "later", 2),
    ("Marco Bellini", "Vera Lang", F, "statistics", "Hello Vera, I would like to know when a difference is one.", "declined", 9),
    ("Liam Byrne", "Fatima Zahra", I, "settling a disagreement", "Hello Fatima, I say yes too often. Would you show me how you do it?", "lapsed", 16),
    ("Hanna Krause", "Rosa Delgado", C, "posters and talks", "Hello Rosa, I would like to leave things out as well as you do.", "withdrawn", 5),
)  # fmt: skip

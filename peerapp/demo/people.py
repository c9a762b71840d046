"""Who works at the demo company? Forty invented colleagues in six units and at four sites, two of whom read German."""

from dataclasses import dataclass, field

from peerapp.rules.areas import Area

L, I, T = Area.LEADERSHIP, Area.INTERPERSONAL, Area.TIME  # noqa: E741 - three letters that keep the table readable
B, C, F = Area.COLLABORATION, Area.COMMUNICATION, Area.FUNCTIONAL
Words = tuple[tuple[Area, str], ...]

ZONES = {"Lisbon": "Europe/Lisbon", "Leeds": "Europe/London", "Hamburg": "Europe/Berlin", "Singapore": "Asia/Singapore"}


@dataclass(frozen=True)
class DemoPerson:
    """One colleague; `days` is how long they have been here, `story` an area and what they have done."""

    name: str
    unit: str
    site: str
    days: int
    wants: Words = ()
    shows: Words = ()
    story: tuple[Area, str] | None = None
    styles: str = ""
    manager: str = ""
    room: int = 1
    new_to_us: bool = field(default=False)
    language: str = "en"


P = DemoPerson
PEOPLE: tuple[DemoPerson, ...] = (
    P("Mia Holm", "Product", "Hamburg", 2100, ((T, "protecting quiet mornings"),), ((L, "running a planning day"),),
      (L, "I led the move from yearly to quarterly planning, with two false starts."), "calm gentle plan"),
    P("Ana Rivera", "Product", "Lisbon", 400, ((C, "speaking without a script"), (L, "running an internal event"), (F, "SQL")),
      ((B, "working across sites"), (C, "short written reports")),
      (C, "I turned our monthly report from nine pages into one. People answer it now."), "brisk direct explore talk", "Mia Holm", 2),
    P("Ben Okafor", "Product", "Hamburg", 520, ((T, "saying no to meetings"), (B, "working across sites")),
      ((F, "SQL"), (C, "briefing speakers"), (L, "")),
      (F, "I have moved two customer databases, one of them over a weekend nobody noticed."), "brisk direct plan talk", "Mia Holm", 2),
    P("Caro Lind", "Product", "Leeds", 60, ((F, "our release process"), (I, "asking for help early"), (C, "short written reports")),
      ((F, "prompting language models"), (C, "sketching ideas")),
      (F, "I built a small bot that sorts feedback from the app store every morning."), "calm gentle explore write", "Mia Holm", 1, True),
    P("Jonas Weber", "Product", "Hamburg", 900, ((I, "giving feedback upwards"),), ((F, "accessibility checks"), (T, "")),
      (F, "I tested our sign-up with a screen reader for a week and wrote down every dead end."), "calm direct plan write", "Mia Holm", language="de"),
    P("Priya Nair", "Product", "Leeds", 1300, ((L, "handing work over"),), ((C, "presenting to a group"), (I, "")),
      (C, "I present our roadmap to 200 people twice a year and still practise with three keywords."), "brisk gentle talk", "Mia Holm"),
    P("Tomás Silva", "Product", "Lisbon", 45, ((F, "our data model"), (B, "")), ((F, "Figma"), (B, "running a workshop")),
      (B, "I ran remote design workshops for a charity through a whole summer."), "brisk explore talk", "Mia Holm", 1, True),
    P("Ines Moura", "Product", "Lisbon", 700, ((C, "writing for customers"),), ((T, "planning a week"),),
      (T, "I keep Fridays free of meetings. It took three months to hold."), "calm plan write", "Mia Holm"),

    P("Sam Whitlock", "Sales", "Leeds", 1900, ((F, "spreadsheets that do not break"),), ((I, "difficult phone calls"), (L, "running an internal event")),
      (I, "I once rang forty customers in two days to tell them about a delay. Thirty-nine stayed."), "brisk direct talk"),
    P("Olu Adeyemi", "Sales", "Leeds", 1500, ((L, "leading without a title"),), ((B, "starting a community"), (C, "")),
      (B, "I started the lunch-and-learn series; it has run every second Thursday since."), "calm gentle talk", "Sam Whitlock"),
    P("Zoe Park", "Sales", "Hamburg", 250, ((F, "SQL"), (T, "estimating work")), ((I, "listening well"),),
      (I, "I shadowed our support desk for a month and learned to wait with my answer."), "calm gentle explore", "Sam Whitlock"),
    P("Ada Novak", "Sales", "Hamburg", 1100, ((C, "explaining technical things"),), ((F, "setting up tools"),),
      (F, "I moved our team's contacts into one place without losing a single birthday."), "brisk direct plan", "Sam Whitlock"),
    P("Marco Bellini", "Sales", "Lisbon", 330, ((L, "deciding with little to go on"),), ((C, "telling a story with numbers"),),
      (C, "I rewrote our price list as a page people read to the end."), "brisk explore talk", "Sam Whitlock"),
    P("Hanna Krause", "Sales", "Hamburg", 75, ((F, "our products"), (I, "")), ((C, "short videos"),),
      (C, "I film one-minute answers to questions customers ask every week."), "brisk explore", "Sam Whitlock", 1, True),
    P("David Osei", "Sales", "Leeds", 820, ((T, "keeping meetings short"),), ((B, "sharing what I know"),), None, "calm plan", "Sam Whitlock"),

    P("Ruth Carver", "Operations", "Leeds", 2600, ((F, "language models at work"),), ((T, "planning a week"), (L, "shift planning")),
      (L, "I have planned shifts for 60 people for eleven years and have a list of what never works."), "calm direct plan"),
    P("Ewa Nowak", "Operations", "Hamburg", 640, ((C, "presenting to a group"),), ((F, "process maps"), (B, "")),
      (F, "I drew the path of one parcel through our house. It was four metres long."), "calm plan write", "Ruth Carver"),
    P("Liam Byrne", "Operations", "Leeds", 190, ((I, "saying no kindly"),), ((F, "spreadsheets"),),
      (F, "I built the stock sheet that everybody copies and nobody admits to."), "brisk direct", "Ruth Carver"),
    P("Fatima Zahra", "Operations", "Lisbon", 980, ((L, "leading a small project"),), ((I, "settling a disagreement"),),
      (I, "I helped two teams agree on one loading bay."), "calm gentle talk", "Ruth Carver"),
    P("Nils Brandt", "Operations", "Hamburg", 1400, ((B, "working across sites"),), ((T, "estimating work"), (F, "")),
      (T, "My estimates were wrong by half until I began to write down why."), "calm plan write", "Ruth Carver"),
    P("Grace Obi", "Operations", "Leeds", 30, ((F, "how orders flow"), (T, "")), ((B, "buddy programmes"),),
      (B, "I set up a buddy programme at my last place for forty newcomers."), "brisk gentle talk", "Ruth Carver", 1, True),
    P("Pedro Alves", "Operations", "Lisbon", 480, ((C, "writing short reports"),), ((F, "forklifts and first aid"),), None, "brisk direct talk", "Ruth Carver"),

    P("Helen Strand", "Finance", "Hamburg", 3000, ((C, "explaining figures simply"),), ((F, "budgets"), (L, "")),
      (F, "I have seen eighteen budgets from the inside; ask me which lines always go wrong."), "calm direct plan"),
    P("Yusuf Demir", "Finance", "Singapore", 560, ((I, "asking without pressing"),), ((F, "SQL"), (F, "spreadsheets")),
      (F, "I replaced a 40-tab workbook by three queries and a page of text."), "calm plan write", "Helen Strand"),
    P("Chloe Martin", "Finance", "Lisbon", 300, ((F, "Python for small jobs"),), ((T, "month ends without night shifts"),),
      (T, "We close the month in three days now. It used to be seven."), "brisk plan", "Helen Strand"),
    P("Oskar Lund", "Finance", "Leeds", 1200, ((L, "running a meeting"),), ((C, "explaining figures simply"),), None, "calm gentle", "Helen Strand"),
    P("Bea Kowalski", "Finance", "Hamburg", 85, ((F, "our accounts"), (B, "")), ((F, "automating invoices"),),
      (F, "I taught a scanner to read the invoices of our five messiest suppliers."), "brisk explore", "Helen Strand", 1, True),

    P("Dana Whit", "People", "Leeds", 1700, ((F, "reading survey results"),), ((I, "hard conversations"), (L, "")),
      (I, "I prepare people for talks they are afraid of. Mostly by asking what they want to be true afterwards."), "calm gentle talk"),
    P("Noor Haddad", "People", "Lisbon", 610, ((C, "writing for everybody"),), ((B, "running a workshop"), (I, "")),
      (B, "I run onboarding days for three sites on one screen."), "brisk gentle talk", "Dana Whit"),
    P("Erik Sandberg", "People", "Hamburg", 890, ((F, "spreadsheets"),), ((C, "interviewing"),),
      (C, "I have held about 300 interviews and learned most from the ten I got wrong."), "calm direct", "Dana Whit"),
    P("Lucia Romano", "People", "Lisbon", 150, ((L, "handing work over"),), ((T, "shared calendars that work"),), None, "brisk plan", "Dana Whit"),
    P("Theo Brooks", "People", "Leeds", 50, ((I, "coaching questions"),), ((F, "short learning videos"),),
      (F, "I made a five-part course on our expense tool; people finish it."), "brisk explore", "Dana Whit", 1, True),

    P("Vera Lang", "Research", "Hamburg", 2300, ((I, "giving praise that lands"),), ((F, "experiments"), (F, "statistics")),
      (F, "I have run some 90 trials and can show you the one that taught me to count first."), "calm direct explore", language="de"),
    P("Kim Moreau", "Research", "Lisbon", 430, ((L, "running an internal event"), (C, "")), ((F, "SQL queries"), (F, "Python for small jobs"), (B, "")),
      (F, "I wrote the SQL that tidies our measurements every night."), "calm gentle explore write", "Vera Lang", 2),
    P("Arjun Rao", "Research", "Leeds", 770, ((C, "speaking without a script"),), ((F, "statistics"), (I, "")),
      (I, "I teach statistics to people who say they cannot do numbers. They can."), "calm gentle plan", "Vera Lang"),
    P("Sofia Lindqvist", "Research", "Hamburg", 1050, ((T, "protecting quiet mornings"),), ((L, "leading a small project"),),
      (L, "I led a six-person study that ended on the day we had promised."), "calm plan write", "Vera Lang"),
    P("Max Albrecht", "Research", "Hamburg", 340, ((B, "asking other units early"),), ((F, "3D printing"),), None, "brisk explore talk", "Vera Lang"),
    P("Elif Kaya", "Research", "Lisbon", 20, ((F, "our measuring desk"), (L, "")), ((F, "language models at work"),),
      (F, "My thesis was about finding mistakes in what language models write."), "brisk direct explore", "Vera Lang", 1, True),
    P("Paul Gardner", "Research", "Leeds", 2800, ((F, "language models at work"),), ((I, "listening well"), (T, "")),
      (I, "Thirty years of labs taught me to ask before I touch."), "calm gentle write", "Vera Lang"),
    P("Rosa Delgado", "Research", "Lisbon", 660, ((L, "leading a small project"),), ((C, "posters and talks"),),
      (C, "My poster on dust won a prize. I can show you what I left out."), "brisk gentle talk", "Vera Lang"),
)  # fmt: skip
COORDINATORS = ("Olu Adeyemi",)
ADMINISTRATORS = ("Ada Novak",)
LEFT = ("Max Albrecht",)

"""What is measured, and against what. A new page is one more line in PAGES; its path may name the ids of `House.ids`.

Every figure is a ratio to a reference of the same run (reference.py). `target` is the highest ratio that is all right;
None where nobody has set one. The live check is compared with a bare route that reads one indexed row by sqlite3, the
strict reading of "a bare Flask route reading one row"; the line after it shows the same row by Flask-SQLAlchemy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PLAIN = "plain page (reference)"
BARE = "bare route, a row by sqlite3"
BARE_ORM = "bare route, a row by Flask-SQLAlchemy"


@dataclass(frozen=True)
class Page:
    """`changes`: somebody changes the pair before each view. `unchanged`: the page asks with the tag it was given."""

    name: str
    path: str
    target: float | None = None
    against: str = PLAIN
    changes: bool = False
    unchanged: bool = False
    grows: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


RELEASE = Page("release", "/rounds/{release}/result")
AS_HTMX = {"HX-Request": "true", "HX-Target": "div#board"}
PAGES = (
    Page("home", "/", 1.2, grows=True),
    Page("board of 30 goals", "/pairs/{pair}/board", 0.6, grows=True),
    Page("board, first view after a change", "/pairs/{pair}/board", 1.0, changes=True),
    Page("board, unchanged (304)", "/pairs/{pair}/board", 0.4, unchanged=True, headers=AS_HTMX),
    Page("goal", "/pairs/{pair}/goals/{goal}", 1.2, grows=True),
    Page("goal, first view after a change", "/pairs/{pair}/goals/{goal}", changes=True),
    Page("journal", "/pairs/{pair}/journal", 1.2, grows=True),
    Page("journal, first view after a change", "/pairs/{pair}/journal", changes=True),
    Page("session", "/pairs/{pair}/sessions/{session}", 1.2, grows=True),
    Page("profile", "/people/{person}", 1.2),
    Page("directory", "/people", 1.2, grows=True),
    Page("notices", "/notices", 1.2, grows=True),
    Page("release of 60 answers", "/rounds/{release}/result", 1.2),
    Page("answer form of 12 questions", "/rounds/{asked}/answer", 1.2),
    Page("manager's page", "/feedback/unit", 1.2),
    Page("help on anonymity", "/help/anonymity"),
    Page("live check, unchanged (304)", "/pairs/{pair}/version", 2.0, against=BARE, unchanged=True),
)

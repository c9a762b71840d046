"""How does the bar above every page look? Drawn once for each person, and kept under everything that it shows."""

from flask import Flask, request
from markupsafe import Markup

from peerapp.recent import Recent
from peerapp.rendering import rendered
from peerapp.web import shell

PLACES = {  # which entry of the bar a page belongs to, by its blueprint
    **{each: each for each in ("home", "board", "directory", "notices")},
    **dict.fromkeys(
        ("rounds", "round_drafts", "round_people", "round_opening", "answering", "results", "managing"), "feedback"
    ),
    **dict.fromkeys(("programme", "people_admin", "imports"), "programme"),
    **dict.fromkeys(("system", "roles"), "installation"),
}
_bars: Recent[Markup] = Recent(512)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["header"] = header


def header(sends: str) -> Markup:
    """The bar, with the place marked where this page is; `sends` is "no" where no form may send anything."""
    frame, person = shell(), shell().person
    shown = {
        "place": PLACES.get(request.blueprint or "", ""),
        "pair_here": (request.view_args or {}).get("pair_id"),
        "is_index": request.endpoint == "rounds.index",
        "sends": sends,
    }
    who = (person.id, person.name) if person else None
    key = (who, frame.pairs, frame.notices, frame.coordinates, frame.administers, frame.language, *shown.values())
    return _bars.get((*key, request.script_root), lambda: rendered("_header.html", **{"shell": frame, **shown}))

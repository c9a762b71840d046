"""How does the directory look? Cards, and the page around them, drawn once for all that they show and kept while asked for.

The key is everything that is shown, so nobody gets what they could not have drawn from what they may read.
"""

from typing import Any
from uuid import UUID

from flask import current_app, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from peerapp.queries.colleagues import Colleague
from peerapp.queries.directory import Found, Wish
from peerapp.queries.suggestions import Suggestions
from peerapp.recent import Recent
from peerapp.rules.areas import Area
from peerapp.whole import Part

Where = tuple[str, str]
_cards: Recent[Markup] = Recent(3_000)
_pages: Recent[Part] = Recent(64)


def everybody(wish: Wish, found: Found, suggestions: Suggestions | None, units: tuple[tuple[UUID, str], ...]) -> Part:
    """Who is suggested, the search form, and a page of people."""
    where = (request.script_root, str(get_locale()))

    def drawn() -> Part:
        html = render_template(
            "directory/_everybody.html",
            wish=wish,
            found=found,
            suggestions=suggestions,
            units=units,
            areas=tuple(Area),
            card=lambda someone: _card(someone, where),
        )
        return Part(html.encode())

    return _pages.get((wish, found, suggestions, units, where), drawn)


def _card(someone: Colleague, where: Where) -> Markup:
    """One colleague."""
    return _cards.get((someone, where), lambda: _macro("_card", someone))


def _macro(name: str, *values: Any) -> Markup:
    module: Any = current_app.jinja_env.get_template(f"directory/{name}.html").module
    drawn: Markup = getattr(module, name.removeprefix("_"))(*values)
    return drawn

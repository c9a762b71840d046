"""How does the directory look? Cards, and the page around them, drawn once for all that they show and kept while asked for.

The key is everything that is shown, so nobody gets what they could not have drawn from what they may read.
"""

from uuid import UUID

from flask import request
from flask_babel import get_locale
from markupsafe import Markup

from peerapp.queries.colleagues import Colleague
from peerapp.queries.directory import Found, Wish
from peerapp.queries.suggestions import Suggestions
from peerapp.recent import Recent
from peerapp.rendering import macro, rendered
from peerapp.rules.areas import Area
from peerapp.whole import Part

Where = tuple[str, str]
_cards: Recent[Markup] = Recent(3_000)
_pages: Recent[Part] = Recent(64)


def everybody(wish: Wish, found: Found, suggestions: Suggestions | None, units: tuple[tuple[UUID, str], ...]) -> Part:
    """Who is suggested, the search form, and a page of people."""
    where = (request.script_root, str(get_locale()))

    def drawn() -> Part:
        html = rendered(
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
    return _cards.get((someone, where), lambda: macro("directory/_card.html", "card", someone))

"""How does the directory look? Cards and the search form, drawn once for all that they show and kept while asked for.

The key is everything that stands on a card, so nobody gets one that they could not have drawn from what they may read.
"""

from typing import Any
from uuid import UUID

from flask import current_app, request
from flask_babel import get_locale
from markupsafe import Markup

from peerapp.queries.colleagues import Colleague
from peerapp.queries.directory import Wish
from peerapp.recent import Recent
from peerapp.rules.areas import Area

_cards: Recent[Markup] = Recent(3_000)
_forms: Recent[Markup] = Recent(64)


def card(someone: Colleague) -> Markup:
    """One colleague."""
    return _cards.get((someone, *_where()), lambda: _macro("_card", someone))


def filters(wish: Wish, units: tuple[tuple[UUID, str], ...]) -> Markup:
    """The search form with what was looked for."""
    return _forms.get((wish, units, *_where()), lambda: _macro("_filters", wish, tuple(Area), units))


def _where() -> tuple[str, str]:
    return request.script_root, str(get_locale())


def _macro(name: str, *values: Any) -> Markup:
    module: Any = current_app.jinja_env.get_template(f"directory/{name}.html").module
    drawn: Markup = getattr(module, name.removeprefix("_"))(*values)
    return drawn

"""How does a board look for one of the two? HTML of its changing part, card by card.

A card is drawn once for everything it shows: after a change only that card is drawn anew.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import get_locale, gettext as _
from markupsafe import Markup

from peerapp.models import Person
from peerapp.queries import board
from peerapp.queries.board import Card, Head, Peer
from peerapp.recent import Recent
from peerapp.rules.board import COLUMN_NAMES, coverage, is_much
from peerapp.rules.goal_templates import TEMPLATE_BY_KEY
from peerapp.rules.states import Column

TO_BEGIN_WITH = ("smart", "swap", "first-90-days")

_cards: Recent[Markup] = Recent(5_000)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands above the board, and the part of the page that a change can change."""

    top: Markup
    board: Markup


def draw(head: Head, me: Person, shown: Column | None) -> Drawn:
    """`shown` is the column a phone begins with."""
    top = render_template("board/_top.html", pair=head)
    return Drawn(Markup(top), Markup(_board(head, me, shown)))  # noqa: S704 - both rendered by the environment, which escapes


def _board(head: Head, me: Person, shown: Column | None) -> str:
    cards = board.cards_of(head, me)
    context = _context(head, me)
    columns = {column: [card for card in cards if card.column == column] for column in Column}
    busy = [column for column in (Column.DOING, Column.NEXT, Column.IDEAS) if columns[column]]
    return render_template(
        "board/_board.html",
        pair=head,
        templates=[TEMPLATE_BY_KEY[key] for key in TO_BEGIN_WITH],
        columns=[
            (column, COLUMN_NAMES[column], [_card(card, context) for card in columns[column]]) for column in Column
        ],
        shown=shown or (busy[0] if busy else Column.IDEAS),
        coverage=coverage(area for card in cards for area in card.areas),
        much=_much(columns[Column.DOING], head),
        is_empty=not cards,
    )


def _context(head: Head, me: Person) -> tuple[Any, ...]:
    """All that cards show besides themselves: the base of their addresses, the two, whether they can be moved."""
    base = url_for("goals.new", pair_id=head.id).removesuffix("new")
    mine = Peer(me.id, me.name)
    return base, mine, head.partner, head.is_open, str(get_locale()), board.today_of(me).year


def _card(card: Card, context: tuple[Any, ...]) -> Markup:
    return _cards.get((card, context), partial(_draw_card, card, *context[:4]))


def _draw_card(card: Card, base: str, me: Peer, partner: Peer, is_open: bool) -> Markup:
    macro = current_app.jinja_env.get_template("board/_card.html").module.card  # type: ignore[attr-defined]  # a macro
    drawn: Markup = macro(card, base, me, partner, is_open)
    return drawn


def _much(doing: list[Card], head: Head) -> list[str]:
    """A kind word for whoever of the two has more under way than is easy."""
    said = []
    for who, count in ((who, sum(card.owner in {who, "both"} for card in doing)) for who in ("me", "you")):
        if is_much(count) and who == "me":
            said.append(_("You have %(count)s goals under way. Two at a time is easier; it is up to you.", count=count))
        elif is_much(count):
            said.append(_("%(name)s has %(count)s goals under way.", name=head.partner.first_name, count=count))
    return said

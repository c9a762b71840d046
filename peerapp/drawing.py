"""How does a board look for one of the two? HTML of the part that a change can change.

Drawn from the inside out, and each part kept under everything that it shows: after a change only that card, its
column and the frame around the columns are drawn anew, and after a line in the journal nothing is.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app, url_for
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
_columns: Recent[Markup] = Recent(1_000)
_boards: Recent[Markup] = Recent(256)


@dataclass(frozen=True, slots=True)
class Look:
    """What every card shows besides itself. `base` is the address of the pair's goals; `year` is left out of dates."""

    base: str
    me: Peer
    partner: Peer
    is_open: bool
    language: str
    year: int


def draw(head: Head, me: Person, shown: Column | None) -> Markup:
    """The board; `shown` is the column a phone begins with."""
    card_rows, today = board.card_rows_of(head, me), board.today_of(me)
    base = url_for("goals.new", pair_id=head.id).removesuffix("new")
    look = Look(base, Peer(me.id, me.name), head.partner, head.is_open, str(get_locale()), today.year)
    key = (head.id, head.state, head.overall_goal, card_rows, look, me.time_zone, today, shown)
    return _boards.get(key, lambda: _board(head, board.cards_in(card_rows, me), look, shown))


def _board(head: Head, cards: tuple[Card, ...], look: Look, shown: Column | None) -> Markup:
    columns = {column: tuple(card for card in cards if card.column == column) for column in Column}
    busy = [column for column in (Column.DOING, Column.NEXT, Column.IDEAS) if columns[column]]
    html = current_app.jinja_env.get_template("board/_board.html").render(
        pair=head,
        base=look.base,
        templates=[TEMPLATE_BY_KEY[key] for key in TO_BEGIN_WITH],
        columns=[(each, _(COLUMN_NAMES[each]), len(columns[each])) for each in Column],
        drawn=[_column(each, columns[each], look) for each in Column],
        shown=shown or (busy[0] if busy else Column.IDEAS),
        coverage=coverage(area for card in cards for area in card.areas),
        is_empty=not cards,
    )
    return Markup(html)  # noqa: S704 - rendered by the environment, which escapes


def _column(column: Column, cards: tuple[Card, ...], look: Look) -> Markup:
    def drawn() -> Markup:
        inside = [_cards.get((card, look), partial(_macro, "_card", card, look)) for card in cards]
        much = _much(cards, look.partner) if column is Column.DOING else []
        return _macro("_column", column, _(COLUMN_NAMES[column]), inside, much, look)

    return _columns.get((column, cards, look), drawn)


def _macro(name: str, *values: Any) -> Markup:
    module: Any = current_app.jinja_env.get_template(f"board/{name}.html").module
    drawn: Markup = getattr(module, name.removeprefix("_"))(*values)
    return drawn


def _much(doing: tuple[Card, ...], partner: Peer) -> list[str]:
    """A kind word for whoever of the two has more under way than is easy."""
    mine, theirs = (sum(card.owner in {who, "both"} for card in doing) for who in ("me", "you"))
    said = []
    if is_much(mine):
        said.append(_("You have %(count)s goals under way. Two at a time is easier; it is up to you.", count=mine))
    if is_much(theirs):
        said.append(_("%(name)s has %(count)s goals under way.", name=partner.first_name, count=theirs))
    return said

"""How does a board look for one of the two? HTML of the part that a change can change.

Drawn from the inside out, and each part kept under everything that it shows: after a change only that card, its
column and the frame around the columns are drawn anew, and after a line in the journal nothing is.
"""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from flask import request, url_for
from flask_babel import get_locale, gettext as _
from markupsafe import Markup

from peerapp.models import Person
from peerapp.queries import board, board_cards
from peerapp.queries.board import Head, Peer
from peerapp.queries.board_cards import Card, Found, Total
from peerapp.recent import Recent
from peerapp.rendering import a_hole, macro, rendered
from peerapp.rules import windows
from peerapp.rules.areas import Area
from peerapp.rules.board import COLUMN_NAMES, coverage, is_much
from peerapp.rules.goal_templates import TEMPLATE_BY_KEY
from peerapp.rules.states import Column
from peerapp.rules.windows import Windows
from peerapp.whole import Part

TO_BEGIN_WITH = ("smart", "swap", "first-90-days")
HOLE = a_hole()
_cards: Recent[Markup] = Recent(5_000)
_columns: Recent[Markup] = Recent(1_000)
_boards: Recent[bytes] = Recent(256)
_around: Recent[list[bytes]] = Recent(256)
_regions: Recent[Part] = Recent(256)


@dataclass(frozen=True, slots=True)
class Look:
    """What every card shows besides itself. `base` is the address of the pair's goals; `year` is left out of dates."""

    base: str
    me: Peer
    partner: Peer
    is_open: bool
    language: str
    year: int


@dataclass(frozen=True, slots=True)
class View:
    """What somebody wants to see: the column a phone begins with, so many cards of each, and one wherever it stands."""

    shown: Column | None
    windows: Windows
    named: UUID | None


def region(head: Head, me: Person, view: View, tag: str) -> Part:
    """The board with what stands around it; `tag` names all that it shows."""

    def drawn() -> Part:
        around = (head.id, head.is_open, head.partner.first_name, request.script_root)
        before, version_ends, tag_ends, after = _around.get(around, lambda: _frame_of(head))
        at, board_now = f"{head.version}".encode(), _draw(head, me, view)
        return Part(b"".join((before, at, version_ends, tag.encode(), tag_ends, board_now, after)))

    return _regions.get((tag, view.shown), drawn)


def _frame_of(head: Head) -> list[bytes]:
    """What stands around every board of this pair, cut where its version, its tag and the board are filled in."""
    frame = rendered("board/_region.html", pair=head, version=HOLE, tag=HOLE, drawn=HOLE)
    return frame.encode().split(HOLE.encode())


def _draw(head: Head, me: Person, view: View) -> bytes:
    found, today = board_cards.found_for(head, me, view.windows, view.named), board.today_of(me)
    base = url_for("goals.new", pair_id=head.id).removesuffix("new")
    look = Look(base, Peer(me.id, me.name), head.partner, head.is_open, str(get_locale()), today.year)
    key = (head.id, head.state, head.overall_goal, found, look, me.time_zone, today, view)
    return _boards.get(key, lambda: _board(head, found, board_cards.cards_in(found.cards, me), look, view))


def _board(head: Head, found: Found, cards: tuple[Card, ...], look: Look, view: View) -> bytes:
    columns = {column: tuple(card for card in cards if card.column == column) for column in Column}
    busy = [column for column in (Column.DOING, Column.NEXT, Column.IDEAS) if columns[column]]
    return rendered(
        "board/_board.html",
        pair=head,
        base=look.base,
        templates=[TEMPLATE_BY_KEY[key] for key in TO_BEGIN_WITH],
        columns=[(each, _(COLUMN_NAMES[each]), found.total(each).cards) for each in Column],
        drawn=[_column(each, columns[each], found.total(each), look, view.windows) for each in Column],
        shown=view.shown or (busy[0] if busy else Column.IDEAS),
        coverage=coverage(area for area in Area if area.value in found.areas.split(",")),
        is_empty=not cards,
    ).encode()


def _column(column: Column, cards: tuple[Card, ...], total: Total, look: Look, most: Windows) -> Markup:
    more = urlencode(windows.wider(most, column) | {"shown": column.value}) if total.cards > len(cards) else ""

    def drawn() -> Markup:
        inside = [_cards.get((card, look), partial(macro, "board/_card.html", "card", card, look)) for card in cards]
        much = _much(total, look.partner) if column is Column.DOING else []
        return macro(
            "board/_column.html", "column", column, _(COLUMN_NAMES[column]), inside, total.cards, more, much, look
        )

    return _columns.get((column, cards, total, more, look), drawn)


def _much(doing: Total, partner: Peer) -> list[str]:
    """A kind word for whoever of the two has more under way than is easy."""
    said = []
    if is_much(doing.mine):
        said.append(
            _("You have %(count)s goals under way. Two at a time is easier; it is up to you.", count=doing.mine)
        )
    if is_much(doing.theirs):
        said.append(_("%(name)s has %(count)s goals under way.", name=partner.first_name, count=doing.theirs))
    return said

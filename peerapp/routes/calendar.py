"""How do sessions get into somebody's own calendar without mail: one as a file, or all of them at a private address?"""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext as _

from peerapp import clock, later
from peerapp.access import public, viewer
from peerapp.actions import feeds
from peerapp.actions.invitations import entry_of, organizer
from peerapp.queries.calendars import feed_of, reader_of, sessions_of
from peerapp.queries.sessions import session_of
from peerapp.rules.in_turns import SessionKind
from peerapp.web import page, say_done

bp = Blueprint("calendar", __name__)


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """For calendar programs: whoever holds the address needs no sign-in."""
    reader = reader_of(token) or abort(404)
    now = clock.now()
    entries = [entry_of(session, reader, partner) for session, partner in sessions_of(reader, now)]
    with force_locale(reader.language):
        name = _("Peer sessions")
    return _calendar(later.calendars.published(entries, organizer(), now, name))


@bp.get("/pairs/<uuid:pair_id>/sessions/<uuid:session_id>/session.ics")
def download(pair_id: UUID, session_id: UUID) -> ResponseReturnValue:
    session = session_of(viewer(), pair_id, session_id)
    if session.kind is SessionKind.TURNS:
        abort(404)
    entry = entry_of(session, viewer(), session.pair.partner_of(viewer()).name)
    response = _calendar(later.calendars.published([entry], organizer(), clock.now()))
    response.headers["Content-Disposition"] = "attachment; filename=session.ics"
    return response


@bp.get("/settings/calendar")
def show() -> ResponseReturnValue:
    own = feed_of(viewer())
    return page("settings/calendar.html", feed=own, address=feeds.address(own) if own else "")


@bp.post("/settings/calendar")
def make() -> ResponseReturnValue:
    """Make an address, or another one in its place."""
    feeds.make(viewer())
    say_done(_("Your calendar has a new address."))
    return redirect(url_for("calendar.show"), 303)


@bp.post("/settings/calendar/remove")
def remove() -> ResponseReturnValue:
    feeds.end(viewer())
    say_done(_("The address no longer works."))
    return redirect(url_for("calendar.show"), 303)


def _calendar(text: str) -> Response:
    return Response(text, content_type="text/calendar; charset=utf-8")

"""How do both calendars hear of a session: a mail to each of the two that puts it in, moves it, or takes it out?

Each gets it in their language and on their clock. Who has changed something gets a letter only for the calendar; the other
one a notice, too. Somebody who has left gets nothing.
"""

from email.utils import parseaddr

from flask import current_app
from flask_babel import force_locale, gettext as _

from peerapp import clock, later, notice_words
from peerapp.actions.notices import address_of, tell, write
from peerapp.calendar_entries import Entry, Guest
from peerapp.models import Person, Session
from peerapp.rules.names import first_name
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import Value, a_moment
from peerapp.rules.states import SessionState
from peerapp.rules.words import N_

TO_ONESELF = {
    NoticeKind.SESSION_PLANNED: N_("Your session with %(name)s: %(time)s."),
    NoticeKind.SESSION_MOVED: N_("Your session with %(name)s is now on %(time)s."),
    NoticeKind.SESSION_CHANGED: N_("Your session with %(name)s on %(time)s has another length or place."),
    NoticeKind.SESSION_CANCELLED: N_("Your session with %(name)s on %(time)s is cancelled."),
}
RESTS = N_("While you pause, your session with %(name)s on %(time)s is out of your calendar.")
STANDS_AGAIN = N_("You go on, so your session with %(name)s on %(time)s is in your calendar again.")


def send(session: Session, by: Person | None, kind: NoticeKind) -> None:
    """Invite both of the two. `by` is who did it, if it was one of them."""
    for member in session.pair.members:
        person, partner = member.person, session.pair.partner_of(member.person)
        if not person.is_active:
            continue
        calendar = _invitation(session, person, by)
        name, time = partner.first_name, a_moment(session.planned_for, partner.time_zone)
        if by and by.id == partner.id:
            tell(person, kind, path_of(session), calendar=calendar, name=name, time=time)
        else:
            _write(person, TO_ONESELF[kind], path_of(session), calendar, name=name, time=time)


def send_again(session: Session, by: Person | None, kind: NoticeKind) -> None:
    """The same for an entry that both have already: calendars know the newest by its number."""
    session.sequence += 1
    send(session, by, kind)


def take_out(session: Session) -> None:
    """Their pair pauses: out of both calendars, with a letter and no notice, for the pause has one."""
    session.sequence += 1
    _write_to_both(session, RESTS)


def put_back(session: Session) -> None:
    """They go on before its day has come: into both calendars again."""
    session.sequence += 1
    _write_to_both(session, STANDS_AGAIN)


def _write_to_both(session: Session, sentence: str) -> None:
    for member in session.pair.members:
        person, partner = member.person, session.pair.partner_of(member.person)
        if person.is_active:
            _write(
                person,
                sentence,
                path_of(session),
                _invitation(session, person, None),
                name=partner.first_name,
                time=a_moment(session.planned_for, partner.time_zone),
            )


def entry_of(session: Session, person: Person, partner_name: str) -> Entry:
    """The session as this one of the two finds it in the calendar: with whom, when and where, and not what about."""
    with force_locale(person.language):
        return Entry(
            uid=str(session.id),
            sequence=session.sequence,
            summary=_("Session with %(name)s", name=first_name(partner_name)),
            description=(_("Board, agenda and journal:"), address_of(path_of(session))),
            place=session.place,
            url=address_of(path_of(session)),
            begins=session.planned_for,
            minutes=session.minutes,
            zone=person.time_zone,
            is_cancelled=session.state is SessionState.CANCELLED or session.rests_since is not None,
        )


def organizer() -> str:
    """The bare address that our mails come from."""
    mail_from: str = current_app.config["PEERAPP"].mail_from
    return parseaddr(mail_from)[1]


def path_of(session: Session) -> str:
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


def _invitation(session: Session, person: Person, by: Person | None) -> str:
    partner = session.pair.partner_of(person)
    guests = (
        Guest(each.name, each.email, has_said_yes=by is not None and each.id == by.id) for each in (person, partner)
    )
    return later.calendars.invitation(entry_of(session, person, partner.name), organizer(), guests, clock.now())


def _write(person: Person, words: str, path: str, calendar: str, **values: Value) -> None:
    with force_locale(person.language):
        sentence = _(words, **notice_words.in_words(values, person.time_zone))
        hello = _("Hello %(name)s,", name=person.first_name)
        write(person, sentence, f"{hello}\n\n{sentence}\n\n{address_of(path)}\n", calendar)

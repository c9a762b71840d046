"""What may a notice be about, and how does it say so? The same sentence stands on the page and in the mail's subject."""

from collections.abc import Mapping
from enum import StrEnum

from peerapp.rules.words import N_


class NoticeKind(StrEnum):
    REQUEST_SENT = "request_sent"
    REQUEST_ACCEPTED = "request_accepted"
    REQUEST_LATER = "request_later"
    REQUEST_DECLINED = "request_declined"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_LAPSED = "request_lapsed"
    CHARTER_SIGNED = "charter_signed"
    PAIR_STARTED = "pair_started"
    PAIR_ENDED = "pair_ended"
    CHARTER_CHANGED = "charter_changed"
    RHYTHM_CHANGED = "rhythm_changed"
    PAIR_PAUSED = "pair_paused"
    PAIR_RESUMED = "pair_resumed"
    PAUSE_OVER = "pause_over"
    ACTION_FOR_YOU = "action_for_you"
    PARTNER_LEFT = "partner_left"
    MATCH_FOUND = "match_found"
    GOAL_TO_CONFIRM = "goal_to_confirm"
    SESSION_PLANNED = "session_planned"
    SESSION_MOVED = "session_moved"
    SESSION_CHANGED = "session_changed"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_MISSED = "session_missed"
    TURN_YOURS = "turn_yours"
    TURN_ENDS = "turn_ends"
    TURN_AGAIN = "turn_again"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name, not a password
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105 - a name, not a password
    EMAIL_PROPOSED = "email_proposed"
    EMAIL_CHANGED = "email_changed"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    ROUND_ASKED = "round_asked"
    ROUND_REMINDER = "round_reminder"
    ROUND_RELEASED = "round_released"
    ROUND_WITHHELD = "round_withheld"
    ROUND_SPOILED = "round_spoiled"
    ROUND_NOT_OPENED = "round_not_opened"
    ROUND_NEXT = "round_next"
    ROUND_SHOWN = "round_shown"


SENTENCES: Mapping[NoticeKind, str] = {
    NoticeKind.REQUEST_SENT: N_("%(name)s would like to be peers with you."),
    NoticeKind.REQUEST_ACCEPTED: N_("%(name)s said yes. Sign the charter together, and your board opens."),
    NoticeKind.REQUEST_LATER: N_("%(name)s would like to come back to your request on %(day)s."),
    NoticeKind.REQUEST_DECLINED: N_("%(name)s cannot take on another pair just now."),
    NoticeKind.REQUEST_WITHDRAWN: N_("%(name)s has withdrawn the request."),
    NoticeKind.REQUEST_LAPSED: N_("Your request to %(name)s has lapsed. You can ask somebody else."),
    NoticeKind.CHARTER_SIGNED: N_("%(name)s has signed the charter."),
    NoticeKind.PAIR_STARTED: N_("You and %(name)s have both signed. Your pair has begun."),
    NoticeKind.PAIR_ENDED: N_("%(name)s has ended your pair. Your board and journal stay readable."),
    NoticeKind.CHARTER_CHANGED: N_("%(name)s changed a line of your charter. Please read and sign it."),
    NoticeKind.RHYTHM_CHANGED: N_("%(name)s changed how often or how long you meet. Have a look."),
    NoticeKind.PAIR_PAUSED: N_(
        "%(name)s has paused your pair until %(day)s. Nothing is lost, and either of you can go on."
    ),
    NoticeKind.PAIR_RESUMED: N_("%(name)s is ready to go on with your pair."),
    NoticeKind.PAUSE_OVER: N_("The pause is over: you and %(name)s go on."),
    NoticeKind.ACTION_FOR_YOU: N_("%(name)s noted something for you to do."),
    NoticeKind.PARTNER_LEFT: N_("%(name)s has left the company. Your board and journal stay readable."),
    NoticeKind.MATCH_FOUND: N_("There is a colleague now whose skills meet yours. Have a look."),
    NoticeKind.GOAL_TO_CONFIRM: N_("%(name)s says a goal of you both is done. Do you agree?"),
    NoticeKind.SESSION_PLANNED: N_("%(name)s planned a session with you: %(time)s."),
    NoticeKind.SESSION_MOVED: N_("%(name)s moved your session. It is now on %(time)s."),
    NoticeKind.SESSION_CHANGED: N_("%(name)s changed the length or the place of your session on %(time)s."),
    NoticeKind.SESSION_CANCELLED: N_("%(name)s cancelled your session on %(time)s."),
    NoticeKind.SESSION_MISSED: N_("Your session with %(name)s did not take place. Pick a new date when it suits you."),
    NoticeKind.TURN_YOURS: N_(
        "%(name)s handed the turn to you in your session by writing. It is yours until %(time)s."
    ),
    NoticeKind.TURN_ENDS: N_(
        "Your turn in the session by writing with %(name)s is still open, until %(time)s. A few lines are enough."
    ),
    NoticeKind.TURN_AGAIN: N_(
        "Your session by writing with %(name)s still has room for your words, until %(time)s. Or hand the turn on."
    ),
    NoticeKind.PASSWORD_CHANGED: N_("Your password was changed."),
    NoticeKind.PASSWORD_LINK_MADE: N_("Somebody who runs peerapp made a link to set a new password for you."),
    NoticeKind.EMAIL_PROPOSED: N_("The people file has a new e-mail address for you. Please confirm it."),
    NoticeKind.EMAIL_CHANGED: N_("Your e-mail address was changed."),
    NoticeKind.ROLE_GIVEN: N_("You were given the role of %(role)s."),
    NoticeKind.ROLE_TAKEN: N_("You no longer have the role of %(role)s."),
    NoticeKind.ROUND_ASKED: N_("%(name)s asks for your view: “%(title)s”. Nobody can see what you answer."),
    NoticeKind.ROUND_REMINDER: N_(
        "%(name)s reminds everybody who was asked: “%(title)s”. Nobody knows who has answered already."
    ),
    NoticeKind.ROUND_RELEASED: N_("The result is out: “%(title)s”."),
    NoticeKind.ROUND_WITHHELD: N_("Too few people answered, so nothing is shown and nothing is kept: “%(title)s”."),
    NoticeKind.ROUND_SPOILED: N_("This round ended without a result, and its answers are gone: “%(title)s”."),
    NoticeKind.ROUND_NOT_OPENED: N_("It could not be opened, so nobody was asked: “%(title)s”."),
    NoticeKind.ROUND_NEXT: N_("%(name)s has written what happens next: “%(title)s”."),
    NoticeKind.ROUND_SHOWN: N_("%(name)s shows you a result: “%(title)s”."),
}

OF_AN_OPEN_ROUND = frozenset({NoticeKind.ROUND_ASKED, NoticeKind.ROUND_REMINDER})

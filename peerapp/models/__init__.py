"""Every table, so that migrations and tests see all of them."""

from peerapp.models.calendars import CalendarFeed
from peerapp.models.changes import About, Change, ChangeKind, PrivateWording
from peerapp.models.goals import Comment, Goal, GoalArea, GoalConfirmation, GoalEvent, Step
from peerapp.models.imports import Import, ImportChange
from peerapp.models.journal import Action, AgendaPoint, Decision, NoteBlock, PrivateNote, Session, SessionMove
from peerapp.models.notices import Lease, Letter, Notice, Submission
from peerapp.models.pairs import Membership, Pair
from peerapp.models.people import Person, RoleGrant, Unit
from peerapp.models.presence import Presence
from peerapp.models.profiles import Block, SearchWord, Skill, Story, StyleChoice, Suggestion
from peerapp.models.requests import Request
from peerapp.models.rounds import (
    ReleaseSerials,
    RollEntry,
    Round,
    RoundKey,
    RoundPart,
    RoundReader,
    RoundRelease,
)
from peerapp.models.session_frame import Guess, SessionFrame, SessionNeed, SessionTurn
from peerapp.models.signins import OneTimeLink, SignIn, SignInTry

__all__ = [
    "About",
    "Action",
    "AgendaPoint",
    "Block",
    "CalendarFeed",
    "Change",
    "ChangeKind",
    "Comment",
    "Decision",
    "Goal",
    "GoalArea",
    "GoalConfirmation",
    "GoalEvent",
    "Guess",
    "Import",
    "ImportChange",
    "Lease",
    "Letter",
    "Membership",
    "NoteBlock",
    "Notice",
    "OneTimeLink",
    "Pair",
    "Person",
    "Presence",
    "PrivateNote",
    "PrivateWording",
    "ReleaseSerials",
    "Request",
    "RoleGrant",
    "RollEntry",
    "Round",
    "RoundKey",
    "RoundPart",
    "RoundReader",
    "RoundRelease",
    "SearchWord",
    "Session",
    "SessionFrame",
    "SessionMove",
    "SessionNeed",
    "SessionTurn",
    "SignIn",
    "SignInTry",
    "Skill",
    "Step",
    "Story",
    "StyleChoice",
    "Submission",
    "Suggestion",
    "Unit",
]

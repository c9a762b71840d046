"""For whom is a route there, and what does somebody in a role get from it?"""

from enum import StrEnum


class Scope(StrEnum):
    """For whom a route is there at all."""

    PUBLIC = "everybody, signed in or not"
    LINK = "whoever holds a link that still works"
    SIGNED_IN = "everybody who is signed in"
    COLLEAGUE = "everybody who is signed in, about somebody who works here"
    PAIR = "the two of the pair, also after its end"
    OPEN_PAIR = "the two of the pair until it ends"
    AUTHOR = "the one of the two who wrote it"
    DOER = "the one of the two who did it, until the pair ends"
    WRITER = "the one who alone reads it, until the pair ends"
    OWNER = "the person it belongs to"
    OWN_LINK = "the person whom the link was sent to, until it is used"
    ASKED = "who asked and who was asked"
    RECEIVER = "who was asked"
    SENDER = "who asked"
    DRAFT = "who asks, until the round is opened"
    ROUND = "who asks, who is asked and who reads"
    ON_ROLL = "who is asked"
    RESULT = "who asks and who reads, once there is a result"
    SHOWN_TO = "who asks, about somebody to whom the result may be shown"
    MANAGERS = "to whom somebody reports"
    COORDINATOR = "coordinators"
    COORDINATOR_YET = "coordinators, until it is done"
    ADMINISTRATOR = "administrators"


class Role(StrEnum):
    VISITOR = "visitor"
    STRANGER = "stranger"
    MEMBER = "member"
    PARTNER = "partner"
    FORMER = "former partner"
    MANAGER = "manager of the unit"
    OTHER_MANAGER = "manager of another"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    DEACTIVATED = "deactivated"


class Kind(StrEnum):
    """Whose object the ids in the path name."""

    OWN = "own"
    FOREIGN = "foreign"
    ENDED = "ended"
    MISSING = "missing"
    MIXED = "own parent, foreign child"
    GRANDCHILD = "own parent and child, foreign grandchild"
    COUSIN = "own parent, another child of it, own grandchild"
    SWAPPED = "foreign parent, own child"


class Gets(StrEnum):
    IN = "gets in"
    SIGN_IN = "is asked to sign in"
    NOTHING = "finds nothing (404)"
    NOT_NOW = "may see, not do (403)"


OUTSIDE = {Role.VISITOR, Role.DEACTIVATED}
OPEN = {Scope.PUBLIC, Scope.LINK}
ANY_KIND, WORKING, EVER = set(Kind), set(Kind) - {Kind.ENDED, Kind.MISSING}, {Kind.OWN, Kind.ENDED}


def _each(kinds: set[Kind], roles: set[Role]) -> dict[Kind, set[Role]]:
    return dict.fromkeys(kinds, roles)


TWO = {Kind.OWN: {Role.MEMBER, Role.PARTNER}, Kind.ENDED: {Role.MEMBER, Role.FORMER}}
FIRST = _each(EVER, {Role.MEMBER})
ASKED = _each(EVER, {Role.MEMBER, Role.FORMER})  # a former partner asks the member again
HOLDERS: dict[Scope, dict[Kind, set[Role]]] = {
    Scope.PUBLIC: _each(ANY_KIND, set(Role)),
    Scope.LINK: _each(WORKING, set(Role)),
    Scope.SIGNED_IN: _each(ANY_KIND, set(Role)),
    Scope.COLLEAGUE: _each(WORKING, set(Role)),
    Scope.PAIR: TWO,
    Scope.OPEN_PAIR: {Kind.OWN: TWO[Kind.OWN]},
    Scope.AUTHOR: FIRST,
    Scope.DOER: {Kind.OWN: FIRST[Kind.OWN]},
    Scope.WRITER: {Kind.OWN: FIRST[Kind.OWN]},
    Scope.OWNER: FIRST,
    Scope.OWN_LINK: {Kind.OWN: FIRST[Kind.OWN]},
    Scope.ASKED: ASKED,
    Scope.RECEIVER: FIRST,
    Scope.SENDER: _each(EVER, {Role.FORMER}),
    Scope.DRAFT: {Kind.OWN: FIRST[Kind.OWN]},
    Scope.ROUND: _each(EVER, {Role.MEMBER, Role.PARTNER, Role.MANAGER}),
    Scope.ON_ROLL: FIRST,
    Scope.RESULT: _each(EVER, {Role.MEMBER, Role.MANAGER}),
    Scope.SHOWN_TO: {Kind.OWN: FIRST[Kind.OWN]},
    Scope.MANAGERS: _each(ANY_KIND, {Role.MANAGER, Role.OTHER_MANAGER}),
    Scope.COORDINATOR: _each(ANY_KIND, {Role.COORDINATOR}),
    Scope.COORDINATOR_YET: _each(WORKING, {Role.COORDINATOR}),
    Scope.ADMINISTRATOR: _each(ANY_KIND, {Role.ADMINISTRATOR}),
}
SEERS: dict[Scope, dict[Kind, set[Role]]] = {
    Scope.OPEN_PAIR: TWO,
    Scope.AUTHOR: TWO,
    Scope.DOER: TWO,
    Scope.WRITER: FIRST,
    Scope.DRAFT: FIRST,
    Scope.RECEIVER: ASKED,
    Scope.SENDER: ASKED,
}


def gets(scope: Scope, role: Role, kind: Kind) -> Gets:
    """What somebody in this role gets from a route of this scope, for this kind of object."""
    if role in OUTSIDE and scope not in OPEN:
        return Gets.SIGN_IN
    if role in HOLDERS[scope].get(kind, set()):
        return Gets.IN
    return Gets.NOT_NOW if role in SEERS.get(scope, {}).get(kind, set()) else Gets.NOTHING

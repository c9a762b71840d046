"""Every route, every role, and what each gets. A route without a line here fails the build.

`python -m tests.house.table` prints the whole table.
"""

from enum import StrEnum


class Scope(StrEnum):
    """For whom a route is there at all."""

    PUBLIC = "everybody, signed in or not"
    SIGNED_IN = "everybody who is signed in"
    PAIR = "the two of the pair"
    OWNER = "the person it belongs to"
    COORDINATOR = "coordinators"
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
    SWAPPED = "foreign parent, own child"


class Gets(StrEnum):
    IN = "gets in"
    SIGN_IN = "is asked to sign in"
    NOTHING = "finds nothing (404)"
    NOT_NOW = "may see, not do (403)"


OUTSIDE = {Role.VISITOR, Role.DEACTIVATED}
HOLDERS = {
    Kind.OWN: {Role.MEMBER, Role.PARTNER},
    Kind.ENDED: {Role.MEMBER, Role.FORMER},
}
OWNERS = {Kind.OWN: {Role.MEMBER}, Kind.ENDED: {Role.MEMBER}}


def gets(scope: Scope, role: Role, kind: Kind) -> Gets:
    """What somebody in this role gets from a route of this scope, for this kind of object."""
    if scope is Scope.PUBLIC:
        return Gets.IN
    if role in OUTSIDE:
        return Gets.SIGN_IN
    if scope is Scope.SIGNED_IN:
        return Gets.IN
    if scope is Scope.COORDINATOR:
        return Gets.IN if role is Role.COORDINATOR else Gets.NOTHING
    if scope is Scope.ADMINISTRATOR:
        return Gets.IN if role is Role.ADMINISTRATOR else Gets.NOTHING
    holders = OWNERS if scope is Scope.OWNER else HOLDERS
    return Gets.IN if role in holders.get(kind, set()) else Gets.NOTHING


ROUTES: dict[str, Scope] = {
    "health.show": Scope.PUBLIC,
    "static": Scope.PUBLIC,
    "help.show": Scope.PUBLIC,
    "help.keyboard": Scope.PUBLIC,
    # coming in
    "first.show": Scope.PUBLIC,
    "first.make": Scope.PUBLIC,
    "signin.show": Scope.PUBLIC,
    "signin.begin": Scope.PUBLIC,
    "signin.end": Scope.PUBLIC,
    "forgotten.show": Scope.PUBLIC,
    "forgotten.send": Scope.PUBLIC,
    "forgotten.sent": Scope.PUBLIC,
    "link.show": Scope.PUBLIC,
    "link.use": Scope.PUBLIC,
    # oneself
    "home.show": Scope.SIGNED_IN,
    "settings.show": Scope.SIGNED_IN,
    "settings.save": Scope.SIGNED_IN,
    "settings.language": Scope.PUBLIC,
    "settings.theme": Scope.PUBLIC,
    "emails.show": Scope.SIGNED_IN,
    "emails.ask": Scope.SIGNED_IN,
    "emails.confirm": Scope.SIGNED_IN,
    "emails.refuse": Scope.SIGNED_IN,
    "emails.send": Scope.SIGNED_IN,
    "sign_ins.show": Scope.SIGNED_IN,
    "sign_ins.password": Scope.SIGNED_IN,
    "sign_ins.change_password": Scope.SIGNED_IN,
    "sign_ins.end": Scope.OWNER,
    "sign_ins.end_others": Scope.SIGNED_IN,
    # the installation
    "system.show": Scope.ADMINISTRATOR,
    "system.test_mail": Scope.ADMINISTRATOR,
    "roles.show": Scope.ADMINISTRATOR,
    "roles.give": Scope.ADMINISTRATOR,
    "roles.take": Scope.ADMINISTRATOR,
}


def main() -> None:
    print("| route |", " | ".join(Role), "|")
    print("|---" * (len(Role) + 1) + "|")
    for endpoint, scope in ROUTES.items():
        cells = [gets(scope, role, Kind.OWN) for role in Role]
        print(f"| {endpoint} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()

"""`peerapp roles`: who coordinates and who administers, from the command line."""

import click

from peerapp.actions import roles as acts
from peerapp.commands.running import Stopped, in_app
from peerapp.models import Person
from peerapp.models.people import Role
from peerapp.queries.accounts import account_of, role_holders
from peerapp.rules.addresses import normal_email
from peerapp.rules.refusal import Refusal

ROLE = click.Choice([role.value for role in Role])


@click.group()
def roles() -> None:
    """Name coordinators and administrators."""


@roles.command("list")
@in_app
def show() -> None:
    """Who holds which role."""
    for role, person in role_holders():
        click.echo(f"{role.value:<14} {person.email:<40} {person.name}")


@roles.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@in_app
def give(email: str, role: str) -> None:
    """Give somebody a role. The person is told, and signs in again."""
    person = _person(email)
    given = acts.give(person, Role(role), by=None)
    click.echo(f"{person.name} is {role} now." if given else f"{person.name} was {role} already.")


@roles.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@in_app
def take(email: str, role: str) -> None:
    """Take a role back. The person is told, and signs in again."""
    person = _person(email)
    taken = acts.take(person, Role(role), by=None)
    if isinstance(taken, Refusal):
        raise Stopped(str(taken))
    click.echo(f"{person.name} is not {role} any more." if taken else f"{person.name} was not {role}.")


def _person(email: str) -> Person:
    person = account_of(normal_email(email) or "")
    if person is None:
        raise Stopped(f"Nobody here has the address {email}.")
    return person

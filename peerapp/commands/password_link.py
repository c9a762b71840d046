"""`peerapp password-link EMAIL`: a way in for somebody whose mail does not work."""

import click

from peerapp.actions import links
from peerapp.actions.notices import tell
from peerapp.commands.running import Stopped, in_app
from peerapp.models.signins import LinkPurpose
from peerapp.queries.accounts import account_of
from peerapp.rules.addresses import normal_email
from peerapp.rules.notice_kinds import NoticeKind


@click.command("password-link")
@click.argument("email")
@in_app
def password_link(email: str) -> None:
    """Print a one-time link to set a password. The person is told that it was made."""
    person = account_of(normal_email(email) or "")
    if person is None:
        raise Stopped(f"Nobody here has the address {email}. Look at the people file that was brought in last.")
    address = links.make(person, LinkPurpose.RESET_PASSWORD)
    tell(person, NoticeKind.PASSWORD_LINK_MADE, "/settings/sign-ins")
    click.echo(f"This link works once, for an hour, for {person.name}:\n{address}")

"""How does the demo company come into being? Once, in an empty folder; all its people and their stories are loaded then (later.py)."""

import click

from peerapp.db import db
from peerapp.demo import company, rounds
from peerapp.passwords import passwords


def found(password: str) -> None:
    """Everybody gets this password."""
    click.echo("Hiring forty people ...")
    company.build(passwords().hashed(password))
    db.session.commit()
    click.echo("Asking around ...")
    rounds.build()

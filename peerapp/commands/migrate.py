"""`peerapp migrate`: bring the database to the schema of this version."""

import click

from peerapp import migrate as migrations
from peerapp.commands.running import in_app


@click.command()
@in_app
def migrate() -> None:
    """Bring the database up to date; harmless when it is."""
    before = migrations.present()
    migrations.to_newest()
    now = migrations.present()
    click.echo(f"The database was up to date ({now})." if before == now else f"The database is now at {now}.")

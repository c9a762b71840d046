"""`peerapp migrate`: bring the database to the schema of this version."""

import click

from peerapp import migrate as migrations
from peerapp.commands.running import in_app_of_any_schema


@click.command()
@in_app_of_any_schema
def migrate() -> None:
    """Bring the database up to date; harmless when it is."""
    before = migrations.present()
    migrations.to_newest()
    now = migrations.present()
    click.echo(f"The database was up to date ({now})." if before == now else f"The database is now at {now}.")

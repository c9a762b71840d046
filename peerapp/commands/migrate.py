"""`peerapp migrate`: bring the database to the schema of this version."""

import click

from peerapp import guards as the_guards, migrate as migrations
from peerapp.commands.running import in_app_of_any_schema


@click.command()
@click.option("--guards", is_flag=True, help="Make the triggers again that keep open rounds and releases as they are.")
@in_app_of_any_schema
def migrate(*, guards: bool) -> None:
    """Bring the database up to date; harmless when it is."""
    before = migrations.present()
    migrations.to_newest()
    now = migrations.present()
    if guards:
        the_guards.make_again()
        click.echo("The guards of open rounds and releases are in place.")
    click.echo(f"The database was up to date ({now})." if before == now else f"The database is now at {now}.")

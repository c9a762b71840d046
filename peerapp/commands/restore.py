"""`peerapp restore FILE`: a backup becomes the database again; also the way from SQLite to PostgreSQL."""

from pathlib import Path

import click

from peerapp.backup import restoring
from peerapp.backup.manifest import BackupError, Manifest
from peerapp.commands.backup import summary
from peerapp.commands.running import Stopped, in_app_of_any_schema
from peerapp.queries.accounts import has_administrator

NOBODY = (
    "Nobody in it is an administrator: start peerapp now, which prints a new code for the first page; where it runs, "
    "start it again. Or give the role with: peerapp roles give ADDRESS administrator"
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Replace what the database holds now; asks first.")
@in_app_of_any_schema
def restore(file: Path, *, replace: bool) -> None:
    """Put the backup FILE into an empty database. Stop peerapp first."""
    try:
        manifest = restoring.read(file)
        _ask(restoring.people_here(), manifest, replace=replace)
        restoring.restore(file, manifest)
    except BackupError as error:
        raise Stopped(str(error)) from None
    click.echo(f"Restored from {file}: {summary(manifest)}.")
    click.echo("Everybody signs in again, with the password of that day. A code for the first page is void now.")
    click.echo("Start peerapp now." if has_administrator() else NOBODY)


def _ask(people: int, manifest: Manifest, *, replace: bool) -> None:
    """Somebody types what will be gone, or nothing happens."""
    if people and not replace:
        raise Stopped(f"The database holds {people:,} people already. Add --replace if all of it may go.")
    if people:
        click.echo(f"In the backup: {summary(manifest)}.")
        words = f"replace {people} people"
        if click.prompt(f"Everything that is in the database now goes for good. To go on, type: {words}\n") != words:
            raise Stopped("Nothing was changed.")

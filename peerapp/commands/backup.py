"""`peerapp backup FILE`: everything into one file, while people work. See peerapp/backup/ for what that is."""

from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from peerapp import jobs
from peerapp.backup import writing
from peerapp.backup.manifest import BackupError, Manifest
from peerapp.commands.running import Stopped, in_app_of_any_schema
from peerapp.queries.system import BACKUP

KEEP_IT = (
    "Everything people typed is in it, private notes and password hashes included: whoever has the file can read it."
)
NOT_IN_IT = (
    "Not in it: sign-ins, one-time links, letters on their way (everybody signs in again after a restore); peerapp.toml "
    "and secret_key, which you copy yourself; open feedback rounds (ballots.sqlite), which must never be copied."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a backup of this name.")
@in_app_of_any_schema
def backup(file: Path, *, force: bool) -> None:
    """Write everything into FILE, which only you may read."""
    try:
        manifest = writing.write(file.absolute(), force=force)
    except BackupError as error:
        raise Stopped(str(error)) from None
    click.echo(f"{file}: {summary(manifest)}, {file.stat().st_size / 1024:,.0f} kB.")
    click.echo(KEEP_IT)
    click.echo(NOT_IN_IT)
    try:
        jobs.note_done(BACKUP, file.name)
    except DBAPIError:
        click.echo("(The database could not note that there is a backup now; the file is good.)", err=True)


def summary(manifest: Manifest) -> str:
    """How much is in it, of when and from which schema, on one line."""
    rows = sum(table.rows for table in manifest.tables.values())
    people = manifest.tables["person"].rows
    when = manifest.made_at.replace("T", " ")[:16]
    return f"{people:,} people, {rows:,} rows in {len(manifest.tables)} tables, {when} UTC, schema {manifest.revision}"

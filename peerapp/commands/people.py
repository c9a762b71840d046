"""`peerapp people import FILE`: bring people in from the command line, for instance every night."""

from typing import BinaryIO

import click

from peerapp import db
from peerapp.actions import import_writing, imports as actions
from peerapp.commands import people_told
from peerapp.commands.running import Stopped, in_app
from peerapp.queries.imports import Preview, preview_of
from peerapp.rules import limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_plan import Plan

SOME_LINES_WERE_WRONG = 1


@click.group()
def people() -> None:
    """Bring people in."""


@people.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what the file would do, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--deactivate", type=int, metavar="N", help="Agree that N people leave, where it is more than a tenth.")
@in_app
def import_(file: BinaryIO, dry_run: bool, yes: bool, deactivate: int | None) -> None:
    """Bring in the people of a CSV FILE (- reads from standard input) after showing what it would do.

    Exit status 0: everything is as the file says. 1: it is, but for lines that were named. 2: nothing was written.
    """
    content = file.read(limits.IMPORT_MAX_BYTES + 1)
    preview = _preview(content)
    for line in people_told.lines(preview):
        click.echo(line)
    if not dry_run and not preview.plan.changes_nothing:
        _agree(preview.plan, yes, deactivate)
        _write(content, file.name, preview)
    if preview.problems:
        raise click.exceptions.Exit(SOME_LINES_WERE_WRONG)


def _preview(content: bytes) -> Preview:
    with db.only_reading():
        preview = preview_of(content)
        db.pause()
    if isinstance(preview, Refusal):
        raise Stopped(str(preview))
    return preview


def _agree(plan: Plan, yes: bool, deactivate: int | None) -> None:
    """Ask, and ask twice where many would leave."""
    leaving = len(plan.leaving)
    if plan.asks_twice and deactivate != leaving:
        if yes or deactivate is not None:
            raise Stopped(
                f"{leaving} people would leave, more than a tenth. Add --deactivate {leaving} if that is right."
            )
        if not click.confirm(f"{leaving} people leave, more than a tenth. Is the file complete?"):
            raise Stopped("Nothing was written.")
    if not yes and not click.confirm("Write this?"):
        raise Stopped("Nothing was written.")


def _write(content: bytes, name: str, preview: Preview) -> None:
    with click.progressbar(length=import_writing.size(preview.plan), label="Writing") as bar:
        refusal = actions.bring_in(content, name, preview, bar.update)
    if refusal:
        raise Stopped(f"{refusal} Please start the command again.")
    db.pause()
    click.echo("Written. It can be undone in the browser, under Programme, Bring people in.")

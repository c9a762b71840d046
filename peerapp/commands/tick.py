"""`peerapp tick`: do what time does, once. For a timer where no `peerapp serve` runs."""

import click

from peerapp import jobs
from peerapp.commands.running import in_app


@click.command()
@in_app
def tick() -> None:
    """Let requests lapse, mark missed sessions, send letters, forget old things. Harmless as often as you like."""
    done = jobs.tick()
    if done is None:
        click.echo("Another process is doing it just now.")
        return
    click.echo(", ".join(f"{name}: {count}" for name, count in done.counts.items()))
    if done.failed:
        raise click.ClickException(f"These did not work, the log says why: {', '.join(done.failed)}.")

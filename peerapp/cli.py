"""What the administrator types: `peerapp COMMAND`. Each command is a small module in `commands/`."""

import click

from peerapp.commands import Commands
from peerapp.version import VERSION


@click.group(cls=Commands)
@click.version_option(VERSION, prog_name="peerapp")
def main() -> None:
    """Peer mentoring for the company intranet."""

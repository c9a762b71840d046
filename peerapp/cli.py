"""What the administrator types: `peerapp COMMAND`. Each command is a small module in `commands/`."""

import click

from peerapp.commands import COMMANDS
from peerapp.commands.running import PlainWords
from peerapp.version import VERSION


@click.group(cls=PlainWords)
@click.version_option(VERSION, prog_name="peerapp")
def main() -> None:
    """Peer mentoring for the company intranet."""


for command in COMMANDS:
    main.add_command(command)

"""What the administrator types: `peerapp COMMAND`."""

import click

from peerapp.version import VERSION


@click.group()
@click.version_option(VERSION, prog_name="peerapp")
def main() -> None:
    """Peer mentoring for the company intranet."""

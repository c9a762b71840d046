"""Every command, one module each; a new one is one import and one line here."""

import click

from peerapp.commands import migrate, tick

COMMANDS: tuple[click.Command, ...] = (migrate.migrate, tick.tick)

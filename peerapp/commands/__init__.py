"""Every command, one module each; a new one is one name here. A module is loaded when its command is typed."""

from importlib import import_module

import click

from peerapp.commands.running import PlainWords

NAMES = (
    "backup", "demo", "doctor", "migrate", "password-link", "people", "restore", "roles", "serve", "tick", "verify",
)  # fmt: skip


class Commands(PlainWords):
    """A process that serves has no use for what the others stand on."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in NAMES:
            return None
        module = cmd_name.replace("-", "_")
        found: click.Command = getattr(import_module(f"peerapp.commands.{module}"), module)
        return found

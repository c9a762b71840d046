"""Every command, one module each; a new one is one import and one line here."""

import click

from peerapp.commands import doctor, migrate, password_link, people, roles, serve, tick

COMMANDS: tuple[click.Command, ...] = (
    doctor.doctor,
    migrate.migrate,
    password_link.password_link,
    people.people,
    roles.roles,
    serve.serve,
    tick.tick,
)

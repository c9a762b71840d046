"""Every command, one module each; a new one is one import and one line here."""

import click

from peerapp.commands import backup, demo, doctor, migrate, password_link, people, restore, roles, serve, tick, verify

COMMANDS: tuple[click.Command, ...] = (
    backup.backup,
    demo.demo,
    doctor.doctor,
    migrate.migrate,
    password_link.password_link,
    people.people,
    restore.restore,
    roles.roles,
    serve.serve,
    tick.tick,
    verify.verify,
)

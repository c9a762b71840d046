"""How Alembic finds our tables and database."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from peerapp.db import db


def run(connection: Connection) -> None:
    options = current_app.extensions["migrate"].configure_args
    context.configure(connection=connection, target_metadata=db.metadata, **options)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")  # see peerapp/migrate.py; none while a revision is being written
if given is not None:
    run(given)
else:
    with db.engine.connect() as own:
        run(own)

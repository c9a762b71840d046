"""How Alembic finds our tables and database."""

from alembic import context
from sqlalchemy import Connection

from peerapp.db import db


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")  # see peerapp/migrate.py; none while a revision is being written
if given is not None:
    run(given)
else:
    with db.engine.connect() as own:
        run(own)

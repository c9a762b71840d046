"""How Alembic finds our tables and database."""

from alembic import context
from flask import current_app

from peerapp.db import db

connectable = db.engine


def run() -> None:
    options = current_app.extensions["migrate"].configure_args
    with connectable.connect() as connection:
        if connection.dialect.name == "sqlite":  # batches recreate tables: their children must not be touched
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(connection=connection, target_metadata=db.metadata, transaction_per_migration=True, **options)
        with context.begin_transaction():
            context.run_migrations()


run()

"""Who writes the next revision? Whoever has changed a model, with `flask --app peerapp.revising db` (see CONTRIBUTING.md).

An application of its own, because one that serves changes its schema without Flask-Migrate and Alembic's writing half.
"""

from flask import Flask
from flask_migrate import Migrate

from peerapp import create_app as create_served, migrate
from peerapp.db import db


def create_app() -> Flask:
    """The application with the commands of `flask db`."""
    app = create_served()
    Migrate(app, db, directory=str(migrate.FOLDER))
    condition_both()
    return app


def condition_both() -> None:
    """The rows that an index holds are the same on PostgreSQL; a model that said so would load its dialect everywhere."""
    for index in (index for table in db.metadata.tables.values() for index in table.indexes):
        if (rows := index.dialect_options["sqlite"]["where"]) is not None:
            index.dialect_options["postgresql"]["where"] = rows

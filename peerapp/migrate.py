"""How does the schema of an installed database become today's?"""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, upgrade

from peerapp.db import db, only_reading

FOLDER = Path(__file__).parent / "migrations"


def init_app(app: Flask) -> None:
    Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)


def to_newest() -> None:
    """Upgrade the database; harmless when it is up to date."""
    upgrade(directory=str(FOLDER))


def newest() -> str:
    """The revision this version of peerapp needs."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def present() -> str:
    """The revision the database has; empty before the first upgrade."""
    with only_reading(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""

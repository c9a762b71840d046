"""A process that shows pages holds nothing that only others need (see peerapp/later.py); `sh run.sh bench` prints what it holds."""

import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask

from peerapp import later
from peerapp.crew import Crew
from peerapp.db import db
from peerapp.revising import condition_both

pytestmark = pytest.mark.one_database

HEAVY = (
    "alembic", "cryptography", "dateutil", "flask_migrate", "icalendar", "mako", "psycopg", "pygments",
    "sqlalchemy.dialects.postgresql", "zxcvbn", *(["sqlite3"] if find_spec("pysqlite3") else ()),
)  # fmt: skip
TESTERS = ("_pytest", "hypothesis", "playwright", "pytest", "tests")
SERVED = """
import sys
from peerapp import config, create_app, serving
from peerapp.commands import serve

serving.make_ready(create_app(config.load(config.instance_folder())))
print(*sys.modules)
"""


def loaded(instance: Path) -> set[str]:
    """What a fresh process of pages under SQLite has loaded."""
    environment = {"PATH": os.environ["PATH"], "PEERAPP_INSTANCE": str(instance)}
    ran = subprocess.run([sys.executable, "-c", SERVED], env=environment, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_a_process_that_serves_under_sqlite_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    assert "alembic" in loaded(tmp_path)  # the first start makes the schema; any other has it
    assert sorted(loaded(tmp_path) & {*HEAVY, *TESTERS}) == []


def test_whatever_is_loaded_later_is_a_module_of_ours_and_nothing_else() -> None:
    assert [getattr(later, name).__name__ for name in later.__all__] == [f"peerapp.{name}" for name in later.__all__]
    assert not hasattr(later, "something_else")


def test_an_index_of_some_rows_holds_the_same_ones_on_both_databases(app: Flask) -> None:
    condition_both()
    indexes = [each.dialect_options for table in db.metadata.tables.values() for each in table.indexes]
    assert [each["sqlite"]["where"] for each in indexes] == [each["postgresql"]["where"] for each in indexes]


class Page:
    """A request that is answered when it is told to."""

    def __init__(self) -> None:
        self.begun, self.goes_on = threading.Event(), threading.Event()

    def service(self) -> None:
        self.begun.set()
        self.goes_on.wait(5)

    def cancel(self) -> None: ...


def test_a_thread_begins_only_when_no_other_is_free() -> None:
    crew, pages = Crew(most=2), [Page(), Page(), Page()]
    for page in pages:
        crew.add_task(page)
    assert [page.begun.wait(5) for page in pages[:2]] == [True, True]
    assert (len(crew.threads), pages[2].begun.is_set()) == (2, False)
    for page in pages:
        page.goes_on.set()
    assert pages[2].begun.wait(5)
    crew.shutdown()

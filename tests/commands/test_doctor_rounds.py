"""`peerapp doctor` on rounds: the file that snapshots leave out, and the guards that the database must have."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from peerapp import counting, doctor_rounds, guards
from peerapp.cli import main
from peerapp.config import Config
from peerapp.db import db
from peerapp.guards import Wrong
from peerapp.models import Person
from tests.rounds import make_crowd, make_open_round

GONE = "roll_entry_no_second_paper"


@pytest.fixture
def guarded(app: Flask) -> Iterator[None]:
    """Whatever the test takes away is there again afterwards."""
    db.session.commit()
    yield
    db.session.commit()
    guards.make_again()


def drop(name: str, table: str) -> None:
    on = f" ON {table}" if db.engine.dialect.name == "postgresql" else ""
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


@pytest.fixture
def typed(tmp_path) -> Callable[..., Result]:
    def run(*words: str) -> Result:
        return CliRunner(env={"PEERAPP_INSTANCE": str(tmp_path)}).invoke(main, words, prog_name="peerapp")

    return run


def test_all_guards_are_there_after_migrating(app: Flask) -> None:
    assert guards.wrong() == Wrong([], [])
    assert [each.mend for each in doctor_rounds.of_the_guards()] == [""]


@pytest.mark.usefixtures("guarded")
def test_a_guard_that_was_dropped_is_named_with_the_line_that_mends_it(app: Flask) -> None:
    drop(GONE, "roll_entry")
    (found,) = doctor_rounds.of_the_guards()
    assert GONE in found.words
    assert found.mend.startswith("peerapp migrate --guards")


@pytest.mark.usefixtures("guarded")
def test_a_guard_that_was_switched_off_counts_as_gone(app: Flask) -> None:
    switch = {"postgresql": f"ALTER TABLE roll_entry DISABLE TRIGGER {GONE}", "sqlite": f"DROP TRIGGER {GONE}"}
    with db.engine.begin() as connection:
        connection.execute(text(switch[connection.dialect.name]))
    assert guards.wrong() == Wrong([GONE], [])


HOLLOW = {
    "sqlite": [
        f"DROP TRIGGER {GONE}",
        f"CREATE TRIGGER {GONE} BEFORE UPDATE ON roll_entry WHEN 1 = 2 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {GONE}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "DROP TRIGGER round_no_emptying ON round",
        "CREATE TRIGGER roll_entry_no_delete BEFORE TRUNCATE ON roll_entry EXECUTE FUNCTION rounds_no_emptying()",
    ],
}


@pytest.mark.usefixtures("guarded")
def test_a_guard_of_the_same_name_that_lets_everything_through_is_found(app: Flask) -> None:
    kind = db.engine.dialect.name
    with db.engine.begin() as connection:
        if kind == "postgresql":
            connection.execute(text("DROP TRIGGER roll_entry_no_delete ON roll_entry"))
        for statement in HOLLOW[kind]:
            connection.execute(text(statement))
    expected = {
        "sqlite": Wrong([], [GONE]),
        "postgresql": Wrong(["round_no_emptying"], [f"function {GONE}", "roll_entry_no_delete"]),
    }
    assert guards.wrong() == expected[kind]
    guards.make_again()
    assert guards.wrong() == Wrong([], [])


@pytest.mark.usefixtures("guarded")
def test_guards_are_made_again_while_a_round_is_open(app: Flask, cast: dict[str, Person]) -> None:
    make_open_round(cast["ana"], make_crowd(8))
    db.session.commit()
    drop(GONE, "roll_entry")
    drop("round_release_no_delete", "round_release")
    guards.make_again()
    assert guards.wrong() == Wrong([], [])


@pytest.mark.one_database
def test_doctor_fails_without_a_guard_and_migrate_mends_it(app: Flask, typed: Callable[..., Result], tmp_path) -> None:
    typed("migrate")
    connection = sqlite3.connect(tmp_path / "peerapp.sqlite")
    connection.execute(f"DROP TRIGGER {GONE}")
    connection.close()
    assert (
        typed("doctor").exit_code,
        f"wrong  Guards of rounds: missing in the database: {GONE}" in typed("doctor").stdout,
    ) == (1, True)
    assert "in place" in typed("migrate", "--guards").stdout
    assert "ok     Guards of rounds" in typed("doctor").stdout


@pytest.mark.one_database
def test_doctor_names_the_one_file_that_snapshots_leave_out(app: Flask, typed: Callable[..., Result], tmp_path) -> None:
    typed("migrate")
    assert (
        "leave this one file, and the journal beside it, out of every snapshot and backup: "
        f"{tmp_path / 'ballots.sqlite'}, {tmp_path / 'ballots.sqlite-journal'}" in typed("doctor").stdout
    )
    for name in ("ballots.sqlite", "ballots.sqlite-journal"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o640)
        assert f"chmod 600 {tmp_path / name}\n" in typed("doctor").stdout


def test_a_box_elsewhere_is_named(tmp_path) -> None:
    settings = Config(instance=tmp_path, ballotbox="http://10.0.0.5:8100", ballotbox_key="k" * 32)
    (found,) = doctor_rounds.of_the_box(settings)
    assert ("10.0.0.5" in found.words, found.mend) == (True, "")
    assert counting.file_of(settings).name == "ballots.sqlite"

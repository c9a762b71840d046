"""`peerapp verify`: what holds is said, what does not hold is said louder, with the exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from peerapp.actions import closing
from peerapp.cli import main
from peerapp.commands import running
from peerapp.db import db
from peerapp.models import Person
from tests.rounds import Receipt, again, answer, lift_guards, make_crowd, make_open_round, restore_guards

SEE = "A receipt is the file that your browser kept after you answered."
Typed = Callable[..., Result]


@pytest.fixture
def typed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Type the command where the app of the test is the installation."""
    monkeypatch.setattr(running, "create_app", lambda: app)

    def run(*words: object) -> Result:
        db.session.commit()
        return CliRunner().invoke(main, ["verify", *map(str, words)], prog_name="peerapp")

    return run


@pytest.fixture
def played(app: Flask, cast: dict[str, Person]) -> tuple[str, str, Receipt]:
    """A closed round: its id, its fingerprint and somebody's receipt."""
    opened = make_open_round(cast["ana"], crowd := make_crowd(9))
    receipts = [answer(app, each, opened, {"q1": 4, "q2": 4}) for each in crowd]
    closing.close_early(cast["ana"], opened.id)
    closed = again(opened)
    known = str(closed.id), closed.fingerprint, receipts[0]
    db.session.commit()
    return known


def kept(receipt: Receipt, folder: Path) -> Path:
    path = folder / "receipt.json"
    path.write_text(json.dumps({"serial": receipt.serial.hex(), "signature": receipt.signature.hex()}))
    return path


def test_a_true_release_holds_with_a_receipt(typed: Typed, played: tuple[str, str, Receipt], tmp_path: Path) -> None:
    round_id, fingerprint, receipt = played
    done = typed(round_id, "--fingerprint", fingerprint.upper(), "--receipt", kept(receipt, tmp_path))
    assert (done.exit_code, "NO " in done.output) == (0, False), done.output
    assert "its paper was counted" in done.output


def test_a_receipt_of_nobody_does_not_hold(typed: Typed, played: tuple[str, str, Receipt], tmp_path: Path) -> None:
    round_id, _fingerprint, receipt = played
    done = typed(round_id, "--receipt", kept(Receipt(bytes(32), receipt.signature), tmp_path))
    assert (done.exit_code, "NO " in done.output) == (1, True)


@pytest.mark.parametrize("content", ["# peerapp", "[]", "{}", '{"serial": 1, "signature": ""}', "\udcff"])
def test_another_file_is_said_to_be_no_receipt(
    typed: Typed, played: tuple[str, str, Receipt], tmp_path: Path, content: str
) -> None:
    (path := tmp_path / "README.md").write_bytes(content.encode(errors="surrogateescape"))
    done = typed(played[0], "--receipt", path)
    assert (done.exit_code, done.output) == (2, f"peerapp: {path} is not a receipt. {SEE}\n")


def test_another_fingerprint_does_not_hold(typed: Typed, played: tuple[str, str, Receipt]) -> None:
    done = typed(played[0], "--fingerprint", "0" * 64)
    assert (done.exit_code, "NO  The manifest has the fingerprint you saw." in done.output) == (1, True)


def test_papers_stuffed_in_by_sql_do_not_hold(typed: Typed, played: tuple[str, str, Receipt]) -> None:
    with db.engine.begin() as connection:
        lift_guards(connection)
        connection.execute(text("UPDATE release_serials SET serials = '[\"00000000000000000000\"]'"))
        restore_guards(connection)
    done = typed(played[0])
    assert (done.exit_code, "NO  The list of papers" in done.output) == (1, True), done.output


def test_a_round_without_a_release_is_said_to_have_none(typed: Typed) -> None:
    done = typed(uuid4())
    assert (done.exit_code, "has no release" in done.output) == (2, True)

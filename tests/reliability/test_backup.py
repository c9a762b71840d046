"""A backup holds everything, is whole or not there at all, and comes back whole or not at all, on either database."""

import json
import os
import resource
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, event, func, select, update

from peerapp import migrate
from peerapp.backup import restoring, writing
from peerapp.backup.manifest import FLEETING, BackupError
from peerapp.cli import main
from peerapp.db import db
from peerapp.models import Pair, Person, RoleGrant, Session, Unit
from peerapp.queries import system
from tests.reliability import everything
from tests.reliability.conftest import app_on, new_database_of
from tests.reliability.processes import KILLED, die_at, forked, statements_of


@dataclass(frozen=True)
class Filled:
    """A database with rows in every table, to be copied; and a backup of it, to be read."""

    url: str
    backup: Path


@pytest.fixture(scope="session")
def filled(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("filled")
    with new_database_of(database_kind, folder, request) as url:
        with app_on(url, folder):
            migrate.to_newest()
            everything.enter()
            writing.write(folder / "peerapp.backup")
        yield Filled(url, folder / "peerapp.backup")


@pytest.fixture
def full(database_kind: str, filled: Filled, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An app whose database has rows in every table."""
    with new_database_of(database_kind, tmp_path, request, like=filled.url) as url, app_on(url, tmp_path) as app:
        yield app


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Type a peerapp command for this app."""

    def run(app: Flask, *words: str | Path, says: str = "") -> Result:
        monkeypatch.setattr("peerapp.commands.running.create_app", lambda: app)
        db.session.commit()  # the command closes every connection that nobody holds
        return CliRunner().invoke(main, [str(word) for word in words], input=says, catch_exceptions=False)

    return run


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second, empty database of either kind."""
    with new_database_of(request.param, tmp_path, request) as url:
        yield url


# --- there and back ---------------------------------------------------------------------------------


def test_every_row_comes_back_on_either_database(full: Flask, other: str, tmp_path: Path) -> None:
    before, file = everything.all_of_it(), tmp_path / "peerapp.backup"
    writing.write(file)
    with app_on(other, tmp_path / "other"):
        restoring.restore(file, restoring.read(file))
        after = everything.all_of_it()
    assert set(before) == set(db.metadata.tables) - FLEETING
    assert [name for name, rows in before.items() if not rows] == []
    assert after == before


def test_what_is_only_good_for_a_while_stays_behind(full: Flask, other: str, tmp_path: Path) -> None:
    file = tmp_path / "peerapp.backup"
    writing.write(file)
    with ZipFile(file) as archive:
        assert {name.split("/")[-1].split(".")[0] for name in archive.namelist()}.isdisjoint(FLEETING)
    with app_on(other, tmp_path / "other"), db.engine.connect() as connection:
        restoring.restore(file, restoring.read(file))
        assert [name for name in FLEETING if connection.execute(select(db.metadata.tables[name])).first()] == []


def test_the_order_of_rows_tells_nobody_who_was_there_first(filled: Filled) -> None:
    with ZipFile(filled.backup) as archive:
        columns = list(json.loads(archive.read("manifest.json"))["tables"]["person"]["columns"])
        ids = [json.loads(line)[columns.index("id")] for line in archive.read("tables/person.jsonl").splitlines()]
    assert len(ids) >= 40
    assert ids == sorted(ids)


def test_no_version_that_a_browser_keeps_comes_a_second_time(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "peerapp.backup"
    writing.write(file)
    db.session.execute(update(Pair).values(version=Pair.version + 500))
    db.session.commit()
    newest = db.session.scalar(select(func.max(Pair.version))) or 0
    db.session.remove()
    restoring.restore(file, restoring.read(file))
    assert (db.session.scalar(select(func.min(Pair.version))) or 0) > newest


def test_the_invitation_after_a_restore_is_newer_than_any_that_was_sent(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "peerapp.backup"
    writing.write(file)
    db.session.execute(update(Session).values(sequence=Session.sequence + 50))
    db.session.commit()
    newest = db.session.scalar(select(func.max(Session.sequence))) or 0
    db.session.remove()
    restoring.restore(file, restoring.read(file))
    assert (db.session.scalar(select(func.min(Session.sequence))) or 0) > newest


def test_what_is_acknowledged_before_it_starts_is_in_it_while_people_go_on_writing(
    full: Flask, other: str, tmp_path: Path
) -> None:
    over, names = threading.Event(), []

    def write() -> None:
        with full.app_context():
            while not over.is_set():
                name = f"Unit {threading.get_ident()} {len(names)}"
                db.session.add(Unit(name=name))
                db.session.commit()
                names.append(name)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    while len(names) < 20:
        over.wait(0.01)
    acknowledged, file = set(names), tmp_path / "peerapp.backup"
    writing.write(file)
    over.set()
    for writer in writers:
        writer.join(20)
    with app_on(other, tmp_path / "other"):
        restoring.restore(file, restoring.read(file))
        assert acknowledged <= set(db.session.scalars(select(Unit.name)))


# --- the file -----------------------------------------------------------------------------------------


def test_only_its_owner_can_read_it_and_nothing_lies_beside_it(full: Flask, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "peerapp.backup"
    writing.write(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_nothing_is_overwritten_unless_asked_and_then_only_a_backup(full: Flask, tmp_path: Path) -> None:
    file, letter = tmp_path / "peerapp.backup", tmp_path / "letter.txt"
    writing.write(file)
    letter.write_text("Dear Ben")
    for path, force in ((file, False), (letter, False), (letter, True), (tmp_path, True)):
        with pytest.raises(BackupError):
            writing.write(path, force=force)
    writing.write(file, force=True)
    assert letter.read_text() == "Dear Ben"


def test_the_database_itself_is_never_the_file(full: Flask) -> None:
    live = db.engine.url.database or ""
    if db.engine.dialect.name == "sqlite":
        with pytest.raises(BackupError, match="the database itself"):
            writing.write(Path(live), force=True)
    assert db.session.scalar(select(func.count()).select_from(Person))


def test_a_disk_that_is_full_leaves_the_last_backup_and_no_half_one(full: Flask, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "peerapp.backup"
    writing.write(file)
    last = file.read_bytes()

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))
        try:
            writing.write(file, force=True)
        except BackupError:
            os._exit(7)

    if db.engine.dialect.name == "postgresql":  # SQLite's own files would meet the limit as well
        assert forked(work) == 7
        assert (file.read_bytes(), len(list(file.parent.iterdir()))) == (last, 1)


def test_a_backup_that_is_killed_leaves_the_last_one_as_it_was(full: Flask, tmp_path: Path) -> None:
    file = tmp_path / "peerapp.backup"
    writing.write(file)
    last = file.read_bytes()

    def work() -> None:
        die_at(20)
        writing.write(file, force=True)

    assert forked(work) == KILLED
    assert file.read_bytes() == last


def damaged(file: Path, other: Path, change: Callable[[bytes], bytes], name: str) -> Path:
    """The same archive with one member changed, its own checksum made good."""
    with ZipFile(file) as old, ZipFile(other, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content) if each == name else content)
    return other


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tables/person.jsonl", lambda content: content.replace(b"a", b"b", 1)),
        ("tables/goal.jsonl", lambda content: content[: content.rindex(b"\n", 0, -1) + 1]),
        ("tables/unit.jsonl", lambda _: b""),
        ("manifest.json", lambda content: content[:100]),
        ("manifest.json", lambda content: content.replace(b'"format": 1', b'"format": 2')),
        ("manifest.json", lambda content: content.replace(b'"revision": "', b'"revision": "9')),
        ("manifest.json", lambda _: b"[]"),
    ],
)
def test_a_backup_that_is_damaged_or_too_new_is_refused_before_anything_happens(
    filled: Filled, tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(BackupError):
        restoring.read(damaged(filled.backup, tmp_path / "damaged", change, name))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", os.urandom(2_000)])
def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo").write_bytes(content)
    with pytest.raises(BackupError, match="not a backup of peerapp"):
        restoring.read(tmp_path / "photo")
    with pytest.raises(BackupError, match="no file"):
        restoring.read(tmp_path / "missing")


def test_a_file_cut_off_at_any_point_is_refused(filled: Filled, tmp_path: Path) -> None:
    whole = filled.backup.read_bytes()
    for tenth in range(10):
        (tmp_path / "cut").write_bytes(whole[: len(whole) * tenth // 10])
        with pytest.raises(BackupError):
            restoring.read(tmp_path / "cut")


# --- all or nothing -------------------------------------------------------------------------------


def test_a_restore_that_is_killed_at_any_point_leaves_what_was_there(full: Flask, tmp_path: Path, long: bool) -> None:
    file = tmp_path / "peerapp.backup"
    writing.write(file)
    db.session.add(Unit(name="Made after the backup"))
    db.session.commit()
    before, manifest = everything.all_of_it(), restoring.read(file)
    statements = statements_of(lambda: rehearsed(file))
    assert everything.all_of_it() == before
    points = 100 if long else 10
    for point in range(points):

        def work(point: int = point) -> None:
            die_at(statements * point // points)
            restoring.restore(file, manifest)

        assert forked(work) == KILLED
        assert everything.all_of_it() == before


def rehearsed(file: Path) -> None:
    """A restore that is taken back at its end."""

    class Enough(Exception):  # noqa: N818 - what it says
        pass

    def stop(*_: object) -> None:
        raise Enough

    event.listen(db.engine, "commit", stop)
    with pytest.raises(Enough):
        restoring.restore(file, restoring.read(file))
    event.remove(db.engine, "commit", stop)


def test_a_row_that_names_a_missing_one_is_not_let_in(full: Flask, tmp_path: Path) -> None:
    file, before = tmp_path / "peerapp.backup", everything.all_of_it()
    writing.write(file)
    broken = without_units(file)
    with pytest.raises(BackupError):
        restoring.restore(broken, restoring.read(broken))
    assert everything.all_of_it() == before


def without_units(file: Path) -> Path:
    """A backup that is in order but for its foreign keys."""
    with ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
    said["tables"]["unit"] |= {"rows": 0, "sha256": sha256().hexdigest()}
    once = damaged(file, file.with_suffix(".once"), lambda _: b"", "tables/unit.jsonl")
    return damaged(once, file.with_suffix(".twice"), lambda _: json.dumps(said).encode(), "manifest.json")


# --- the commands ---------------------------------------------------------------------------------


def test_the_command_says_what_is_in_it_and_the_administrator_sees_when(
    full: Flask, tmp_path: Path, typed: Callable[..., Result]
) -> None:
    said = typed(full, "backup", tmp_path / "peerapp.backup")
    people = db.session.scalar(select(func.count()).select_from(Person))
    assert said.exit_code == 0
    assert f"{people} people, " in said.output
    assert "ballots.sqlite), which must never be copied" in said.output
    assert system.last_done(system.BACKUP) is not None
    assert typed(full, "backup", tmp_path / "peerapp.backup").exit_code == 2


def test_a_database_with_people_is_replaced_only_by_typing_what_goes(
    full: Flask, tmp_path: Path, typed: Callable[..., Result]
) -> None:
    file, before = tmp_path / "peerapp.backup", everything.all_of_it()
    typed(full, "backup", file)
    db.session.add(Unit(name="Made after the backup"))
    db.session.commit()
    later = everything.all_of_it()
    people = db.session.scalar(select(func.count()).select_from(Person))
    db.session.commit()
    for words, says in ((("restore", file), ""), (("restore", file, "--replace"), "yes\n")):
        assert typed(full, *words, says=says).exit_code == 2
        assert everything.all_of_it() == later
    assert typed(full, "restore", file, "--replace", says=f"replace {people} people\n").exit_code == 0
    assert everything.all_of_it() == before


def test_into_an_empty_database_nothing_has_to_be_typed(
    full: Flask, other: str, tmp_path: Path, typed: Callable[..., Result]
) -> None:
    file, before = tmp_path / "peerapp.backup", everything.all_of_it()
    typed(full, "backup", file)
    with app_on(other, tmp_path / "other") as app:
        said = typed(app, "restore", file)
        assert all(words in said.output for words in ("Everybody signs in again", "first page is void"))
        assert everything.all_of_it() == before


def test_a_restore_says_where_nobody_in_the_backup_can_look_after_it(
    full: Flask, other: str, tmp_path: Path, typed: Callable[..., Result]
) -> None:
    db.session.execute(delete(RoleGrant))
    db.session.commit()
    typed(full, "backup", tmp_path / "peerapp.backup")
    with app_on(other, tmp_path / "other") as app:
        assert "Nobody in it is an administrator" in typed(app, "restore", tmp_path / "peerapp.backup").output


# --- from another version ---------------------------------------------------------------------------


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on this is a peerapp whose schema has one revision more: units have a colour."""

    def install() -> None:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        for file in (*migrate.FOLDER.glob("*.*"), *migrate.FOLDER.glob("versions/*.py")):
            (folder / file.relative_to(migrate.FOLDER)).write_text(file.read_text())
        (folder / "versions" / "9999_colours.py").write_text(
            "import sqlalchemy as sa\n"
            "from alembic import op\n\n"
            f'revision = "9999"\ndown_revision = "{migrate.newest()}"\n\n\n'
            "def upgrade():\n"
            '    with op.batch_alter_table("unit", recreate="auto" if op.get_bind().dialect.name == "postgresql" else "always") as unit:\n'
            '        unit.add_column(sa.Column("colour", sa.String(9), nullable=False, server_default="blue"))\n',
        )
        monkeypatch.setattr(migrate, "FOLDER", folder)

    return install


def test_a_backup_of_an_older_version_is_upgraded_on_its_way_in(
    full: Flask, tmp_path: Path, next_version: Callable[[], None]
) -> None:
    file, before = tmp_path / "peerapp.backup", everything.all_of_it()
    writing.write(file)
    next_version()
    restoring.restore(file, restoring.read(file))
    assert migrate.present() == "9999"
    assert colours() == {"blue"}
    assert everything.all_of_it() == before


def test_a_newer_version_can_back_up_what_is_not_yet_upgraded(
    full: Flask, tmp_path: Path, next_version: Callable[[], None]
) -> None:
    present = migrate.newest()
    next_version()
    manifest = writing.write(tmp_path / "peerapp.backup")
    migrate.to_newest()
    assert (manifest.revision, migrate.present()) == (present, "9999")
    restoring.restore(tmp_path / "peerapp.backup", manifest)
    assert colours() == {"blue"}


def colours() -> set[str]:
    with db.engine.connect() as connection:
        return set(connection.exec_driver_sql("SELECT colour FROM unit").scalars())

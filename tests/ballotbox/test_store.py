"""What do the box's file and journal tell, and does plain SQL get around the rules?"""

import json
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from peerapp.ballotbox import content
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.content import Content, Head
from peerapp.ballotbox.seam import OtherManifestError, SpoiledError
from peerapp.ballotbox.store import DRIVER, Connection, Store, StoreError
from peerapp.rules.publication import serial_hash
from peerapp.rules.questions import Kind, Question
from tests.ballotbox.kit import SCALES, OpenRound, a_round

JOURNAL_HEADER = 512
LONG = tuple(Question(f"c{n}", Kind.COMMENT, f"Say {n}.") for n in range(3))


def setting(store: Store, name: str) -> object:
    with store.reading() as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def journal_of(file: Path) -> Path:
    return file.with_name(file.name + "-journal")


def journaled_pages(file: Path, size: int) -> set[int]:
    """Which pages the open transaction has touched: each stands in the journal as it was before."""
    records = journal_of(file).read_bytes()[JOURNAL_HEADER:]
    return {int.from_bytes(records[at : at + 4], "big") for at in range(0, len(records), size + 8)}


def pages_with(file: Path, size: int, words: list[str]) -> set[int]:
    data = file.read_bytes()
    pages = {number + 1: data[number * size : (number + 1) * size] for number in range(len(data) // size)}
    return {number for number, page in pages.items() if any(word.encode() in page for word in words)}


def fill(box: Box, opened: OpenRound, people: int = 8) -> list[str]:
    """Ballots with long comments; returns words, of which each stands in one row."""
    words = [f"{each.id}word{number}" for each in opened.manifest.questions[-3:] for number in range(people)]
    for number in range(people):
        comments = {each.id: f"{each.id}word{number} " * 50 for each in opened.manifest.questions[-3:]}
        assert box.count(opened.id, opened.body({"q1": 4, **comments})) is Verdict.COUNTED
    return words


@pytest.fixture
def wordy(box: Box) -> OpenRound:
    made = a_round(questions=(*SCALES, *LONG))
    box.deposit(made.text)
    return made


def test_the_file_is_kept_as_the_design_says(store: Store, file: Path) -> None:
    assert setting(store, "journal_mode") == "truncate"
    assert (setting(store, "secure_delete"), setting(store, "synchronous"), setting(store, "temp_store")) == (1, 2, 2)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_commit_leaves_an_empty_journal_and_no_other_file(box: Box, opened: OpenRound, file: Path) -> None:
    box.count(opened.id, opened.body({"q1": 4}))
    assert {path.name: path.stat().st_size for path in file.parent.iterdir() if path != file} == {
        "ballots.sqlite-journal": 0
    }


@contextmanager
def plain_sql(store: Store) -> Iterator[Connection]:
    """What somebody types who has the file."""
    with closing(DRIVER.connect(store.path)) as connection, connection:
        yield connection


def rewrite_all(connection: Connection, head: Head, counted: Content) -> None:
    content.save(connection, head, counted)


def rewrite_what_changed(connection: Connection, head: Head, counted: Content) -> None:
    """As one would write it without thinking of who looks at the file."""
    connection.execute("UPDATE spent SET serials = ? WHERE round_id = ?", (json.dumps(counted.serials), head.round_id))


@pytest.mark.parametrize(("save", "touches_all"), [(rewrite_all, True), (rewrite_what_changed, False)])
def test_a_blank_paper_writes_every_page_of_its_round(
    box: Box, store: Store, wordy: OpenRound, save: Callable[[Connection, Head, Content], None], touches_all: bool
) -> None:
    words = fill(box, wordy)
    size = int(str(setting(store, "page_size")))
    holding = pages_with(store.path, size, [*words, str(wordy.id)])
    with store.writing() as connection:
        head = content.head_of(connection, str(wordy.id))
        assert head is not None
        counted = content.content_of(connection, head)
        counted.add(0, "0" * 20, {})
        save(connection, head, counted)
        touched = journaled_pages(store.path, size)
    assert len(holding) > 5
    assert (holding <= touched) is touches_all


def test_a_blank_paper_changes_the_text_of_every_counted_row(box: Box, store: Store, wordy: OpenRound) -> None:
    fill(box, wordy, 3)

    def texts() -> set[str]:
        with store.reading() as connection:
            found = connection.execute(
                "SELECT counts FROM count_ UNION ALL SELECT texts FROM comments UNION ALL SELECT serials FROM spent"
            ).fetchall()
        return {text for (text,) in found}

    before = texts()
    box.count(wordy.id, wordy.body({}))
    assert len(before) == len(texts()) == 7
    assert not before & texts()


def lists_in(file: Path, opened: OpenRound) -> list[list[str]]:
    """Each comment's place in the raw file, question by question; SQLite writes a list that fits its page in one piece."""
    data = file.read_bytes().decode(errors="replace")
    return [re.findall(rf'"{each.id} (\d+)"', data) for each in opened.manifest.questions if not each.kind.is_scale]


def test_in_the_open_file_comments_and_serials_stand_in_their_own_order_never_in_that_of_arrival(
    box: Box, store: Store
) -> None:
    opened, serials = a_round(questions=(*SCALES, *LONG)), []
    box.deposit(opened.text)
    for number in secrets.SystemRandom().sample(range(100, 1_000), 12):
        paper = opened.paper()
        serials.append(serial_hash(opened.fingerprint, paper.serial))
        body = opened.body({"q1": 4, **{each.id: f"{each.id} {number}" for each in LONG}}, paper)
        assert box.count(opened.id, body) is Verdict.COUNTED
        found = lists_in(store.path, opened)
        assert [len(each) for each in found] == [len(serials)] * 3
        assert all(each == sorted(each) for each in found)
        assert re.findall("|".join(serials), store.path.read_bytes().decode(errors="replace")) == sorted(serials)


def test_rows_are_written_in_the_order_of_their_keys_whatever_came_first(
    store: Store, opened: OpenRound, box: Box
) -> None:
    box.count(opened.id, opened.body({"q3": 4, "c1": "Keep it.", "q1": 2}))
    with store.writing() as connection:
        head = content.head_of(connection, str(opened.id))
        assert head is not None
        counted = content.content_of(connection, head)
        counted.counts = dict(reversed(counted.counts.items()))
        written: list[str] = []
        connection.set_trace_callback(written.append)
        content.save(connection, head, counted)
        connection.set_trace_callback(None)
    keys = [re.findall(r"'(q\d|c\d)'", each) for each in written if each.startswith("INSERT")]
    assert [key for (key,) in filter(None, keys)] == ["q1", "q2", "q3", "c1"]


def test_a_blank_paper_leaves_the_same_trace_as_an_answer(box: Box, store: Store, opened: OpenRound) -> None:
    sizes = []
    for answers in ({}, {"q1": 4, "q2": 1, "q3": 5}, {}):
        box.count(opened.id, opened.body(answers))
        sizes.append(store.path.stat().st_size)
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("is_discarded", [False, True])
def test_after_closing_no_answer_is_left_in_any_byte(
    box: Box, store: Store, wordy: OpenRound, is_discarded: bool
) -> None:
    words = fill(box, wordy, 4)
    paper = wordy.paper()
    box.count(wordy.id, wordy.body({"q2": 3}, paper))
    box.collect(wordy.id, wordy.fingerprint.hex(), early=True)
    if is_discarded:
        box.discard(wordy.id)
    left = store.path.read_bytes() + journal_of(store.path).read_bytes()
    assert not [word for word in words if word.encode() in left]  # too few comments to be shown
    assert serial_hash(wordy.fingerprint, paper.serial).encode() not in left or not is_discarded
    assert (str(wordy.id).encode() in left) is not is_discarded


CHANGES = (
    "UPDATE box SET manifest = replace(manifest, '\"minimum\":5', '\"minimum\":6')",
    "UPDATE box SET closes_at = '2030-01-01T00:00:00Z'",
    "UPDATE box SET public_key = x'00'",
    "UPDATE box SET part = 1",
    "UPDATE box SET round_id = 'other'",
    "DELETE FROM box",
    "INSERT INTO box SELECT round_id, part + 1, manifest, public_key, closes_at, NULL FROM box",
    "INSERT OR REPLACE INTO box SELECT round_id, part, 'other', public_key, closes_at, NULL FROM box",
)


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("change", CHANGES)
def test_plain_sql_cannot_change_an_open_round(store: Store, change: str) -> None:
    with plain_sql(store) as connection, pytest.raises(DRIVER.IntegrityError, match="does not change"):
        connection.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE box SET release = 'other'",
        "UPDATE box SET release = NULL",
        "INSERT OR REPLACE INTO box SELECT round_id, part, manifest, public_key, closes_at, 'other' FROM box",
    ],
)
def test_plain_sql_cannot_change_a_release(box: Box, store: Store, opened: OpenRound, change: str) -> None:
    box.collect(opened.id, opened.fingerprint.hex(), early=True)
    with plain_sql(store) as connection, pytest.raises(DRIVER.IntegrityError, match="does not change"):
        connection.execute(change)


def as_the_owner_of_the_file(store: Store, *statements: str) -> None:
    """Somebody with the file in their hands: no trigger holds them."""
    with plain_sql(store) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("change", CHANGES[:3])
def test_without_the_triggers_a_changed_round_counts_nothing_and_ends_without_a_release(
    box: Box, store: Store, opened: OpenRound, change: str
) -> None:
    paper = opened.paper()
    as_the_owner_of_the_file(store, change)
    assert box.count(opened.id, opened.body({"q1": 4}, paper)) is Verdict.FORGED
    with pytest.raises(OtherManifestError):
        box.collect(opened.id, opened.fingerprint.hex(), early=True)


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE count_ SET counts = '{"1":0,"2":0,"3":0,"4":9,"5":0}' WHERE question_id = 'q1'""",
        """UPDATE comments SET texts = '["a","b","c","d","e","f","g","h","i"]'""",
        "DELETE FROM count_ WHERE question_id = 'q1'",
        "DELETE FROM spent",
        "UPDATE spent SET serials = 'x'",
        """UPDATE comments SET texts = '["b","a"]'""",
    ],
)
def test_more_answers_than_papers_missing_rows_or_an_order_of_arrival_end_the_round_without_a_release(
    box: Box, store: Store, opened: OpenRound, change: str
) -> None:
    for _ in range(5):
        box.count(opened.id, opened.body({"q1": 4}))
    as_the_owner_of_the_file(store, change)
    assert box.count(opened.id, opened.body({"q1": 4, "c1": "One more."})) is Verdict.FORGED
    with pytest.raises(SpoiledError):
        box.collect(opened.id, opened.fingerprint.hex(), early=True)


@pytest.mark.usefixtures("opened")
def test_triggers_come_back_with_the_next_start(store: Store) -> None:
    as_the_owner_of_the_file(store)
    again = Store(store.path)
    with plain_sql(again) as connection, pytest.raises(DRIVER.IntegrityError):
        connection.execute(CHANGES[0])


def test_a_file_that_is_no_database_says_so_by_name_only(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"secret words " * 1000)
    with pytest.raises(StoreError) as refused:
        Store(broken)
    assert str(refused.value) == "DatabaseError"
    assert refused.value.__cause__ is None

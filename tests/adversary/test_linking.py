"""Attacks 1 to 7 and 9: can anything that was kept link a person to an answer? Each is seen to succeed where it may.

Chance is one half: half of the people answered each way. N is the number of people in all rounds played.
"""

from pathlib import Path

import pytest

from tests.adversary import broken, linking
from tests.adversary.chance import is_more_than_chance, p_value
from tests.adversary.evidence import Attack, Evidence
from tests.adversary.linking import texts_of
from tests.adversary.play import Played, Variant, world

ATTACKS: dict[str, tuple[Attack, Variant]] = {
    "1 rows": (linking.by_rows, broken.ROWS),
    "2 offsets": (linking.by_offsets, broken.ROWS),
    "2 offsets, forwards": (linking.by_offsets_forwards, broken.APPENDED),
    "3 logs of the database": (linking.by_wal, broken.WAL),
    "4 times": (linking.by_times, broken.DATED),
    "5 file times": (linking.by_file_times, broken.FILES),
    "6 lengths": (linking.by_lengths, broken.UNPADDED),
    "7 backups": (linking.by_backups, broken.COPIED),
}
SQLITE = "sqlite:///{folder}/peerapp.sqlite"


@pytest.fixture(scope="module")
def told(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, long: bool
) -> tuple[list[Played], Evidence]:
    """Rounds of 8 to 40 people in the house as it is: 90 people; with --long, 2,400."""
    url = request.getfixturevalue("postgresql_of_my_own") if database_kind == "postgresql" else SQLITE
    with world(tmp_path_factory.mktemp("adversary"), url, database_kind) as played:
        for number in range(100 if long else 8):
            played.play(8 + 2 * (number % (17 if long else 5)), days=3)
        return played.played, played.evidence()


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_that_was_kept_links_a_person_to_an_answer(told: tuple[list[Played], Evidence], name: str) -> None:
    hits, guesses = _score(ATTACKS[name][0], *told)
    assert guesses >= 90
    assert not is_more_than_chance(hits, guesses), f"{hits} of {guesses}: {p_value(hits, guesses):.1e}"


@pytest.mark.one_database
@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_succeeds_where_a_wall_is_missing(database_kind: str, tmp_path: Path, name: str) -> None:
    attack, variant = ATTACKS[name]
    with world(tmp_path, SQLITE, name, variant) as played:
        for _number in range(2):
            played.play(12, days=14, nights=variant.copies_the_box_at_night, one_a_day=True)
        hits, guesses = _score(attack, played.played, played.evidence())
    assert is_more_than_chance(hits, guesses), f"{hits} of {guesses}"


def test_no_comment_is_anywhere_but_in_the_release(told: tuple[list[Played], Evidence]) -> None:
    """9: the words of an answer in any file, log, backup or table."""
    assert _leaks(*told) == {"round_release"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("variant", "where"), [(broken.TALKATIVE, "log"), (broken.FILES, "file"), (broken.ROWS, "file")]
)
def test_words_that_leaked_would_be_found(database_kind: str, tmp_path: Path, variant: Variant, where: str) -> None:
    with world(tmp_path, SQLITE, where, variant) as played:
        played.play(8, nights=False)
        assert where in _leaks(played.played, played.evidence())


def _score(attack: Attack, rounds: list[Played], evidence: Evidence) -> tuple[int, int]:
    return sum(each.hits(attack(evidence, each.id)) for each in rounds), sum(len(each.said) for each in rounds)


def _leaks(rounds: list[Played], evidence: Evidence) -> set[str]:
    """Where the words of an answer stand: names of tables, "log", "file". The main database's file is read as tables."""
    words = {said.keep.encode() for each in rounds for said in each.said.values()}

    def has_some(data: bytes) -> bool:
        return any(word in data for word in words)

    found = {name for name, rows in evidence.tables.items() if has_some(texts_of(rows))}
    for night in evidence.nights:
        found |= {name for name, rows in night.tables.items() if has_some(texts_of(rows))}
    if any(has_some(line.encode()) for line in evidence.logs):
        found.add("log")
    if any(has_some(each.data) for each in evidence.files if not each.name.startswith("peerapp.sqlite")):
        found.add("file")
    return found

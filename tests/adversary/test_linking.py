"""Attacks 1 to 7 and 9: can anything that was kept link a person to an answer? Each is seen to succeed where it may.

Chance is one half: half of the people answered each way. N is the number of people in all rounds played.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.adversary import broken, levels, linking
from tests.adversary.chance import is_more_than_chance, p_value
from tests.adversary.evidence import Attack, Evidence, Guesses
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
    "6 lengths of what the box answers": (linking.by_answers_lengths, broken.ECHOED),
    "7 backups": (linking.by_backups, broken.COPIED),
}
LEVELS = {"order": levels.by_order, "person": levels.by_person, "bytes": levels.by_bytes}
SQLITE = "sqlite:///{folder}/peerapp.sqlite"


@pytest.fixture(scope="module")
def told(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, long: bool
) -> tuple[list[Played], Evidence]:
    """Rounds of 8 to 40 people in the house as it is: 92 people; with --long, 2,400."""
    url = request.getfixturevalue("postgresql_of_my_own") if database_kind == "postgresql" else SQLITE
    with world(tmp_path_factory.mktemp("adversary"), url, database_kind) as played:
        for number in range(100 if long else 4):
            played.play(8 + 2 * (number % 17) if long else (8, 18, 26, 40)[number], days=3)
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


@pytest.mark.parametrize("step", ["answer", "manifest", "paper"])
def test_no_answer_of_the_house_tells_by_its_length_what_somebody_said(
    told: tuple[list[Played], Evidence], step: str
) -> None:
    """6: the form, the promise and the paper; all of them are in the log."""
    assert all(len(told[1].before_ballots(each.id, step)) == len(each.said) for each in told[0])
    hits, guesses = _score(linking.by_lengths_of(step), *told)
    assert not is_more_than_chance(max(hits, guesses - hits), guesses), f"{hits} of {guesses}"


def test_whoever_sends_a_ballot_is_not_in_the_log_and_every_other_line_is(told: tuple[list[Played], Evidence]) -> None:
    for each in told[0]:
        assert [line.user for line in told[1].ballots(each.id)] == [""] * len(each.said)
        assert set(told[1].order(each.id)) == set(each.said)


@pytest.mark.parametrize("way", LEVELS)
def test_no_column_and_no_byte_tells_a_level(told: tuple[list[Played], Evidence], way: str) -> None:
    """1 to 4 without a word to look for: every column in every order, every file."""
    found = levels.best(LEVELS[way](told[1]), _truth(told[0]))
    assert not levels.is_linked(found), found


@pytest.mark.one_database
def test_levels_alone_are_found_by_their_order_and_in_the_bytes(database_kind: str, tmp_path: Path) -> None:
    with world(tmp_path, SQLITE, "levels", broken.LEVELS) as played:
        for _number in range(3):
            played.play(12, days=14, nights=False, one_a_day=True)
        evidence, truth = played.evidence(), _truth(played.played)
    assert levels.is_linked(levels.best(levels.by_order(evidence), truth))
    assert levels.is_linked(levels.best(levels.by_bytes(evidence), truth))
    assert dict(levels.by_order(evidence))["sheet.said by at"] == truth


def test_a_level_beside_a_name_is_found(told: tuple[list[Played], Evidence]) -> None:
    truth = _truth(told[0])
    side = [{"who": who, "level": 4 if bit else 3} for who, bit in truth.items()]
    planted = replace(told[1], tables={**told[1].tables, "side": side})
    assert levels.best(levels.by_person(planted), truth)[0] == "side.level"
    assert levels.is_linked(levels.best(levels.by_person(planted), truth))


def test_levels_in_a_log_are_found(told: tuple[list[Played], Evidence]) -> None:
    truth = _truth(told[0])
    lines = [f"counted {{'q1': {5 if truth[who] else 1}}}" for who in told[1].everybody()]
    planted = replace(told[1], logs=[*told[1].logs, *lines])
    assert levels.best(levels.by_bytes(planted), truth)[0].startswith("logs")
    assert levels.is_linked(levels.best(levels.by_bytes(planted), truth))


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


def _truth(rounds: list[Played]) -> Guesses:
    return {who: said.bit for each in rounds for who, said in each.said.items()}


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

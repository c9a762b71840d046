"""Does the table of OWASP ASVS 5.0 speak of every requirement of level 1 and 2, and name files that are there?"""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "tests/house/asvs.md").read_text("utf-8")
ROW = re.compile(r"^\| ([\d.–]+) \| (yes|no|none|operator) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
# The last requirement of levels 1 and 2 in each section that could concern us (not OAuth, not WebRTC), and four of level 3.
LAST = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3,
    "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
OF_LEVEL_3 = ["1.2.10", "6.3.8", "8.3.2", "15.4.2"]


def in_range(text: str) -> list[str]:
    first, _, last = text.partition("–")
    section, _, number = first.rpartition(".")
    return [f"{section}.{each}" for each in range(int(number), int((last or first).rpartition(".")[2]) + 1)]


def test_every_requirement_has_one_line() -> None:
    wanted = [f"{section}.{number}" for section, last in LAST.items() for number in range(1, last + 1)] + OF_LEVEL_3
    there = [number for row in ROW.findall(TABLE) for number in in_range(row[0])]
    assert [number for number, count in Counter(there).items() if count > 1] == []
    assert set(there) == set(wanted)
    assert len(ROW.findall(TABLE)) == len([line for line in TABLE.splitlines() if re.match(r"\| \d", line)])


def test_what_holds_is_shown_by_a_file_that_is_there() -> None:
    for number, holds, how, shown in ROW.findall(TABLE):
        files = re.findall(r"`([^`]+)`", shown)
        assert bool(files) == (holds != "none"), number
        assert [file for file in files if not (ROOT / file).is_file()] == [], number
        assert holds != "no" or len(how) > 40, f"{number} deviates without a reason"

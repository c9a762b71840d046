"""Does the code keep the rules of the house? Layers, sizes, names, and nothing left lying about."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("peerapp", "tests") for path in (ROOT / folder).rglob("*.py"))
MOST = {"peerapp": 300, "tests": 500}
MODULES = [path for path in OURS if "migrations" not in path.parts]


def test_no_module_outgrows_its_reader() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {str(path) for path, lines in lengths.items() if lines > MOST[path.parts[0]]} == set()


def test_no_module_is_called_after_nothing_in_particular() -> None:
    nameless = {"utils", "helpers", "common", "misc", "util", "helper", "tools", "base"}
    assert [path for path in OURS if path.stem in nameless or path.parent.name in nameless] == []


def test_every_module_of_the_package_says_which_question_it_answers() -> None:
    silent = [
        path for path in MODULES if path.is_relative_to(ROOT / "peerapp") and path.read_text("utf-8")[:3] != '"""'
    ]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_an_exception_from_a_rule_stands_with_its_reason() -> None:
    bare = re.compile(r"#\s*(noqa(: [\w, ]+)?|type: ignore(\[[\w, -]+\])?|nosec)\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in OURS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    assert [str(path) for path in OURS if later.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "command",
    [("lint-imports", "--no-logo"), ("bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", "peerapp")],
    ids=["layers", "known insecure calls"],
)
def test_the_checkers_find_nothing(command: tuple[str, ...]) -> None:
    tool = Path(sys.executable).parent / command[0]
    done = subprocess.run([tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr

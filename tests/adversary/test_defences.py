"""Does a test fail when a defence is gone? Each is taken out of a copy of the house, in turn; all of them with --long."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import peerapp
from tests.adversary.defences import DEFENCES, SAMPLED, Defence

PEERAPP = Path(peerapp.__file__).parent
HOUSE = PEERAPP.parent
PATIENCE = 600
FAILED = 1  # pytest's own; 2 to 5 say that no test ran


@pytest.mark.parametrize("name", DEFENCES)
def test_each_defence_stands_where_the_list_says_and_has_a_test(name: str) -> None:
    for edit in DEFENCES[name].edits:
        assert (PEERAPP / edit.file).read_text().count(edit.old) == 1, edit.file
    file, _, function = DEFENCES[name].test.partition("::")
    assert f"def {function.partition('[')[0]}(" in (HOUSE / "tests" / file).read_text()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house once more: program and tests, nothing else."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("peerapp", "tests"):
        shutil.copytree(HOUSE / name, folder / name)
    shutil.copy(HOUSE / "pyproject.toml", folder)
    return folder


def run(copy: Path, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    """These tests in the copy, by a Python that knows no other peerapp."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "--database", "sqlite", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *(f"tests/{each}" for each in tests)],
        cwd=copy, env=known | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def without(copy: Path, defence: Defence) -> subprocess.CompletedProcess[str]:
    """Its test, where it has been taken out; afterwards the copy is whole again."""
    files = {each.file for each in defence.edits}
    try:
        for edit in defence.edits:
            path = copy / "peerapp" / edit.file
            path.write_text(path.read_text().replace(edit.old, edit.new))
        return run(copy, [defence.test])
    finally:
        for file in files:
            shutil.copy2(PEERAPP / file, copy / "peerapp" / file)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "taken_out" in metafunc.fixturenames:
        metafunc.parametrize("taken_out", DEFENCES if metafunc.config.getoption("--long") else SAMPLED)


def test_without_a_defence_its_test_fails(copy: Path, taken_out: str) -> None:
    done = without(copy, DEFENCES[taken_out])
    assert done.returncode == FAILED, done.stdout[-2_000:] + done.stderr[-2_000:]
    file, _, function = DEFENCES[taken_out].test.partition("::")
    assert re.search(rf"^FAILED tests/{re.escape(f'{file}::{function}')}", done.stdout, re.MULTILINE), done.stdout[
        -2_000:
    ]


def test_the_copy_is_another_house_that_passes_when_it_is_whole(copy: Path, long: bool) -> None:
    """So the failures above are the defences'; in the suite itself the same tests pass in this house."""
    code = "import peerapp; print(peerapp.__file__)"
    known = os.environ | {"PYTHONPATH": str(copy)}
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=copy, env=known, capture_output=True, text=True, check=True)
    assert Path(told.stdout.strip()).is_relative_to(copy)
    if long:
        done = run(copy, dict.fromkeys(each.test for each in DEFENCES.values()))
        assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]

"""Does the counting box keep to itself?"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import peerapp

PACKAGE = Path(peerapp.__file__).parent
FROM_OUTSIDE = {"cryptography", "pysqlite3"}
OURS = ("peerapp.rules", "peerapp.ballotbox")


def imported(path: Path) -> Iterator[str]:
    """The full name of every module that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import says where from"
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("path", sorted((PACKAGE / "ballotbox").glob("*.py")), ids=lambda path: path.stem)
def test_the_box_imports_only_rules_the_standard_library_and_cryptography(path: Path) -> None:
    for name in imported(path):
        top = name.partition(".")[0]
        assert top in sys.stdlib_module_names or top in FROM_OUTSIDE or name.startswith(OURS), name


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("*.py")), ids=lambda path: path.stem)
def test_rules_import_only_rules_and_the_standard_library(path: Path) -> None:
    for name in imported(path):
        assert name.partition(".")[0] in sys.stdlib_module_names or name.startswith("peerapp.rules"), name


def test_the_box_logs_nothing() -> None:
    names = {name.partition(".")[0] for path in (PACKAGE / "ballotbox").glob("*.py") for name in imported(path)}
    assert not names & {"logging", "warnings", "traceback", "syslog"}

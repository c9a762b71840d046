"""Can every sentence of the house be translated? In Python, too, and by the tool that gathers them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import peerapp

FOLDER = Path(peerapp.__file__).parent
MODULES = sorted(path for path in FOLDER.rglob("*.py") if "migrations" not in path.parts)
TRANSLATES = {"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext"}
SPEAKS = {"flash", "say_done", "Refusal", "InputRequired", "DataRequired", "ValidationError", "StopValidation",
          "FileRequired", "Email"}  # fmt: skip
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield name, node


@every_module
def test_what_is_translated_is_a_whole_text_with_all_its_values(path: Path) -> None:
    wrong = []
    for name, call in calls(path):
        text = call.args[0] if name in TRANSLATES and call.args else None
        if isinstance(text, ast.JoinedStr | ast.BinOp):
            wrong.append(call.lineno)
        if isinstance(text, ast.Constant) and name in {"_", "gettext"} and all(each.arg for each in call.keywords):
            gaps = set(re.findall(r"%\((\w+)\)s", text.value))
            wrong += [call.lineno] if gaps != {each.arg for each in call.keywords} else []
    assert wrong == []


@every_module
def test_nothing_is_said_in_bare_words(path: Path) -> None:
    bare = [
        call.lineno
        for name, call in calls(path)
        if name in SPEAKS and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    ]
    bare += [
        call.lineno
        for _name, call in calls(path)
        for each in call.keywords
        if each.arg == "message" and isinstance(each.value, ast.Constant | ast.JoinedStr)
    ]
    assert bare == []


def test_the_gatherer_finds_every_text() -> None:
    found = {
        text if isinstance(text, str) else text[0]
        for _file, _line, text, _comments, _context in extract_from_dir(
            FOLDER, METHODS, keywords={"_": None, "_l": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
        )
    }
    marked = {
        call.args[0].value
        for path in MODULES
        for name, call in calls(path)
        if name in TRANSLATES and call.args and isinstance(call.args[0], ast.Constant)
    }
    assert marked - found == set()
    assert len(found) > 500

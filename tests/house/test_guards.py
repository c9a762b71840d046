"""Would anything notice if a guard were gone? Each is taken away once, and its probe has to find that."""

import logging

import pytest
from flask import Flask

from peerapp import mishaps
from tests.house.faults import GUARDS, Guard, outspoken
from tests.house.markup import broken
from tests.house.world import make_world

pytestmark = pytest.mark.one_database
FINE = "<!doctype html><html lang=en><head><title>Fine</title></head><body><main><h1>Fine</h1>{}</main></body></html>"


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_its_guard_the_house_is_found_open(app: Flask, monkeypatch: pytest.MonkeyPatch, guard: Guard) -> None:
    world = make_world()
    assert guard.find(app, world) == []
    with monkeypatch.context() as patched:
        guard.take_away(app, patched)
        assert guard.find(app, world) != []


def test_a_log_that_quotes_exceptions_is_noticed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("only the two of them read this")
    mishaps.note(logging.getLogger(), "here", error)
    assert "only the two" not in caplog.text
    outspoken(app, monkeypatch)
    mishaps.note(logging.getLogger(), "here", error)
    assert "only the two" in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        "<p>one<div>two</p></div>",
        "<p id=a>one</p><p id=a>two</p>",
        "<label for=b>b</label>",
        "<input name=x>",
        "<select name=x><option>1</option></select>",
        "<textarea name=x></textarea>",
        "<button><svg></svg></button>",
        "<a href=/x></a>",
        "<a href=#nowhere>x</a>",
        "<h3>three after one</h3>",
        "<h1>a second one</h1>",
        "<p aria-describedby=gone>x</p>",
        "<p a=1 a=2>x</p>",
        "<p>&nosuch;</p>",
        "<main>a second one</main>",
    ],
)
def test_a_fault_in_the_html_is_noticed(fault: str) -> None:
    assert broken(FINE.format("")) == []
    assert broken(FINE.format(fault)) != []

"""A large people file says how far it is, with and without JavaScript, and ends on its result."""

import re
import time

import pytest
from playwright.sync_api import expect

from peerapp import progress
from peerapp.db import db
from peerapp.routes import imports
from tests.people_files import the_company

SLOWLY = 0.8


@pytest.fixture
def slow_disk(monkeypatch):
    """Every portion takes its time, and the answer does not wait for the end."""
    begin = progress.begin

    def slowly(work, total):
        report = begin(work, total)

        def told(more):
            report(more)
            time.sleep(SLOWLY)

        return told

    monkeypatch.setattr(progress, "begin", slowly)
    monkeypatch.setattr(imports, "SHORT_IMPORTS_TAKE", 0.0)


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_a_large_file_says_how_far_it_is_and_ends_on_its_result(browser_as, slow_disk, tmp_path, java_script):
    file = tmp_path / "everybody.csv"
    file.write_bytes(the_company(*[f"Person {at},p{at}@example.com,Sales,," for at in range(1_900)]))
    db.session.rollback()
    page = browser_as("olu", java_script_enabled=java_script)
    page.goto("/programme/import")
    page.get_by_label("People file").set_input_files(file)
    page.get_by_role("button", name="See what it would do").click()
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Writing everybody.csv")
    expect(page.get_by_text(re.compile(r"(500|1000|1500) of 1900 people"))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("everybody.csv is written", timeout=15_000)
    assert "1900 new" in re.sub(r"\s+", " ", page.get_by_role("main").inner_text())

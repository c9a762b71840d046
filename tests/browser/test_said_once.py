"""What does a screen reader say of the other's changes? Each once, politely, and nothing of one's own as theirs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.network import answered_late
from tests.browser.test_live import SOON, goals, here, move_on, pair, two  # noqa: F401 - fixtures

LISTEN = """() => {
    window.said = [];
    const regions = [...document.querySelectorAll("#announcer, [aria-live=polite], #toasts")];
    window.assertive = document.querySelectorAll("[aria-live=assertive], [role=alert]").length;
    for (const region of regions) {
        let before = region.textContent.trim();
        new MutationObserver(() => {
            const now = region.textContent.replace(/\\s+/g, " ").trim();
            if (now && now !== before) window.said.push(now);
            before = now;
        }).observe(region, { childList: true, characterData: true, subtree: true });
    }
}"""


def add_note(page: Page) -> None:
    page.get_by_label("Write a note").press_sequentially(
        "Three keywords", delay=120
    )  # long enough to be kept on the way
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".note.me .prose")).to_have_text("Three keywords")


def add_decision(page: Page) -> None:
    page.get_by_text("Add a decision").click()
    page.get_by_label("What you decided").fill("No slides")
    page.get_by_role("button", name="Add decision").click()


def add_action(page: Page) -> None:
    page.get_by_text("Add an action").click()
    page.get_by_label("What is to be done").fill("Send the list")
    page.get_by_role("button", name="Add action").click()


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).click()


CHANGES = [  # what Ben does, and what Ana hears; the order matters
    (lambda page: move_on(page, "Chair one meeting", "Doing"), "Ben moved “Chair one meeting” to Doing."),
    (add_note, "Ben wrote in the notes."),
    (add_decision, "Ben changed the decisions."),
    (add_action, "Ben changed the actions."),
    (press("Done: Send the list"), "Ben changed the actions."),
    (press("Talked about: How are you"), "Ben changed the agenda."),
    (press("Start the clock"), "Ben changed the agenda."),
    (press("a coach"), "Ben needs a coach today. Ask before you answer: what have you tried, what else could work, what will you do first?"),
]  # fmt: skip


def test_every_change_of_the_other_is_said_once_and_politely(two):  # noqa: F811 - the fixture
    ana, ben = two
    for page in two:
        expect(page.locator("#announcer")).to_contain_text("is here")
        page.evaluate(LISTEN)
    for change, told in CHANGES:
        ana.evaluate("window.said = []")
        change(ben)
        ana.wait_for_function("words => window.said.includes(words)", arg=told, timeout=SOON * 2)
        ana.wait_for_timeout(400)  # what would be said a second time
        assert ana.evaluate("window.said") == [told]
    assert ana.evaluate("window.assertive") == 0
    assert [words for words in ben.evaluate("window.said") if "Ben" in words or "Ana" in words] == []


@pytest.mark.parametrize("what", ["**/notes/typed", "**/decisions"])
def test_nothing_of_ones_own_is_told_as_the_others_however_late_its_answer_comes(two, what):  # noqa: F811 - the fixture
    ana, ben = two
    expect(ben.locator("#announcer")).to_contain_text("is here")
    ben.evaluate(LISTEN)
    ben.route(what, answered_late(ben, 1500))
    add_note(ben)
    add_decision(ben)
    expect(ben.locator("#decisions li")).to_have_count(1)
    expect(ana.locator("#decisions li")).to_have_count(1)
    ana.get_by_text("Add an action").click()
    add = ana.get_by_label("What is to be done")
    add.fill("Book a room")
    add.press("Enter")
    ben.wait_for_function("words => window.said.includes(words)", arg="Ana changed the actions.")
    assert [words for words in ben.evaluate("window.said") if "Ana" in words] == ["Ana changed the actions."]

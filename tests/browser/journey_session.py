"""The rest of the journey: a session, from its plan to what it leaves open for the next."""

from playwright.sync_api import expect

from tests.browser.ways import Way


def plan(caro: Way) -> None:
    caro.press("Board with Zoe")
    caro.at("Board with Zoe")
    caro.press("Journal")
    caro.at("Journal with Zoe")
    caro.press("Plan a session")
    caro.at("Plan a session")
    caro.press("Plan it")
    caro.sees("planned")


def meet(caro: Way, zoe: Way) -> None:
    zoe.press("Board with Caro")
    zoe.at("Board with Caro")
    zoe.press("Journal")
    zoe.at("Journal with Caro")
    zoe.press("Start now")
    zoe.at("Session with Caro")
    zoe.press("Talked about: How are you")
    expect(zoe.page.locator("#agenda .done")).to_have_count(1)
    zoe.write("Write a note", "Begin with the deletions")
    zoe.press("Add note")
    zoe.sees("Begin with the deletions", within="#notes")
    caro.press("Home")
    caro.at("Hello Caro")
    caro.press("Go to the session")
    caro.at("Session with Zoe")
    caro.sees("Begin with the deletions", within="#notes")
    caro.write("Write a note", "I will try it on Monday")
    caro.press("Add note")
    caro.sees("I will try it on Monday", within="#notes")
    zoe.look_again()
    zoe.sees("I will try it on Monday", within="#notes")
    zoe.press("Add a decision")
    zoe.write("What you decided", "No slides")
    zoe.press("Add decision")
    zoe.sees("No slides", within="#decisions")
    zoe.press("Add an action")
    zoe.write("What is to be done", "Send the run sheet", within="#actions")
    zoe.press("Add action")
    zoe.sees("Send the run sheet", within="#actions")


def note_privately(caro: Way, zoe: Way) -> None:
    caro.open_private_notes()
    caro.write("For myself", "I was nervous")
    caro.press("Save", within="#private_note")
    caro.sees("Saved", within="#private_note")
    zoe.open_private_notes()
    expect(zoe.field("For myself")).to_have_value("")


def close(zoe: Way) -> None:
    if zoe.page.url.endswith("/private"):
        zoe.press("Session with Caro")
        zoe.at("Session with Caro")
    zoe.press("End session")
    zoe.at("What came out of it")
    zoe.sees("No slides")
    zoe.sees("Send the run sheet")
    zoe.press("End and plan this")
    zoe.at("Journal with Caro")
    zoe.sees("Next session")


def go_on(caro: Way) -> None:
    caro.press("Zoe & me")
    caro.at("Board with Zoe")
    caro.press("Journal")
    caro.at("Journal with Zoe")
    caro.press("Session 2")
    caro.at("Session with Zoe")
    expect(caro.page.locator("[aria-labelledby=journal_title] h3").first).to_have_text("Open from earlier")
    caro.press("Done: Send the run sheet", within="#earlier_actions")
    caro.told("“Send the run sheet” is done.")
    expect(caro.page.locator("#earlier_actions")).to_be_hidden()

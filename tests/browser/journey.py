"""The whole way of two colleagues, told once: find each other, define goals, engage, part. Each works in a way of their own."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from peerapp.models import Person
from tests.browser.journey_board import begin_the_board, change_at_once, move, take_a_step
from tests.browser.journey_session import close, go_on, meet, note_privately, plan
from tests.browser.ways import Way
from tests.cast import PASSWORD
from tests.passwords import give_password

LEARNS, SHOWS = "I want to learn it", "I can show it"
OpenPage = Callable[..., Page]


def go_the_whole_way(caro: Way, zoe: Way, keep: str = "Merge") -> None:
    """From two profiles to the end of a pair; `keep` is what Caro chooses when both have changed the same words."""
    sign_in(zoe, "zoe")
    fill_in(zoe, learns="Communication", shows="Functional knowledge")
    sign_in(caro, "caro")
    fill_in(caro, learns="Functional knowledge", shows="Communication")
    ask(caro, "Zoe")
    accept(zoe, "Caro")
    sign_both(caro, zoe)
    begin_the_board(caro)
    move(caro, zoe)
    change_at_once(caro, zoe, keep)
    take_a_step(caro, zoe)
    plan(caro)
    meet(caro, zoe)
    note_privately(caro, zoe)
    close(zoe)
    go_on(caro)
    part(caro, zoe)


def both(way: type[Way], browser_as: OpenPage, people: dict[str, Person]) -> tuple[Way, Way]:
    """Caro and Zoe, who have nothing yet but a password, in two browsers."""
    for name in ("caro", "zoe"):
        give_password(people[name])
    caro, zoe = (way(browser_as(None, **way.options)) for _ in range(2))
    return caro, zoe


def sign_in(way: Way, name: str) -> None:
    way.page.goto("/")
    way.at("Sign in")
    give_name_and_password(way, name)
    way.at(f"Hello {name.capitalize()}")


def give_name_and_password(way: Way, name: str) -> None:
    address = {"caro": "caro.lind@example.com", "zoe": "zoe.park@example.com"}[name]
    way.write("E-mail address", address)
    way.write("Password", PASSWORD)
    way.press("Sign in", within="main")


def fill_in(way: Way, *, learns: str, shows: str) -> None:
    way.press("Fill in my profile")
    way.at("Your profile")
    way.tick(LEARNS, within=_row(learns))
    way.tick(SHOWS, within=_row(shows))
    way.press("Save and see who fits")
    way.at("People")


def _row(area: str) -> str:
    return f'.skill:has-text("{area}")'


def ask(way: Way, name: str) -> None:
    way.sees("which you want to learn")
    way.press(f"Ask {name}")
    way.at(f"Ask {name}")
    expect(way.field("Your message")).to_have_value(re.compile(f"Hello {name}, "))
    way.add_to("Your message", " I am free on Thursdays.")
    way.press("Send")
    way.at(f"You asked {name}")
    way.sees("I am free on Thursdays.")


def accept(way: Way, name: str) -> None:
    way.press("Home")
    way.at("Hello Zoe")
    way.press("Read and answer")
    way.at(f"{name} asks you")
    way.write("And you: one thing to get better at", "Short written reports")
    way.press("Accept")
    way.at("Six lines you both keep")


def sign_both(caro: Way, zoe: Way) -> None:
    zoe.press("Sign")
    zoe.told("It is Caro’s turn now")
    caro.press("Home")
    caro.at("Hello Caro")
    caro.press("Read and sign")
    caro.at("Six lines you both keep")
    caro.press("Sign")
    caro.at("Board with Zoe")
    caro.sees("Short written reports")


def part(caro: Way, zoe: Way) -> None:
    caro.press("Zoe & me")
    caro.at("Board with Zoe")
    before = caro.presses
    caro.press("Your pair")
    caro.at("Zoe and you")
    caro.press("End")
    caro.at("End your pair with Zoe?")
    caro.press("End it")
    caro.told("Your pair has ended.")
    assert caro.presses - before <= 3
    for way, name in ((caro, "Zoe"), (zoe, "Caro")):
        way.look_again()
        way.press("Board")
        way.at(f"Board with {name}")
        way.sees("This pair has ended.")
        way.sees("Read a query plan", within="#board")
        expect(way.page.locator("main form, main [data-move]")).to_have_count(0)

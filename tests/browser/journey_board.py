"""The middle of the journey: what two do with their board."""

import re

from playwright.sync_api import expect

from tests.browser.ways import Way


def begin_the_board(caro: Way) -> None:
    caro.press("Add from template")
    caro.at("Add from a template")
    caro.press(re.compile("^Use it ?: SMART goal$"))
    caro.at("SMART goal")
    caro.write("What do you want to reach?", "Join two tables")
    caro.write("How will you see that it is reached?", "A report of mine runs by itself")
    caro.press("Put it on the board")
    caro.at("Board with Zoe")
    caro.sees("Join two tables")
    caro.press("Add goal")
    caro.at("Add a goal")
    caro.write("What do you want to reach?", "Read a query plan")
    caro.tick("Functional knowledge")
    caro.press("Add goal")
    caro.at("Board with Zoe")
    caro.told("“Read a query plan” is on the board.")


def move(caro: Way, zoe: Way) -> None:
    caro.move("Read a query plan", "Doing")
    caro.told("“Read a query plan” is in Doing now.")
    zoe.press("Caro & me")
    zoe.at("Board with Caro")
    expect(zoe.card("Read a query plan", "Doing")).to_be_attached()
    caro.undo()
    caro.told("Taken back.")
    expect(caro.card("Read a query plan", "Ideas")).to_be_attached()
    zoe.look_again()
    expect(zoe.card("Read a query plan", "Ideas")).to_be_attached()


def change_at_once(caro: Way, zoe: Way, keep: str) -> None:
    for way, words in ((zoe, "Read about indexes"), (caro, "Look at one plan together")):
        way.open_card("Read a query plan")
        way.at("Read a query plan")
        way.press("Change")
        way.at("Change the goal")
        way.write("What is the next step?", words)
    zoe.press("Save")
    zoe.told("Saved.")
    caro.press("Save")
    caro.at("Two versions of the same words")
    caro.sees("Read about indexes")
    caro.tick(keep)
    caro.press("Save")
    caro.at("Read a query plan")
    for words, keeps in (("Read about indexes", "Keep theirs"), ("Look at one plan together", "Keep mine")):
        (caro.sees if keep in {keeps, "Merge"} else caro.sees_nothing_of)(words)


def take_a_step(caro: Way, zoe: Way) -> None:
    caro.write("New step", "Run EXPLAIN once")
    caro.press("Add step")
    caro.sees("0 of 1 step")
    caro.press("Done: Run EXPLAIN once")
    caro.sees("1 of 1 step")
    zoe.look_again()
    zoe.sees("1 of 1 step")
    zoe.write("Your comment", "Well begun")
    zoe.press("Comment")
    zoe.sees("Well begun", within=".comments")
    caro.look_again()
    caro.sees("Well begun", within=".comments")

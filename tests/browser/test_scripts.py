"""The scripts of the shell on a page of our own: drafts, messages, keys, menus, and sending once."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, flash, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from peerapp import clock
from peerapp.access import public
from peerapp.db import db
from peerapp.models import Person

SAMPLE = """{% extends "base.html" %}{% block title %}Sample{% endblock %}{% block main %}
<h1>Sample</h1>
{{ ui.error_summary({"text": "Say more."} if wrong else {}) }}
<form method="post" data-draft="sample">
  {{ ui.csrf() }}{{ ui.field("text", "Text", text, type="textarea", maxlength=20) }}{{ ui.button("Send") }}
</form>
<form method="post">{{ ui.csrf() }}<button class="button" data-signout>Leave</button></form>
{{ ui.field("q", "Search", type="search") }}
<a href="/sample?new=1" data-new>New</a>
{% call ui.menu("More") %}<a class="menu-item" href="#">First</a><a class="menu-item" href="#">Second</a>{% endcall %}
{% endblock %}"""
OpenPage = Callable[..., Page]
received: list[str] = []


def _sample() -> ResponseReturnValue:
    text = request.form.get("text", "")
    if request.method == "GET":
        return render_template_string(SAMPLE, wrong=False, text="")
    received.append(text)
    if text == "slow":
        time.sleep(0.5)
    if text == "wrong":
        return render_template_string(SAMPLE, wrong=True, text=text, has_errors=True), 422
    flash({"text": "Sent.", "undo": "/sample"}, "done")
    flash("But not to everybody.", "problem")
    return redirect("/sample", 303)


@pytest.fixture(autouse=True)
def sample_page(live: Flask) -> None:
    received.clear()
    if "sample" not in live.view_functions:
        live.__dict__["_got_first_request"] = False
        live.add_url_rule("/sample", "sample", public(_sample), methods=["GET", "POST"])


@pytest.fixture
def page(browser_as: OpenPage) -> Page:
    opened = browser_as("ana")
    opened.clock.install()
    opened.goto("/sample")
    return opened


def type_and_wait(page: Page, text: str) -> None:
    page.get_by_label("Text").fill(text)
    page.clock.fast_forward(500)


def test_what_was_typed_is_there_again_after_leaving_the_page(page: Page) -> None:
    type_and_wait(page, "half a thought")
    page.goto("/sample")
    expect(page.get_by_label("Text")).to_have_value("half a thought")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Text")).to_have_value("")
    page.goto("/sample")
    expect(page.get_by_label("Text")).to_have_value("")


def test_what_was_sent_does_not_come_back(browser_as: OpenPage) -> None:
    page = browser_as("ana")  # whose clock is its own: a stopped one tells of no redirect
    page.goto("/sample")
    page.get_by_label("Text").fill("a whole thought")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".toast").first).to_contain_text("Sent.")
    expect(page.get_by_label("Text")).to_have_value("")


def test_what_was_refused_is_kept_and_the_problem_has_the_focus(page: Page) -> None:
    type_and_wait(page, "wrong")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.goto("/sample")
    expect(page.get_by_label("Text")).to_have_value("wrong")


def test_signing_out_takes_every_draft_along(page: Page) -> None:
    type_and_wait(page, "only mine")
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".toast").first).to_contain_text("Sent.")
    assert page.evaluate("localStorage.length") == 0


def test_a_second_click_sends_nothing(page: Page) -> None:
    page.get_by_label("Text").fill("slow")
    page.evaluate(
        "const b = document.querySelector('[data-draft] button'); b.click(); setTimeout(() => b.click(), 200)"
    )
    expect(page.locator(".toast").first).to_contain_text("Sent.")
    assert received == ["slow"]


def test_control_and_enter_send_the_form_one_types_in(page: Page) -> None:
    page.get_by_label("Text").fill("by keys")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast").first).to_contain_text("Sent.")
    assert received == ["by keys"]


def test_a_done_message_goes_by_itself_and_a_problem_stays_until_dismissed(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".toast")).to_have_count(2)
    page.clock.run_for(11_000)
    expect(page.locator(".toast")).to_have_text(["But not to everybody."])
    page.get_by_role("button", name="Dismiss").click()
    page.clock.run_for(500)
    expect(page.locator(".toast")).to_have_count(0)


def test_control_and_z_take_the_last_change_back(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".toast")).to_have_count(2)
    page.keyboard.press("Control+z")
    page.wait_for_load_state()
    expect(page.locator(".toast")).to_have_count(2)
    assert len(received) == 2


def test_the_question_mark_lists_the_keys_and_escape_gives_the_focus_back(page: Page) -> None:
    page.get_by_role("link", name="New").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    expect(page.get_by_role("link", name="New")).to_be_focused()


def test_single_keys_search_and_start_something_new_but_rest_while_one_types(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("n?/")
    expect(page.get_by_label("Search")).to_have_value("n?/")
    page.get_by_role("heading", name="Sample").click()
    page.keyboard.press("n")
    page.wait_for_url("**/sample?new=1")


def test_single_keys_can_be_switched_off(browser_as: OpenPage, people: dict[str, Person]) -> None:
    people["ana"].shortcuts_off_since = clock.now() - timedelta(days=1)
    db.session.commit()
    page = browser_as("ana")
    page.goto("/sample")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()


def test_a_menu_is_walked_by_arrows_and_closed_by_escape_or_a_click_elsewhere(page: Page) -> None:
    summary = page.locator("main summary")
    summary.click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="First")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Second")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_role("heading", name="Sample").click()
    expect(page.get_by_role("link", name="First")).to_be_hidden()


def test_a_text_that_gets_long_says_how_much_is_too_much(page: Page) -> None:
    page.get_by_label("Text").fill("x" * 23)
    expect(page.locator(".counter")).to_have_text("Characters too many: 3")
    page.get_by_label("Text").fill("x" * 18)
    expect(page.locator(".counter")).to_have_text("Characters left: 2")


def test_the_first_view_takes_six_requests_at_most_and_40_kilobytes(browser_as: OpenPage) -> None:
    page = browser_as("ana")
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda each: sizes.append(sum(each.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))),
    )
    page.goto("/sample")
    page.wait_for_timeout(300)
    assert len(sizes) <= 5  # a board adds its own module
    assert 10_000 < sum(sizes) < 40_000


def test_the_theme_changes_without_a_reload_and_is_remembered(page: Page) -> None:
    page.evaluate("window.stays = true")
    with page.expect_response("**/settings/theme"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.stays")
    page.goto("/sample")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_theme_changes_without_scripts_too(browser_as: OpenPage) -> None:
    page = browser_as("ana", java_script_enabled=False)
    page.goto("/sample?new=1")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/sample?new=1")


def test_the_frame_of_one_person_says_nothing_of_another(browser_as: OpenPage) -> None:
    for name in ("ana", "ben"):
        page = browser_as(name)
        page.goto("/sample")
    assert "Ana" not in page.content()


def test_control_and_z_in_a_field_belong_to_the_field(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".toast")).to_have_count(2)
    page.get_by_label("Text").press_sequentially("abc")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Text")).not_to_have_value("abc")
    assert len(received) == 1

"""What can go wrong while somebody answers, and is it said kindly, with nothing lost and nothing told?"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import delete, select

from peerapp.db import db
from peerapp.models import Notice, Person, Round, SignIn
from tests.browser.answering import Answering, answering, close_early
from tests.browser.test_axe import ALL, AXE, DESK, RUN, TOO_WIDE
from tests.clients import session_cookie
from tests.rounds import make_crowd, make_open_round

BrowserAs = Callable[..., Page]
WORDS = "Keep the thirty minutes."
NARROW = {"width": 320, "height": 800}
COLOURS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def opened(live: Flask, people: dict[str, Person]) -> Round:
    return make_open_round(people["ana"], [people["caro"], *make_crowd(8)], readers=[people["mia"]], why="To learn.")


@pytest.fixture
def caro(browser_as: BrowserAs, opened: Round) -> Answering:
    return answering(browser_as, "caro", opened)


def crash(who: Answering, before: str) -> BrowserContext:
    """Send, and lose the page before that request arrives; the browser that is left."""
    who.page.route(before, lambda route: route.abort())
    who.open().fill(words=WORDS)
    with who.page.expect_request(before):
        who.send()
    context = who.page.context
    who.page.close()
    return context


def nothing_was_sent(who: Answering) -> None:
    assert who.writes() == []
    assert who.stored() == {}


# ---- a promise that does not hold ----


def test_a_manifest_with_another_fingerprint_stops_everything(caro: Answering) -> None:
    caro.page.route("**/manifest", lambda route: route.fulfill(body=route.fetch().text().replace("65537", "3")))
    caro.open().fill(words=WORDS).send().ends("mismatch")
    nothing_was_sent(caro)
    expect(caro.panel("mismatch").locator("textarea")).to_have_value(WORDS)


def test_what_stands_on_the_screen_is_compared_too(caro: Answering) -> None:
    caro.open().page.evaluate("document.querySelector('[data-words]').textContent = 'I like it here.'")
    caro.fill().send().ends("mismatch")
    nothing_was_sent(caro)


CHECK = """async () => {
  const source = document.querySelector("script[src*=answer]").src.replace("page.js", "promise.js");
  const { check } = await import(source);
  const facts = JSON.parse(document.getElementById("answering").dataset.facts);
  const page = { title: facts.said.title, why: facts.said.why, questions: facts.questions.map(({ id, text }) => [id, text]),
    promise: document.querySelector(".promise").textContent };
  (CHANGE)(facts, page);
  try { return (await check(facts, page, document.getElementById("answering").dataset.manifest)).length; }
  catch (error) { return error.message; }
}"""
CHANGES = {
    "f.readers.pop()": "readers",
    "f.readers[0].id = f.owner.id.replace(/^./, '0')": "readers",
    "f.owner.name = 'Mia Holm'": "owner",
    "f.sharing.push(f.readers[0])": "sharing",
    "f.said.title = p.title = 'Who should go?'": "title",
    "f.said.why = p.why = 'To judge.'": "title",
    "f.said.purpose = 'unit'": "title",
    "f.said.language = 'de'": "title",
    "f.minimum = 4": "minimum",
    "f.opens_at = '2020-01-01T00:00:00Z'": "opens_at",
    "f.closes_at = '2030-01-01T00:00:00Z'": "closes_at",
    "f.questions[0].text = 'I like it here.'": "questions",
    "f.questions[0].bank = 'own'": "questions",
    "f.questions[0].kind = 'frequency'": "questions",
    "f.questions.push({ ...f.questions[0], id: 'q9' })": "questions",
    "f.part = 1": "part",
    "f.round = f.owner.id": "round",
    "f.salt = '00'.repeat(32)": "title",
    "f.fingerprint = '00'.repeat(32)": "fingerprint",
    "p.title = 'Who should go?'": "title",
    "p.why = ''": "title",
    "p.questions[0][1] = 'I like it here.'": "questions",
    "p.questions.pop()": "questions",
    "p.promise = p.promise.replace('Mia Holm', '')": "readers",
    "p.promise = p.promise.replaceAll('5', '3')": "minimum",
}


def test_whatever_differs_from_what_was_promised_is_noticed(caro: Answering) -> None:
    page = caro.open().page
    found = {change: page.evaluate(CHECK.replace("CHANGE", f"(f, p) => {{ {change}; }}")) for change in CHANGES}
    assert found == CHANGES
    assert page.evaluate(CHECK.replace("CHANGE", "() => {}")) == 256


def fulfilling(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body)


MANIFESTS = {
    '.replace(\'"name":""\', \'"name":"Kiel"\')': "parts",
    ".replace('\"e\":65537', '\"e\":3')": "key",
    '.replace(/"n":"../, \'"n":"AA\')': "key",
    '.replace(/"n":"..../, \'"n":"\')': "key",
    '.replace(/"size":\\d+/, \'"size":7\')': "part",
    ".replace('\"minimum\":5', '\"minimum\":6')": "minimum",
    ".slice(1)": "manifest",
    ".replace('\"version\":1', '\"version\":2')": "round",
}


def test_a_weak_key_or_a_small_part_is_noticed_even_with_a_fitting_fingerprint(caro: Answering) -> None:
    page = caro.open().page
    text = page.request.get(page.locator("#answering").get_attribute("data-manifest") or "").text()
    found = {}
    for change in MANIFESTS:
        other = page.evaluate(f"(text) => text{change}", text)
        page.route("**/manifest", fulfilling(other))
        digest = hashlib.sha256(other.encode()).hexdigest()
        found[change] = page.evaluate(CHECK.replace("CHANGE", f"(f) => {{ f.fingerprint = '{digest}'; }}"))
        page.unroute_all()
    assert found == MANIFESTS


# ---- a browser that cannot ----


def test_without_javascript_the_page_says_kindly_why_not(browser_as: BrowserAs, opened: Round) -> None:
    page = browser_as("caro", java_script_enabled=False)
    page.goto(f"/rounds/{opened.id}/answer")
    expect(page.get_by_text("Answering needs JavaScript")).to_be_visible()
    expect(page.locator(".question input").first).to_be_disabled()
    expect(page.locator(".question textarea")).to_be_disabled()
    expect(page.get_by_role("button", name="See it before you send")).to_be_hidden()


def test_a_plain_http_address_is_told_how_to_mend_it(live: Flask, browser_as: BrowserAs, opened: Round) -> None:
    page, base = browser_as("caro"), live.config["PEERAPP"].base_url
    cookie = page.context.cookies()[0]
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": "http://plain.test"}])
    page.route(
        "http://plain.test/**",
        lambda route: route.fulfill(response=route.fetch(url=route.request.url.replace("http://plain.test", base))),
    )
    page.goto(f"http://plain.test/rounds/{opened.id}/answer")
    expect(page.get_by_role("heading", name="This address is not safe enough to answer.")).to_be_visible()
    assert page.evaluate("isSecureContext") is False


NO_STORAGE = 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("off", "SecurityError"); }, configurable: true })'


@pytest.mark.parametrize(
    ("script", "panel"),
    [
        ('Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true })', "insecure"),
        (NO_STORAGE, "storage"),
        ('Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }', "storage"),
    ],
)
def test_a_browser_that_cannot_seal_or_keep_says_so_first(caro: Answering, script: str, panel: str) -> None:
    caro.page.add_init_script(script)
    caro.page.goto(caro.path)
    caro.ends(panel)
    assert caro.writes() == []


def test_where_scripts_run_nobody_reads_that_they_do_not(caro: Answering) -> None:
    expect(caro.open().page.get_by_text("Answering needs JavaScript")).to_be_hidden()
    caro.page.get_by_role("link", name="Keyboard").click()
    caro.page.locator("dialog[open]").get_by_role("button", name="Close").click()
    expect(caro.page.locator("dialog[open]")).to_have_count(0)


# ---- a moment that was missed ----


def test_closed_while_typing_is_said_kindly_and_the_words_stay(
    live: Flask, caro: Answering, people: dict[str, Person], opened: Round
) -> None:
    caro.open().fill(words=WORDS).look()
    close_early(live, people["ana"], opened)
    caro.button("send").click()
    caro.ends("closed")
    kept = caro.panel("closed").locator("textarea")
    expect(kept).to_have_value(WORDS)
    assert caro.stored() == {}


def test_it_closed_before_the_answer_arrived(
    live: Flask, caro: Answering, people: dict[str, Person], opened: Round
) -> None:
    context = crash(caro, before="**/ballots/**")
    close_early(live, people["ana"], opened)
    later = Answering(context.new_page(), caro.path)
    later.page.goto(later.path)
    expect(later.page.locator("#kept_words")).to_have_value(WORDS)
    assert later.stored() == {}
    later.page.reload()
    expect(later.page.locator("#kept_words")).to_be_hidden()


def test_what_a_crash_left_is_finished_on_the_page_of_all_rounds(caro: Answering) -> None:
    context = crash(caro, before="**/rounds/*/paper")
    later = Answering(context.new_page(), "/feedback")
    later.page.goto(later.path)
    expect(later.page.get_by_text("sent from this browser")).to_be_visible()
    assert [name.split(":")[0] for name in later.stored()] == ["peerapp-receipt"]


def test_what_a_crash_left_is_finished_at_home_and_words_that_came_too_late_are_there_to_copy(
    live: Flask, caro: Answering, people: dict[str, Person], opened: Round
) -> None:
    context = crash(caro, before="**/rounds/*/paper")
    close_early(live, people["ana"], opened)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_label("A feedback round closed before your answer arrived")).to_have_value(WORDS)
    assert not [name for name in Answering(page, "/").stored() if name.startswith("peerapp-paper")]


def test_signed_out_while_typing_nothing_is_lost(
    live: Flask, caro: Answering, people: dict[str, Person], opened: Round
) -> None:
    caro.open().fill(words=WORDS)
    db.session.execute(delete(SignIn))
    db.session.commit()
    caro.send().ends("signed_out")
    cookie = session_cookie(live, people["caro"])
    caro.page.context.add_cookies([{"name": "peerapp", "value": cookie, "url": live.config["PEERAPP"].base_url}])
    caro.button("again").click()
    caro.ends("counted")


def sign_out(page: Page) -> None:
    page.locator(".usermenu summary").click()
    page.get_by_role("button", name="Sign out").click(no_wait_after=True)


def test_who_signs_out_while_an_answer_is_on_its_way_waits_for_it(caro: Answering) -> None:
    held: list[Route] = []
    caro.page.route("**/ballots/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its listeners, and a builtin cannot be marked
    caro.open().fill(words=WORDS)
    with caro.page.expect_request("**/ballots/*"):
        caro.send()
    other = caro.page.context.new_page()
    other.goto("/help")
    sign_out(other)
    expect(other.get_by_role("button", name="Sign out")).to_have_attribute("aria-busy", "true")
    with caro.page.expect_response("**/ballots/*") as answer:
        held[0].continue_()
    other.wait_for_url("**/sign-in*")
    assert answer.value.status == 204
    assert [name.split(":")[0] for name in Answering(other, "").stored()] == ["peerapp-receipt"]


def test_what_a_crash_left_is_finished_before_signing_out(caro: Answering) -> None:
    caro.page.route("**/ballots/*", lambda route: route.abort())
    caro.open().fill(words=WORDS)
    with caro.page.expect_response("**/paper"), caro.page.expect_request("**/ballots/*"):
        caro.send()
    page = caro.page.context.new_page()
    caro.page.close()
    page.goto("/help")
    with page.expect_response("**/ballots/*") as answer:
        sign_out(page)
    page.wait_for_url("**/sign-in*")
    assert answer.value.status == 204
    assert [name.split(":")[0] for name in Answering(page, "").stored()] == ["peerapp-receipt"]


def test_signing_out_erases_what_was_on_its_way_and_keeps_receipts(caro: Answering, opened: Round) -> None:
    caro.open()
    caro.page.evaluate(
        "localStorage.setItem('peerapp-paper:x:y', '{}'); localStorage.setItem('peerapp-receipt:x:y', '{}')"
    )
    caro.page.goto("/help")
    caro.page.locator(".usermenu summary").click()
    caro.page.get_by_role("button", name="Sign out").click()
    expect(caro.page).to_have_url("/sign-in")
    assert list(caro.stored()) == ["peerapp-receipt:x:y"]


def test_a_box_that_refuses_is_told_and_tried_again_with_the_same_paper(caro: Answering) -> None:
    caro.page.route("**/ballots/**", lambda route: route.fulfill(status=403), times=1)
    caro.open().fill(words=WORDS).send().ends("refused")
    caro.button("again").click()
    caro.ends("counted")
    assert [each.url.split("/")[3] for each in caro.writes()] == ["rounds", "ballots", "ballots"]


def test_a_signature_that_is_none_is_noticed(caro: Answering) -> None:
    caro.page.route("**/paper", lambda route: route.fulfill(status=200, body=b"\1" * 256))
    caro.open().fill().send().ends("refused")
    assert len(caro.writes()) == 1


def test_going_back_shows_an_empty_form(caro: Answering) -> None:
    caro.open().fill(words=WORDS)
    caro.page.on("dialog", lambda dialog: dialog.accept())
    caro.page.goto("/help")
    caro.page.go_back()
    expect(caro.button("preview")).to_be_enabled()
    assert caro.page.locator(".question textarea").input_value() == ""
    assert caro.page.locator(".question :checked").count() == 0


# ---- writing and ticking ----


def test_one_character_too_many_stays_here(caro: Answering) -> None:
    caro.open().page.locator(".question textarea").fill("ä" * 601)
    expect(caro.page.locator(".question .counter")).to_have_text("Characters too many: 1")
    caro.button("preview").click()
    expect(caro.page.get_by_text("A comment has at most 600 characters.")).to_be_visible()
    caro.page.locator(".question textarea").fill("ä" * 600 + "\u200b  ")
    caro.send().ends("counted")


def test_levels_are_chosen_by_keyboard_alone(caro: Answering) -> None:
    page = caro.open().page
    page.locator(".question input").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.locator(".question :checked").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert caro.panel("preview").locator("dd").all_inner_texts() == ["Disagree", "Strongly disagree", WORDS]


def test_a_preview_can_be_changed(caro: Answering) -> None:
    caro.open().fill(words=WORDS).look()
    caro.button("change").click()
    caro.fill(levels=("Agree", "Strongly agree")).look()
    assert caro.panel("preview").locator("dd").all_inner_texts()[1] == "Strongly agree"


HINTS = {
    "Mia helps.": ["name"],
    "crowd member003 helps": ["name"],
    "Nobody in particular may mark this.": [],
    "It went well on 4 December.": ["date"],
    "Since 3.12. it is better.": ["date"],
    "Am Dienstag war es gut.": ["date"],
    "I may be wrong, 100 %, 1/2 of the time is enough.": ["date"],
    "As the only woman here I notice it.": ["only"],
    "Als Einzige im Team merke ich es.": ["only"],
}


def test_hints_are_made_in_the_browser(caro: Answering) -> None:
    found = caro.open().page.evaluate(
        """async (texts) => {
          const { hintsFor } = await import(document.querySelector("script[src*=answer]").src.replace("page.js", "hints.js"));
          const known = JSON.parse(document.getElementById("answering").dataset.known);
          return Object.fromEntries(texts.map((text) => [text, hintsFor(text, known).map(([kind]) => kind)]));
        }""",
        list(HINTS),
    )
    assert found == HINTS
    assert caro.writes() == []


# ---- for everybody ----


def test_axe_finds_nothing_on_the_form_whatever_is_on_it(caro: Answering) -> None:
    caro.page.context.add_init_script(AXE)
    caro.open()
    found = {"empty": wrong_with(caro.page)}
    caro.fill(words=WORDS + " Mia, on 4 December.")
    found["filled"] = wrong_with(caro.page)
    caro.look()
    found["preview"] = wrong_with(caro.page)
    caro.button("send").click()
    caro.ends("counted")
    found["thanks"] = wrong_with(caro.page)
    caro.page.goto(caro.path)
    found["again"] = wrong_with(caro.page)
    assert found == {state: [] for state in found}


def test_axe_finds_nothing_on_the_promise(caro: Answering, opened: Round) -> None:
    caro.page.context.add_init_script(AXE)
    caro.page.goto(f"/promises/{opened.public_id}")
    assert wrong_with(caro.page) == []


def wrong_with(page: Page) -> list[Any]:
    found: list[Any] = []
    for width in (DESK, NARROW):
        page.set_viewport_size(width)
        for scheme, options in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += page.evaluate(RUN, options)
        found += page.evaluate(TOO_WIDE)
    return found


def test_the_receipt_can_be_downloaded_and_fits_the_script_that_checks_it(caro: Answering, opened: Round) -> None:
    caro.open().fill().send().ends("counted")
    caro.page.goto(caro.path)
    with caro.page.expect_download() as downloaded:
        caro.page.get_by_role("button", name="Download receipt").click()
    receipt = json.loads(downloaded.value.path().read_text())
    assert (len(receipt["serial"]), len(receipt["signature"])) == (64, 512)
    assert (receipt["round"], receipt["fingerprint"]) == (str(opened.id), opened.fingerprint)


# ---- notices ----


def test_opening_the_form_by_any_way_reads_its_notice_and_answering_changes_nothing(
    caro: Answering, opened: Round, people: dict[str, Person]
) -> None:
    def hers() -> list[object]:
        db.session.rollback()
        return [*db.session.scalars(select(Notice.read_at).where(Notice.person_id == people["caro"].id))]

    assert hers() == [None]
    with caro.page.expect_response("**/notices/opened"):
        caro.open()
    read = hers()
    caro.fill().send().ends("counted")
    assert (hers(), None in read, len(caro.writes())) == (read, False, 2)

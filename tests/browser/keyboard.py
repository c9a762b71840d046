"""How does somebody work a page by keys alone? Tab, Enter, Space, arrows and letters; never a click."""

from typing import Any, ClassVar

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.ways import COLUMNS, Way

# Says so on the console when the focus comes to something and no ring shows it.
WATCH = """addEventListener("focusin", ({ target }) => {
  if (target.tabIndex < 0) return; // where a script or the skip link put it, to read on from there
  if (!target.matches(":focus")) return; // the calendar button inside a date, which browsers ring themselves
  const rings = [target, ...(target.labels ?? [])].map((each) => getComputedStyle(each));
  const isSeen = rings.some((ring) => ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2);
  if (!isSeen) console.warn(`no focus ring: ${target.outerHTML.slice(0, 160)}`);
});"""

# How many times Tab (or, below zero, Shift and Tab) leads from where the focus is to this element.
TABS = """(goal) => {
  const here = document.activeElement;
  const group = goal.type === "radio" ? [...document.getElementsByName(goal.name)] : [goal];
  const end = group.find((each) => each.checked) ?? group[0];
  if (here === document.body) return here.querySelector("dialog[open], [popover]:popover-open") ? 1 : null;
  const isStop = (each) => each === here || each === end || (each.tabIndex >= 0 && !each.disabled && each.checkVisibility()
    && (each.type !== "radio" || each.checked || ![...document.getElementsByName(each.name)].some((other) => other.checked)));
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(isStop);
  return stops.indexOf(end) - stops.indexOf(here);
}"""

# Whether it can be seen where it is: in the window, and nothing above it.
UNCOVERED = """(target) => {
  const box = (target.labels?.[0]?.contains(target) ? target.labels[0] : target).getClientRects()[0];
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 40)];
  const there = document.elementFromPoint(x, y);
  return Boolean(there) && (target.contains(there) || there.contains(target) || there.control === target);
}"""


class Keyboard(Way):
    """Keys alone. Where the focus goes, it is seen."""

    options: ClassVar[dict[str, Any]] = {"viewport": DESKTOP}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.complaints: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", self._note)

    def go_to(self, target: Locator) -> None:
        """Tab until it has the focus."""
        target.wait_for()
        for _ in range(12):
            far = target.evaluate(TABS)
            if far == 0:
                break
            if far is None:
                self._enter_page(target)
                continue
            self._tab(far)
        assert target.evaluate(UNCOVERED), f"covered: {target}"
        assert not self.complaints, self.complaints

    def activate(self, target: Locator) -> None:
        self.go_to(target)
        expect(target).to_be_focused()
        self.page.keyboard.press("Enter")

    def check(self, box: Locator) -> None:
        self.go_to(box)
        if box.get_attribute("type") == "radio":
            for _ in range(4):
                if box.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
        else:
            self.page.keyboard.press("Space")

    def type_into(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def add_to(self, label: str, text: str) -> None:
        self.go_to(self.field(label))
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def move(self, title: str, column: str) -> None:
        card = self.card(title)
        here = card.evaluate("card => card.closest('.column').dataset.name")
        self.go_to(card)
        self.page.keyboard.press("Space")
        for _ in range(COLUMNS.index(column) - COLUMNS.index(here)):
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("Space")

    def undo(self) -> None:
        self.page.keyboard.press("Control+z")

    def open_card(self, title: str) -> None:
        self.activate(self.card(title))

    def _note(self, message: ConsoleMessage) -> None:
        if message.text.startswith("no focus ring"):
            self.complaints.append(message.text)

    def _enter_page(self, target: Locator) -> None:
        """From the top of a page: past the header by the skip link, where the way leads there."""
        self._tab(1)
        if target.evaluate("goal => document.activeElement.matches('.skip') && goal.closest('main') !== null"):
            self.page.keyboard.press("Enter")

    def _tab(self, times: int) -> None:
        """Hold Tab down, with Shift to go back, as one does over a long way."""
        if times < 0:
            self.page.keyboard.down("Shift")
        for _ in range(abs(times)):
            self.page.keyboard.down("Tab")
        self.page.keyboard.up("Tab")
        if times < 0:
            self.page.keyboard.up("Shift")

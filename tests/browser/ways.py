"""How does somebody work a page? With a mouse, with a finger, or without scripts (keyboard.py: by keys alone).

Every way finds things by the names that one reads or hears, so one journey fits them all.
"""

import re
from typing import Any, ClassVar

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE

COLUMNS = ["Ideas", "Next", "Doing", "Done", "Parked"]
THUMB = 44
IN_TEXT = 24
SIZES = """(target) => {
  const box = target.getBoundingClientRect();
  const label = target.labels?.[0]?.getBoundingClientRect();
  const isInText = getComputedStyle(target).display === "inline";
  return [Math.max(box.height, label?.height ?? 0), box.width, isInText, document.documentElement.scrollWidth];
}"""
PATIENCE = 15_000


class Way:
    """What all have in common. `presses` counts what one would call a click."""

    options: ClassVar[dict[str, Any]] = {}

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        page.set_default_timeout(PATIENCE)

    def activate(self, target: Locator) -> None:
        raise NotImplementedError

    def type_into(self, field: Locator, text: str) -> None:
        raise NotImplementedError

    def move(self, title: str, column: str) -> None:
        raise NotImplementedError

    def named(self, name: str | re.Pattern[str], within: str = "body") -> Locator:
        """The first button, link or summary of that name that one can see."""
        scope = self.page.locator(within)
        exact = isinstance(name, str)
        begins = re.compile(rf"^\s*{re.escape(name)}") if isinstance(name, str) else name
        summary = scope.locator("summary")
        labelled = summary.and_(scope.get_by_label(name, exact=exact))
        found = scope.get_by_role("button", name=name, exact=exact).or_(
            scope.get_by_role("link", name=name, exact=exact)
        )
        return found.or_(summary.filter(has_text=begins)).or_(labelled).filter(visible=True).first

    def field(self, label: str, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_label(re.compile(f"^{re.escape(label)}( optional)?$"))

    def press(self, name: str | re.Pattern[str], within: str = "body") -> None:
        self.presses += 1
        self.activate(self.named(name, within))

    def write(self, label: str, text: str, within: str = "main") -> None:
        self.type_into(self.field(label, within), text)

    def add_to(self, label: str, text: str) -> None:
        """Write on where the text ends."""
        field = self.field(label)
        self.type_into(field, f"{field.input_value()}{text}")

    def tick(self, label: str, within: str = "main") -> None:
        """Check a box, or pick one of several radios."""
        self.presses += 1
        box = self.field(label, within)
        self.check(box)
        expect(box).to_be_checked()

    def check(self, box: Locator) -> None:
        self.activate(box)

    def undo(self) -> None:
        """Take back what the latest message is about."""
        self.presses += 1
        self.activate(self.page.locator("#toasts").get_by_role("button", name="Undo").last)

    def open_private_notes(self) -> None:
        """With scripts the words come as soon as the fold opens."""
        self.press("Your private notes")

    def at(self, title: str) -> None:
        """The page with this title is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def sees(self, text: str, within: str = "main") -> None:
        expect(self.page.locator(within)).to_contain_text(text)

    def sees_nothing_of(self, text: str, within: str = "main") -> None:
        expect(self.page.locator(within)).not_to_contain_text(text)

    def told(self, text: str) -> None:
        """A message says so."""
        expect(self.page.locator("#toasts")).to_contain_text(text)

    def card(self, title: str, column: str = "") -> Locator:
        """The card of a goal, wherever it is or in one column."""
        place = f"[data-column={column.lower()}] " if column else ""
        link = self.page.get_by_role("link", name=title, exact=True, include_hidden=True)
        return self.page.locator(f"#board {place}.card").filter(has=link)

    def open_card(self, title: str) -> None:
        self.press(title, within="#board")

    def look_again(self) -> None:
        self.page.reload()


class Mouse(Way):
    """A mouse at a desk."""

    options: ClassVar[dict[str, Any]] = {"viewport": DESKTOP}

    def activate(self, target: Locator) -> None:
        target.click()

    def type_into(self, field: Locator, text: str) -> None:
        field.fill(text)

    def move(self, title: str, column: str) -> None:
        """Drag the card over the column's title."""
        self.page.hover(f"#{self.card(title).get_attribute('id')} h3")
        self.page.mouse.down()
        self.page.locator(f"[data-column={column.lower()}] h2").hover()
        expect(self.page.locator(f"[data-column={column.lower()}] .drop")).to_be_attached()
        self.page.mouse.up()


class Touch(Way):
    """A thumb on a phone, in the dark. What it presses is large enough, and nothing hangs over the edge."""

    options: ClassVar[dict[str, Any]] = {
        "viewport": PHONE, "has_touch": True, "is_mobile": True, "color_scheme": "dark",
    }  # fmt: skip

    def activate(self, target: Locator) -> None:
        self.fits(target)
        target.tap()

    def type_into(self, field: Locator, text: str) -> None:
        self.activate(field)
        field.fill(text)

    def move(self, title: str, column: str) -> None:
        self.press(f"Move “{title}” to…", within="#board")
        self.press(column, within="#move_menu")

    def open_card(self, title: str) -> None:
        """One column is shown at a time: look where the goal is."""
        for column in COLUMNS:
            if self.card(title).is_visible():
                break
            self.tick_column(column)
        super().open_card(title)

    def tick_column(self, column: str) -> None:
        self.page.locator(".switcher label").filter(has_text=column).tap()

    def fits(self, target: Locator) -> None:
        height, width, is_in_text, page = target.evaluate(SIZES)
        assert height >= (IN_TEXT if is_in_text else THUMB) - 0.5, f"{height} px high: {target}"
        assert width >= IN_TEXT, f"{width} px wide: {target}"
        assert page <= PHONE["width"], f"{self.page.url} is {page} px wide"


class Plain(Mouse):
    """A browser that runs no scripts."""

    options: ClassVar[dict[str, Any]] = {"viewport": DESKTOP, "java_script_enabled": False}

    def move(self, title: str, column: str) -> None:
        self.press(f"Move “{title}” to…", within="#board")
        self.at(f"Move “{title}” to…")
        self.press(column, within="#move_form")

    def open_private_notes(self) -> None:
        super().open_private_notes()
        self.press("Show my private notes")

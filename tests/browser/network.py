"""How is the network today? Answers that come late."""

from collections.abc import Callable

from playwright.sync_api import Page, Route


def answered_late(page: Page, milliseconds: int) -> Callable[[Route], None]:
    """The server does it at once; the page hears of it so much later."""

    def late(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(milliseconds)
        route.fulfill(response=answer)

    return late

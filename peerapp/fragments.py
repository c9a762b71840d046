"""Which parts of a page are the same for everybody who reads this language? They are rendered once and kept.

The footer, the list of keys and the menu cost more than a whole page of somebody's own otherwise. Nothing personal
may stand in such a part: what it shows comes from its arguments only, and they are its key.
"""

from typing import Any

from flask import request
from markupsafe import Markup

from peerapp.rendering import rendered


class Kept:
    """`kept("_footer.html", language=…, theme=…)` in a template."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Any, ...], Markup] = {}

    def __call__(self, template: str, **values: str) -> Markup:
        key = (template, request.script_root, *values.values())
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = rendered(template, **values)
        return part

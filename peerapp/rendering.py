"""How does a template become a part that others may show? Outside `page()`, which answers a request with one."""

import secrets
from typing import Any

from flask import current_app
from markupsafe import Markup


def rendered(template: str, **shown: Any) -> Markup:
    """The template; whatever it shows has been escaped."""
    html = current_app.jinja_env.get_template(template).render(shown)
    return Markup(html)  # noqa: S704 - rendered by the environment, which escapes


def macro(template: str, name: str, *values: Any) -> Markup:
    """What the template's macro of this name makes of the values."""
    module: Any = current_app.jinja_env.get_template(template).module
    drawn: Markup = getattr(module, name)(*values)
    return drawn


def a_hole() -> Markup:
    """What stands where something is filled in later; nobody outside this process knows or writes it."""
    return Markup(secrets.token_hex(16))  # noqa: S704 - digits of our own

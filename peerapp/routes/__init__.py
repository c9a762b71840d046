"""Every blueprint, one a noun."""

from flask import Flask

from peerapp.routes import (
    emails,
    first,
    forgotten,
    health,
    help_pages,
    home,
    link,
    roles,
    settings,
    sign_ins,
    signin,
    system,
)

BLUEPRINTS = (
    emails.bp,
    first.bp,
    forgotten.bp,
    health.bp,
    help_pages.bp,
    home.bp,
    link.bp,
    roles.bp,
    settings.bp,
    sign_ins.bp,
    signin.bp,
    system.bp,
)


def init_app(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

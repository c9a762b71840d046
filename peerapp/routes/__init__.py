"""Every blueprint, one a noun."""

from flask import Flask

from peerapp.routes import health, home, signin

BLUEPRINTS = (health.bp, home.bp, signin.bp)


def init_app(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

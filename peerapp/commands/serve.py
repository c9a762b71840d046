"""`peerapp serve`: answer on this machine, and make the first administrator possible."""

from typing import Any

import click
from flask import Flask

from peerapp import box_serving, config, create_app, reachable, serving
from peerapp.actions.links import make_first_code
from peerapp.commands.running import Stopped
from peerapp.db import db
from peerapp.queries.accounts import has_administrator
from peerapp.version import VERSION


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all of them."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve peerapp, after bringing its database up to date."""
    settings = serving.at_port(config.load(config.instance_folder()), host, port)
    app = create_app(settings)
    try:
        server = serving.listen(app, host, port)
    except OSError as error:
        words = f"{host}, port {port}, cannot be used: {error.strerror}."
        raise Stopped(f"{words} Try another: peerapp serve --port {port + 1}") from None
    box = _box(app)
    serving.make_ready(app)
    click.echo(f"peerapp {VERSION} " + "\n".join(reachable.lines(settings, host, port)))
    click.echo(f"Its data: {settings.instance}")
    if box is not None:
        box_serving.start(box)
        click.echo(f"Its counting box answers other machines at {settings.ballotbox_listen}")
    _tell_first_code(app)
    click.echo("Ctrl+C stops it.")
    serving.run(app, server)


def _box(app: Flask) -> Any:
    try:
        return box_serving.listen(app)
    except OSError as error:
        where = app.config["PEERAPP"].ballotbox_listen
        raise Stopped(
            f"ballotbox_listen, {where}, cannot be used: {error.strerror}. Correct it in peerapp.toml."
        ) from None


def _tell_first_code(app: Flask) -> None:
    """The code goes to the console and nowhere else: whoever reads it runs this machine."""
    with app.app_context():
        if has_administrator():
            return
        code = make_first_code()
        db.session.commit()
    click.echo(f"\n  Nobody looks after this installation yet.\n  One-time code for its first page: {code}\n")

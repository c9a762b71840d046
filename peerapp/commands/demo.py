"""`peerapp demo`: a company to try, in a folder of its own, served at once."""

import os
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from peerapp import config, create_app, later, reachable, serving
from peerapp.commands.running import Stopped
from peerapp.db import db
from peerapp.demo import DOMAIN
from peerapp.models import Person
from peerapp.version import VERSION

PASSWORD = "walk beside me"  # noqa: S105 - printed for everybody to see
ORGANISATION = "Lindgren Instruments"
FOLDER = Path("instance") / "demo"
CAST = (
    ("ana.rivera", "a pair with Ben: board, journal, and a session that is happening now"),
    ("ben.okafor", "the other half; open a second browser and sit down as both"),
    ("caro.lind", "new here, has asked Ana and waits"),
    ("zoe.park", "a stranger to all of that; writes with Yusuf in Singapore, and it is her turn"),
    ("jonas.weber", "liest und schreibt Deutsch, mit Vera"),
    ("mia.holm", "manages Ana, Ben and Caro, and reads none of it; asks them all for feedback"),
    ("olu.adeyemi", "coordinates: brings people in, and asked how the programme was"),
    ("ada.novak", "administers: roles and the installation"),
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(host: str, port: int) -> None:
    """Serve a demo company; its data lies in instance/demo. Delete that folder to begin anew."""
    folder = Path(os.environ["PEERAPP_INSTANCE"]) if "PEERAPP_INSTANCE" in os.environ else FOLDER
    settings = replace(serving.at_port(config.load(folder), host, port), organisation=ORGANISATION)
    app = create_app(settings)
    try:
        server = serving.listen(app, host, port)
    except OSError as error:
        raise Stopped(
            f"{host}, port {port}, cannot be used: {error.strerror}. Try: peerapp demo --port {port + 1}"
        ) from None
    serving.make_ready(app)
    with app.app_context():
        _fill()
    _tell(app, reachable.lines(settings, host, port))
    serving.run(app, server)


def _fill() -> None:
    """Build the company, unless somebody is there already."""
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        db.session.rollback()
        return
    db.session.rollback()
    later.founding.found(PASSWORD)


def _tell(app: Flask, where: list[str]) -> None:
    click.echo(f"\npeerapp {VERSION}, a demo company, " + "\n".join(where))
    click.echo(f"\nSign in with one of these; the password is: {PASSWORD}\n")
    for name, words in CAST:
        click.echo(f"  {name + '@' + DOMAIN:28} {words}")
    click.echo("\nMails appear here. Ctrl+C stops it; the data stays in " + str(app.config["PEERAPP"].instance) + ".")

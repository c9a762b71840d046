"""How does a command run: with the app of this installation, in one transaction, and in plain words when it cannot?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
from sqlalchemy.exc import DBAPIError

from peerapp import create_app, migrate
from peerapp.config import ConfigError
from peerapp.db import db

P = ParamSpec("P")
T = TypeVar("T")
CANNOT_START = 2


class Stopped(click.ClickException):
    """The command cannot go on. One sentence and the line that mends it; exit status 2 before anything was done."""

    exit_code = CANNOT_START

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        click.echo(f"peerapp: {self.message}", err=True)


class PlainWords(click.Group):
    """Turns a wrong setting or a database that does not answer into one sentence, never a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise Stopped(str(error)) from None
        except DBAPIError as error:
            first_line = str(error.orig or error).strip().partition("\n")[0]
            raise Stopped(f"The database refused: {first_line}. `peerapp doctor` says what is wrong.") from None


@contextmanager
def the_app() -> Iterator[None]:
    """Inside the app of this installation; its connections are closed at the end, however it ends."""
    with create_app().app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def in_app(command: Callable[P, T]) -> Callable[P, T]:
    """Run a command inside the app, as one transaction that is kept when it ends well. The schema has to be today's."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with the_app():
            if migrate.present() != migrate.newest():
                raise Stopped("The database is not at the schema of this version. Run: peerapp migrate")
            answer = command(*args, **kwargs)
            db.session.commit()
            return answer

    return run


def in_app_of_any_schema(command: Callable[P, T]) -> Callable[P, T]:
    """The same for the commands that bring the schema up to date."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with the_app():
            answer = command(*args, **kwargs)
            db.session.commit()
            return answer

    return run

"""Two people, or one with two fingers, do the same at the same moment."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

from flask import current_app

from peerapp.db import db

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What each came to, in no order. Every act runs in a thread with an app context of its own."""
    app = current_app._get_current_object()  # noqa: SLF001 - Flask's documented way to hand the app to a thread
    db.session.remove()
    start, answers = Barrier(len(acts)), []

    def run(act: Callable[[], T]) -> None:
        with app.app_context():
            start.wait()
            answers.append(act())

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(acts), "an act died; its traceback stands above"
    return answers


def statuses_at_once(*acts: Callable[[], object]) -> Sequence[int]:
    return sorted(answer.status_code for answer in at_once(*acts))  # type: ignore[attr-defined]  # answers of the app

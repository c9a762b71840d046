"""How much CPU does a request cost, compared with another one measured in the same run?

Subjects are measured in turn, a few requests each, round after round, so that a noisy machine disturbs all alike; a
subject's figure is the median over the rounds. Only ratios of one run mean anything.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROUNDS = 30
REQUESTS = 8


@dataclass(frozen=True)
class Subject:
    """`call` makes one request; `before` (uncounted) prepares each one."""

    call: Callable[[], Any]
    before: Callable[[], Any] | None = None


def cpu(subjects: Mapping[str, Subject], rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds of CPU of one request, for each subject."""
    for subject in subjects.values():
        _spend(subject, 3)
    gc.collect()
    gc.freeze()
    spent: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, subject in subjects.items():
            spent[name].append(_spend(subject, REQUESTS) / REQUESTS)
    return {name: statistics.median(each) for name, each in spent.items()}


def _spend(subject: Subject, times: int) -> float:
    spent = 0.0
    for _ in range(times):
        if subject.before:
            subject.before()
        start = time.process_time()
        subject.call()
        spent += time.process_time() - start
    return spent


def environ(app: Any, cookie: str, path: str, headers: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """A bare WSGI environment for a GET, made once; copy it for every call."""
    made: dict[str, Any] = app.test_request_context(path, headers=[("Cookie", cookie), *headers]).request.environ
    return {key: value for key, value in made.items() if not key.startswith(("werkzeug.", "flask."))}


def caller(app: Any, prepared: dict[str, Any], expect: int = 200) -> Callable[[], bytes]:
    """A function that makes the prepared request and reads the whole answer."""

    def call() -> bytes:
        seen: list[str] = []
        body = b"".join(app(dict(prepared), lambda status, _headers, _info=None: seen.append(status)))
        assert seen[0].startswith(str(expect)), seen
        return body

    return call

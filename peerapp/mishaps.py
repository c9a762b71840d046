"""What may a log say of an exception? Kinds and places; never its words, which may hold what somebody typed."""

import logging
from traceback import format_tb


def note(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log that `what` went wrong. The words of the exception are there only for whoever asks for DEBUG."""
    log.error("%s: %s\n%s", what, type(error).__name__, places(error))
    log.debug("its words", exc_info=error)


def places(error: BaseException | None) -> str:
    """Where it happened, and where what led to it did: lines of code, nothing of what was sent."""
    told: list[str] = []
    while error is not None:
        told.append("".join(format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(reversed(told))

"""What was just worked out and may be shown again: the newest few results, each under a key that names its version.

Nothing is ever out of date here, for a change makes a new key; what is no longer asked for falls out at the end.
Never for anything that only one person may read.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from peerapp.db import writing

Value = TypeVar("Value")
TOO_HEAVY = 150_000  # characters: a few very long pages must not fill the memory


class Recent(Generic[Value]):
    """At most `most` results in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(
        self, key: Hashable, work_out: Callable[[], Value], *, weigh: Callable[[Value], int] = lambda _: 0
    ) -> Value:
        """The result for this key; one that is too heavy is not kept.

        A writing request always works it out: what it sees may yet be rolled back.
        """
        if writing():
            return work_out()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = work_out()
        if weigh(value) > TOO_HEAVY:
            return value
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._kept)

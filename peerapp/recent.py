"""What was just worked out and may be shown again: the newest few results, each under a key that names its version.

Nothing is ever out of date here, for a change makes a new key; what is no longer asked for falls out at the end.
Never for anything that only one person may read. All of it together has a limit: else a process would grow for weeks,
until every kind of result had as many as it may.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from itertools import count
from threading import Lock
from typing import Any, ClassVar, Generic, TypeVar

from peerapp.db import writing

Value = TypeVar("Value")
TOO_HEAVY = 150_000  # characters: a few very long pages must not fill the memory
ROOM = 10_000_000  # bytes for all that is kept in this process, roughly
KEY, OBJECTS = 1_500, 20_000  # what a key takes, and a result that is no text


class Recent(Generic[Value]):
    """At most `most` results in memory, and fewer where all of these together have no more room."""

    _all: ClassVar[list["Recent[Any]"]] = []
    _lock, _turns = Lock(), count()
    weight = 0  # of all that is kept

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Value, int, int]] = OrderedDict()
        Recent._all.append(self)

    def get(
        self, key: Hashable, work_out: Callable[[], Value], *, weigh: Callable[[Value], int] | None = None
    ) -> Value:
        """The result for this key; one that is too heavy is not kept.

        A writing request always works it out: what it sees may yet be rolled back.
        """
        if writing():
            return work_out()
        with self._lock:
            if found := self._kept.get(key):
                self._kept[key] = (*found[:2], next(self._turns))
                self._kept.move_to_end(key)
                return found[0]
        value = work_out()
        weight = weigh(value) if weigh else len(value) if isinstance(value, str | bytes) else OBJECTS
        if weight > TOO_HEAVY:
            return value
        with self._lock:
            self._keep(key, value, weight + KEY)
        return value

    def _keep(self, key: Hashable, value: Value, weight: int) -> None:
        if key in self._kept:  # somebody else was faster
            self._drop(key)
        self._kept[key] = (value, weight, next(self._turns))
        Recent.weight += weight
        while len(self._kept) > self._most:
            self.drop_oldest()
        while Recent.weight > ROOM:
            min((each for each in Recent._all if len(each)), key=Recent.last_asked).drop_oldest()

    def drop_oldest(self) -> None:
        self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        Recent.weight -= self._kept.pop(key)[1]

    def last_asked(self) -> int:
        """When its oldest result was asked for last, in turns."""
        return next(iter(self._kept.values()))[2]

    def __len__(self) -> int:
        return len(self._kept)

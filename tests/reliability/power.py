"""What may be on a disk after the power went: rebuilt from a trace of system calls.

What was written before the last fsync of its file is there. Of what was written since, anything may be there, in any
order, down to a sector of 512 bytes. A new file is there as soon as it was made, as journalling file systems have it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "write,writev,pwrite64,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync,unlink"
_LINE = re.compile(r"(\w+)\((?:\d+<((?:\\x\w\w)+)>(?:\(deleted\))?(?:, )?)?(.*)\) += (-?\d+)")


@dataclass(frozen=True, slots=True)
class Written:
    """So many bytes at this place; or the file cut to this length, where there are no bytes."""

    at: int
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Event:
    """One call on a file that counts: it was changed, or synced (no change), or removed."""

    file: str
    change: Written | None = None
    removed: bool = False


Images = dict[str, bytes]
Choose = Callable[[Random, list[Written]], list[Written]]


def events(trace: Path, database: str, ledger: str) -> Iterator[Event | str]:
    """What happened to the database and its log, and in between what the ledger says."""
    with trace.open() as lines:
        for line in lines:
            found = _LINE.match(line)
            if not found:
                continue
            call, file, rest, answer = found.groups()
            removed = call == "unlink"
            name = Path(_bytes(rest.strip('"') if removed else file or "").decode()).name
            if name == ledger:
                yield _bytes(rest.split('"')[1]).decode()
            elif name in {database, f"{database}-wal", f"{database}-journal"} and answer != "-1":
                yield Event(name, removed=True) if removed else Event(name, _change(call, rest))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _change(call: str, rest: str) -> Written | None:
    if call in {"fsync", "fdatasync"}:
        return None
    if call == "ftruncate":
        return Written(int(rest), None)
    if call == "pwrite64":
        _, body, numbers = rest.split('"')
        assert not numbers.startswith("..."), "strace cut the bytes"
        return Written(int(numbers.split(",")[-1]), _bytes(body))
    raise ValueError(f"{call} is a call that this does not know")


class Disk:
    """What is surely there of each file, and what may be."""

    def __init__(self) -> None:
        self.sure: dict[str, bytearray] = defaultdict(bytearray)
        self.unsure: dict[str, list[Written]] = defaultdict(list)

    def see(self, happened: Event) -> None:
        if happened.removed:
            self.sure.pop(happened.file, None)
            self.unsure.pop(happened.file, None)
        elif happened.change:
            self.unsure[happened.file].append(happened.change)
        else:
            _write(self.sure[happened.file], self.unsure.pop(happened.file, []))

    def without_power(self, random: Random, choose: Choose) -> Images:
        images = {}
        for name in {*self.sure, *self.unsure}:
            body = bytearray(self.sure.get(name, b""))
            _write(body, choose(random, self.unsure.get(name, [])))
            images[name] = bytes(body)
        return images


def _write(body: bytearray, changes: list[Written]) -> None:
    for change in changes:
        if change.body is None:
            del body[change.at :]
            body.extend(bytes(change.at - len(body)))
        else:
            body.extend(bytes(max(0, change.at - len(body))))
            body[change.at : change.at + len(change.body)] = change.body


def nothing(_random: Random, _changes: list[Written]) -> list[Written]:
    return []


def everything(_random: Random, changes: list[Written]) -> list[Written]:
    return changes


def the_first(random: Random, changes: list[Written]) -> list[Written]:
    return changes[: random.randint(0, len(changes))]


def some(random: Random, changes: list[Written]) -> list[Written]:
    return [each for each in changes if random.random() < 0.5]


def torn(random: Random, changes: list[Written]) -> list[Written]:
    """Some sectors of each, in any order."""
    pieces = [piece for each in changes for piece in _sectors(each)]
    chosen = some(random, pieces)
    random.shuffle(chosen)
    return chosen


def _sectors(change: Written) -> list[Written]:
    if change.body is None:
        return [change]
    end, at, pieces = change.at + len(change.body), change.at, []
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        pieces.append(Written(at, change.body[at - change.at : until - change.at]))
        at = until
    return pieces


WAYS: tuple[Choose, ...] = (nothing, everything, the_first, some, torn)

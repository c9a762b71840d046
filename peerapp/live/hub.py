"""Which streams are open in this process, and what is each of them told? Memory only: no stream holds a connection."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import monotonic
from uuid import UUID

LASTS = 600.0  # seconds; then the page opens the next one
EACH = 3  # streams of one person: a browser needs one, and nobody takes them all
STILL_EVERY = 15.0  # proxies give up on a silent line, and so does the page
GRACE = 5.0


@dataclass(frozen=True, slots=True)
class News:
    """What a stream says: the pair's version, whether the other is here, and the id of what they have open to edit."""

    version: int
    is_here: bool = False
    editing: str = ""

    def lines(self, before: "News | None") -> str:
        """As server-sent events, leaving out what was said before."""
        said = ""
        if before is None or self.version != before.version:
            said += f"id: {self.version}\nevent: version\ndata: {self.version}\n\n"
        if (self.is_here, self.editing) != ((before.is_here, before.editing) if before else (False, "")):
            said += f"event: here\ndata: {'1' if self.is_here else '0'} {self.editing}\n\n"
        return said


class Stream:
    """One open page of one browser. Anybody may `tell` it; only the thread that answers the request reads it."""

    def __init__(self, token_hash: str, pair_id: UUID, person_id: UUID, news: News, until: float) -> None:
        self.token_hash, self.pair_id, self.person_id = token_hash, pair_id, person_id
        self.until = until
        self.is_gone: Callable[[], bool] = lambda: False  # whether the browser has hung up, where the server knows
        self._news, self._over = news, False
        self._lock, self._bell = threading.Lock(), threading.Event()

    @property
    def news(self) -> News:
        return self._news

    def tell(self, news: News) -> None:
        """What somebody saw; a version that was heard of meanwhile stays."""
        with self._lock:
            self._say(replace(news, version=max(news.version, self._news.version)))

    def tell_version(self, version: int) -> None:
        with self._lock:
            self._say(replace(self._news, version=max(version, self._news.version)))

    def _say(self, news: News) -> None:
        if news != self._news:
            self._news = news
            self._bell.set()

    def end(self) -> None:
        """Whoever reads it may not read it any longer, or has gone."""
        self._over = True
        self._bell.set()

    def messages(self) -> Iterator[str]:
        """What travels, as it happens. `again`: open the next one; `over`: ask whether you still may."""
        said = self._news
        yield said.lines(None)
        while not self._over and (left := self.until - monotonic()) > 0:
            if self._bell.wait(min(STILL_EVERY, left)):
                self._bell.clear()
                news = self._news
                if lines := news.lines(said):
                    yield lines
                said = news
            else:
                yield ": still\nevent: still\ndata: \n\n"
        yield f"event: {'over' if self._over else 'again'}\ndata: \n\n"


class Hub:
    """All streams of this process, at most `cap` of them, each `lasts` seconds."""

    def __init__(self, cap: int, lasts: float) -> None:
        self.cap, self.lasts = cap, lasts
        self._streams: set[Stream] = set()
        self._lock = threading.Lock()

    def open(self, token_hash: str, pair_id: UUID, person_id: UUID, news: News) -> Stream | None:
        """A new stream, or None beyond the cap or what one person may have."""
        now = monotonic()
        stream = Stream(token_hash, pair_id, person_id, news, now + self.lasts)
        with self._lock:
            if len(self._streams) >= self.cap:
                self._streams = {each for each in self._streams if now < each.until + GRACE}
            theirs = [each for each in self._streams if each.person_id == person_id and not each.is_gone()]
            if len(self._streams) >= self.cap or len(theirs) >= EACH:
                return None
            self._streams.add(stream)
        return stream

    def close(self, stream: Stream) -> None:
        with self._lock:
            self._streams.discard(stream)

    def streams(self) -> tuple[Stream, ...]:
        with self._lock:
            return tuple(self._streams)

    def pairs(self) -> frozenset[UUID]:
        """Those that somebody looks at."""
        return frozenset(stream.pair_id for stream in self.streams())

    def end(self) -> None:
        """The process stops; pages ask the next one."""
        for stream in self.streams():
            stream.end()

    def changed(self, versions: dict[UUID, int]) -> None:
        """Tell whoever looks at these pairs their new versions."""
        for stream in self.streams():
            if stream.pair_id in versions:
                stream.tell_version(versions[stream.pair_id])

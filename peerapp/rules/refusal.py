"""Why may this not happen? The answer as a value, so that a disabled button and a 422 show the same sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """`sentence` is marked with `N_` and still untranslated; `values` fill its `%(name)s` placeholders."""

    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.sentence % self.values if self.values else self.sentence


@dataclass(frozen=True, slots=True)
class Stale:
    """The page carried an older version than the one it wants to change: somebody was faster. A 409 shows both."""


STALE = Stale()

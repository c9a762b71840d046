"""What does a check of this installation say?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `mend` is the line that mends it, empty where all is well."""

    about: str
    words: str
    mend: str = ""

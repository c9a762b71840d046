"""What is left of a comment before it is counted? The words, and nothing that could carry a mark.

Invisible characters removed, NFKC, every run of white space one space, none at the ends. `static/js/ballot_text.js`
does the same in the browser; both write the characters out instead of asking their Unicode tables, which differ in
age. The box normalises again, so that a changed page gains nothing.
"""

import re
import unicodedata

from peerapp.rules.release_rules import COMMENT_MAX

# Controls, format characters, fillers, selectors, tags, private use, lone surrogates and non-characters:
# what Unicode calls default-ignorable, and what draws nothing.
INVISIBLE = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x034F, 0x034F), (0x0600, 0x0605),
    (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xD800, 0xF8FF), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0x10FFFF),
)  # fmt: skip
SPACES = (
    (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x2800, 0x2800), (0x3000, 0x3000),
)  # fmt: skip


def _one_of(ranges: tuple[tuple[int, int], ...]) -> str:
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]"


_INVISIBLE = re.compile(_one_of(INVISIBLE))
_SPACES = re.compile(_one_of(SPACES) + "+")


def normalised(text: str) -> str:
    """The text as it is counted. Normalising twice changes nothing."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).strip(" ")


def is_too_long(normal: str) -> bool:
    """Whether a normalised text has more code points than a comment may have."""
    return len(normal) > COMMENT_MAX

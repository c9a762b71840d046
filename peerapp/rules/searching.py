"""When are two words the same to somebody who searches? Without regard to case, accents and ligatures."""

import re
import unicodedata

LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
WORD = re.compile(r"[^\W_]+[+#]*")
WORD_MAX = 40
QUERY_WORDS = 6
LAST = "\U0010ffff"  # sorts after every word


def fold(text: str) -> str:
    """In small plain letters: "Łódź" is "lodz", "Straße" is "strasse"; what is no letter stays."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().translate(LETTERS)


def words_of(text: str) -> list[str]:
    """The words of a text as they are stored to be found: folded, each once, in order."""
    return list(dict.fromkeys(word[:WORD_MAX] for word in WORD.findall(fold(text))))


def wanted(query: str) -> list[str]:
    """What somebody searches for: the beginnings of words, all of which have to be there."""
    return words_of(query)[:QUERY_WORDS]

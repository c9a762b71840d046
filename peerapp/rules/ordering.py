"""Which key does a card get that lands between two others, without touching any other card?

A key is a whole number and, where needed, a fraction, both as digits 0-9a-z. The first character tells sign and
length of the whole number, so plain byte order is the order of the cards: columns that hold keys are compared under
the C collation (SQLite's BINARY). Digits and lower case only, so that even a database that forgot this sorts alike.

Cards added at either end count up or down: 3 characters after 1,000, 4 after 10,000. Cards put again and again in
the very same gap cost one character for every five. Two people who insert in the same gap at the same time would get
the same key: the pair's version lets only one of them through.
"""

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(ALPHABET)
ZERO = BASE // 2  # heads from here on are 0, 1, 2 ...; heads below are -1, -2 ...
MAX_LENGTH = 100  # a key this long says: spread the column anew


def between(above: str | None, below: str | None) -> str:
    """The key for a card under `above` and over `below`; None is the end of the column. ValueError if out of order."""
    if above is None and below is None:
        return _whole(0)
    if above is None:
        number, fraction = _split(below or "")
        return _whole(number if fraction else number - 1)
    if below is None:
        return _whole(_split(above)[0] + 1)
    if above >= below:
        raise ValueError(f"{above} does not stand above {below}")
    (low, low_fraction), (high, high_fraction) = _split(above), _split(below)
    if low == high:
        return _whole(low) + _middle(low_fraction, high_fraction)
    if high - low > 1 or high_fraction:
        return _whole((low + high + 1) // 2)
    return _whole(low) + _middle(low_fraction, "")


def spread(count: int) -> list[str]:
    """Fresh, short keys in order for a whole column."""
    return [_whole(number) for number in range(count)]


def _whole(number: int) -> str:
    """A whole number as head and digits: 0 is "i0", 35 "iz", 36 "j00", -1 "hz"."""
    rest, length = (number if number >= 0 else -number - 1), 1
    while rest >= BASE**length:
        rest -= BASE**length
        length += 1
    head = ZERO + length - 1 if number >= 0 else ZERO - length
    if not 0 <= head < BASE:
        raise ValueError(f"{number} is beyond what a key can hold")
    digits = [rest // BASE**place % BASE for place in reversed(range(length))]
    return ALPHABET[head] + "".join(ALPHABET[d if number >= 0 else BASE - 1 - d] for d in digits)


def _split(key: str) -> tuple[int, str]:
    """Back from a key to its whole number and its fraction."""
    if not key or key.strip(ALPHABET):
        raise ValueError(f"{key!r} is not a key")
    head = ALPHABET.index(key[0])
    length = head - ZERO + 1 if head >= ZERO else ZERO - head
    digits, fraction = key[1 : 1 + length], key[1 + length :]
    if len(digits) < length or fraction.endswith(ALPHABET[0]):
        raise ValueError(f"{key!r} is not a key")
    offset = sum(BASE**shorter for shorter in range(1, length))
    number = int(digits, BASE)
    return (number + offset if head >= ZERO else number - BASE**length - offset), fraction


def _middle(low: str, high: str) -> str:
    """A short fraction strictly between two others (a low "" is nothing, a high "" is one); never ends in 0."""
    found = ""
    while True:
        first = ALPHABET.index(low[0]) if low else 0
        last = ALPHABET.index(high[0]) if high else BASE
        if last - first > 1:
            return found + ALPHABET[(first + last) // 2]
        if last - first == 1 and len(high) > 1:
            return found + high[0]
        found += ALPHABET[first]
        low, high = low[1:], high[1:]

"""How is a person called in short?"""


def first_name(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()

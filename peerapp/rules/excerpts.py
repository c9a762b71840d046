"""How is a long text named in a few words, and which part of it differs from another?"""

NAME = 60
MOST = 2_000  # characters of one side
CUT = "…"


def first_words(text: str, most: int = NAME) -> str:
    """The beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + CUT


def differing_part(old: str, new: str, most: int = MOST) -> tuple[str, str]:
    """Both texts without the lines that they begin and end with alike, which a sign stands for."""
    before, after = old.split("\n"), new.split("\n")
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    return _middle(before, head, tail, most), _middle(after, head, tail, most)


def _middle(lines: list[str], head: int, tail: int, most: int) -> str:
    text = "\n".join(lines[head : len(lines) - tail])
    if not text:
        return ""
    cut = text if len(text) <= most else text[: most - 1] + CUT
    return "\n".join([*([CUT] if head else []), cut, *([CUT] if tail else [])])

"""What is wrong between the rows of a people file: twice the same person, managers that nobody knows, circles?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_row import Problem, Row
from peerapp.rules.words import N_

WAY_SHOWN = 6


def doubles(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that share an e-mail or a personnel number: all of them, for nobody can tell which one is right."""
    sentences = {
        Field.EMAIL: N_("Line %(other)s has the same e-mail."),
        Field.NUMBER: N_("Line %(other)s has the same personnel number."),
    }
    for field, sentence in sentences.items():
        lines = defaultdict(list)
        for row in rows:
            if value := row.values.get(field):
                lines[value].append(row.line)
        for same in lines.values():
            for line in same if len(same) > 1 else ():
                other = same[0] if line != same[0] else same[1]
                yield Problem(line, field, Refusal(sentence, {"other": other}))


def unknown_managers(rows: Iterable[Row], emails: Collection[str]) -> Iterator[Problem]:
    """`emails`: everybody in the file, bad rows included, and everybody known."""
    for row in rows:
        if not row.manager:
            continue
        if row.manager == row.email:
            yield Problem(row.line, Field.MANAGER, Refusal(N_("Nobody can be their own manager.")))
        elif row.manager not in emails:
            sentence = N_("“%(value)s” is neither in this file nor known.")
            yield Problem(row.line, Field.MANAGER, Refusal(sentence, {"value": row.manager}))


def circles(rows: Iterable[Row]) -> Iterator[Problem]:
    """Rows whose managers lead back to themselves; who is only below such a circle is not in it."""
    row_of = {row.email: row for row in rows if row.manager != row.email}
    seen: set[str] = set()
    for start in row_of:
        way: dict[str, None] = {}  # a dict keeps the order and is fast to ask
        at = start
        while at in row_of and at not in seen:
            seen.add(at)
            way[at] = None
            at = row_of[at].manager
        if at in way:
            yield from _told(_from(way, at), row_of)


def _from(way: Iterable[str], first: str) -> list[str]:
    emails = list(way)
    return emails[emails.index(first) :]


def _told(circle: list[str], row_of: Mapping[str, Row]) -> Iterator[Problem]:
    shown = circle[:WAY_SHOWN] + (["…"] if len(circle) > WAY_SHOWN else []) + circle[:1]
    refusal = Refusal(N_("The managers go round in a circle: %(way)s."), {"way": " → ".join(shown)})
    return (Problem(row_of[email].line, Field.MANAGER, refusal) for email in circle)

"""Which words go on, when both changed the same? The choices of goals/clash.html, field by field."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from peerapp.rules.conflict import Merge, merge


def settled(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """A form that comes from the page of a clash, as an ordinary one: `keep_<field>` says whose words go on.

    Mine stand in the field itself, merged ones in `merged_<field>`; theirs are what is stored (see `kept_theirs`).
    """
    plain = MultiDict(sent)
    for name in [key.removeprefix("keep_") for key in sent if key.startswith("keep_")]:
        if sent[f"keep_{name}"] == "merged":
            plain.setlist(name, sent.getlist(f"merged_{name}"))
    return plain


def kept_theirs(sent: MultiDict[str, str]) -> set[str]:
    """The fields in which theirs was kept, so that there is nothing of mine to store."""
    return {key.removeprefix("keep_") for key in sent if key.startswith("keep_") and sent[key] == "theirs"}


def put_together(sent: Mapping[str, str], mine: Mapping[str, str], now: Mapping[str, str]) -> Merge[str] | None:
    """My form and what is stored by now, field by field: the form says in `was_<field>` what it began from.

    None when it does not say so.
    """
    began = {name: sent[f"was_{name}"] for name in mine if f"was_{name}" in sent}
    return merge(began, mine, now) if len(began) == len(mine) else None


def merged(
    sent: MultiDict[str, str], mine: Mapping[str, str], now: Mapping[str, str], *, is_current: bool
) -> Merge[str]:
    """The same for a form that may come from the page of a clash, or not say what it began from.

    Then every field that differs is a clash, unless the page was current.
    """
    theirs = kept_theirs(sent)
    wanted = {name: now[name] if name in theirs else value for name, value in mine.items()}
    both = put_together(sent, wanted, now)
    return both or merge(now if is_current else dict.fromkeys(wanted, ""), wanted, now)


def changed_meanwhile(sent: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The fields that are not any more as they were when the form was opened."""
    return [name for name, value in now.items() if sent.get(f"was_{name}", value) != value]

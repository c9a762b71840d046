"""Which words go on, when both changed the same? The choices of goals/clash.html, field by field."""

from werkzeug.datastructures import MultiDict


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

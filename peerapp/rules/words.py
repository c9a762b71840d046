"""How does a rule say something to a person without knowing that person's language?

It marks the English sentence here; the page translates it: `_(refusal.sentence, **refusal.values)`.
Placeholders are `%(name)s`, a literal per cent sign is avoided. Babel's extractor knows `N_` by default.
"""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a string for translation and hand it back unchanged."""
    return message

"""How is typed text tidied, and how does it come back to the page when it could not be kept?"""

from flask_wtf import FlaskForm


def one_line(value: str | None) -> str:
    """Without line breaks and doubled spaces."""
    return " ".join((value or "").split())


def paragraphs(value: str | None) -> str:
    """Line breaks of one kind, no blank lines at either end."""
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def typed_in(form: FlaskForm) -> dict[str, str]:
    """Every field as it was typed, tidied or not."""
    return {field.name: str(field.raw_data[0]) if field.raw_data else "" for field in form}


def errors_in(form: FlaskForm) -> dict[str, str]:
    """The first sentence for every field that does not fit."""
    return {str(name or ""): str(messages[0]) for name, messages in form.errors.items()}

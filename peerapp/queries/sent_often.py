"""How is a statement written that every page sends? So that SQLAlchemy has nothing left to write at each sending.

A list (`IN`) and the separator of joined strings are put into the text of a statement each time it is sent, which takes
longer than the database does to answer.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_

_COMMA: Any = literal_column("','")


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """The column is one of these few, which are known when the statement is built."""
    return or_(*(column == value for value in values))


def joined(column: Any) -> ColumnElement[str]:
    """All values of the column as one string, with commas between them."""
    return func.aggregate_strings(column, _COMMA)

"""What is in a backup, and how does a value look in it? The same for every database."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BOOLEAN,
    CHAR,
    DATE,
    INTEGER,
    JSON,
    TIMESTAMP,
    Boolean,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Uuid,
)
from sqlalchemy.types import NullType, TypeEngine

from peerapp.db import UtcDateTime
from peerapp.version import VERSION

FORMAT = 1
NAME = "manifest.json"
VERSION_TABLE = "alembic_version"
FLEETING = frozenset(
    {"sign_in", "sign_in_try", "one_time_link", "letter", "submission", "lease", "round_key", "presence", "guess"}
)


class BackupError(Exception):
    """It cannot be done; the message says why and what to do, in a sentence or two."""


class Kind(StrEnum):
    """What a column holds, whatever the database calls it."""

    UUID = "uuid"
    MOMENT = "moment"
    DATE = "date"
    BYTES = "bytes"
    JSON = "json"
    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"


Convert = Callable[[Any], Any]
# The first that fits. SQLite knows ids as CHAR(32), and nothing else of ours is CHAR.
_REFLECTED: tuple[tuple[tuple[type[TypeEngine[Any]], ...], Kind], ...] = (
    ((CHAR, Uuid), Kind.UUID),
    ((DateTime, TIMESTAMP), Kind.MOMENT),
    ((Date, DATE), Kind.DATE),
    ((LargeBinary,), Kind.BYTES),
    ((JSON,), Kind.JSON),
    ((Boolean, BOOLEAN), Kind.BOOLEAN),
    ((Integer, INTEGER), Kind.NUMBER),
    ((String,), Kind.TEXT),
)
TYPES: Mapping[Kind, TypeEngine[Any]] = {
    Kind.UUID: Uuid(),
    Kind.MOMENT: UtcDateTime(),
    Kind.DATE: Date(),
    Kind.BYTES: LargeBinary(),
    Kind.JSON: NullType(),  # travels as text, so that nothing of it changes
    Kind.BOOLEAN: Boolean(),
    Kind.NUMBER: Integer(),
    Kind.TEXT: String(),
}
OUT: Mapping[Kind, Convert] = {
    Kind.UUID: str,
    Kind.MOMENT: datetime.isoformat,
    Kind.DATE: date.isoformat,
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
}
IN: Mapping[Kind, Convert] = {
    Kind.UUID: UUID,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DATE: date.fromisoformat,
    Kind.BYTES: lambda value: base64.b64decode(value, validate=True),
}


def kind_of(type_: TypeEngine[Any]) -> Kind:
    """The kind of a column as the database describes it."""
    for types, kind in _REFLECTED:
        if isinstance(type_, types):
            return kind
    raise BackupError(f"There is a column of the type {type_}, which a backup cannot hold.")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the order of each line, how many lines, and the SHA-256 of all of them."""

    columns: dict[str, Kind]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is the moment of the snapshot, as ISO 8601 in UTC."""

    revision: str
    database: str
    made_at: str
    tables: dict[str, Table]
    version: str = VERSION
    format: int = FORMAT

    def dump(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def load(cls, text: bytes) -> "Manifest":
        """Raises BackupError for what is no manifest of ours."""
        try:
            said = json.loads(text)
            if said["format"] > FORMAT:
                raise BackupError(
                    f"This backup was made by a newer peerapp ({said['version']}). Install that one first."
                )
            tables = {
                str(name): Table(
                    {str(each): Kind(kind) for each, kind in table["columns"].items()},
                    int(table["rows"]),
                    str(table["sha256"]),
                )
                for name, table in said["tables"].items()
            }
            return cls(str(said["revision"]), str(said["database"]), str(said["made_at"]), tables, str(said["version"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupError("This is not a backup of peerapp: its manifest cannot be read.") from None


def file_of(table: str) -> str:
    """The name of a table's lines in the archive."""
    return f"tables/{table}.jsonl"

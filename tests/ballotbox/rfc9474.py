"""The test vectors of RFC 9474, where they are: a file that PEERAPP_SHARED or a folder beside the checkout has."""

import json
import os
from pathlib import Path
from typing import Any

from tests.conftest import missing

NEIGHBOUR = Path(__file__).parents[2].parent / "shared"
RANDOMIZED = "RSABSSA-SHA384-PSS-Randomized"


def vectors() -> list[dict[str, Any]]:
    """All four variants, numbers as int and strings as bytes. Skips by name where the file is not there."""
    path = Path(os.environ.get("PEERAPP_SHARED", NEIGHBOUR)) / "data" / "rfc9474_vectors.json"
    if not path.is_file():
        missing("the file of RFC 9474's test vectors")
    return [_typed(each) for each in json.loads(path.read_text("utf-8"))]


def _typed(vector: dict[str, str]) -> dict[str, Any]:
    return {
        name: value if name == "name" else int(value, 16) if value.startswith("0x") else bytes.fromhex(value)
        for name, value in vector.items()
    }

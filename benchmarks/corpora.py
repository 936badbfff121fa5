"""Where the annotated articles lie, which are not part of the project, and how they are read."""

import json
import sys
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


def read_articles(path: Path) -> list[dict[str, Any]]:
    """The articles of one file, a line each; leaves with a word of help where it is missing."""
    if not path.is_file():
        sys.exit(f"{path} is missing; name the folder of the annotated articles with --corpora")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]

"""Where the annotated articles lie, which are not part of the project."""

from pathlib import Path

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

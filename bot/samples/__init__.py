"""Articles of our own in RM.id's form, for the demo and the tests: everything in them is invented.

A file is named for the address of its article, ``<id>.<section>.<slug>.txt``, and one that ends in
``.koreksi.txt`` holds the corrected version of the article at that address. No real article may live here.
"""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent
_CORRECTED = ".koreksi.txt"


@dataclass(frozen=True, slots=True)
class Sample:
    """One page as the loader is given it; ``name`` is its file's name.

    ``url`` has the shape of RM.id's addresses, on a host that can never exist (RFC 2606).
    """

    name: str
    url: str
    text: str


def samples() -> tuple[Sample, ...]:
    """All samples but the correction, in the order of their ids, in which they are to arrive."""
    files = sorted(_FOLDER.glob("*.txt"))
    return tuple(_read(file) for file in files if not file.name.endswith(_CORRECTED))


def correction() -> Sample:
    """The corrected version of one of the samples: the same address, title and time, other figures."""
    (file,) = _FOLDER.glob(f"*{_CORRECTED}")
    return _read(file)


def _read(file: Path) -> Sample:
    number, section, slug, *_ = file.name.split(".")
    return Sample(
        name=file.name,
        url=f"https://contoh.example/baca-berita/{section}/{number}/{slug}",
        text=file.read_text(encoding="utf-8"),
    )

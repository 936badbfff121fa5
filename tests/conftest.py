"""What every test may ask for: where the shared material lies."""

import gc
import os
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("kabar", deadline=None)
settings.load_profile("kabar")

# Plain traces: the coloured ones with every local variable take seconds to draw.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.LogfmtRenderer(bool_as_flag=False),
    ]
)

pytest_plugins = ["tests.databases"]

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One more than there are cores, as many tests wait for a process, a page or a turn; unless it is set."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Thousands of tests live as long as the run; the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and annotated corpora, which is not part of the project."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs the shared material at {SHARED}")
        pytest.skip(f"needs the shared articles and corpora, which are not part of the project: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def real_page(shared: Path) -> str:
    """The text of the real article's page."""
    (page,) = sorted((shared / "articles").glob("*.txt"))
    return page.read_text(encoding="utf-8")

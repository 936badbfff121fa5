"""A real Chromium, driven without a window."""

import os
import shutil
from collections.abc import AsyncIterator
from importlib.resources import files

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Without these, Chromium looks up its maker's hosts at each start; as root it needs no sandbox.
_QUIETLY = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run")  # fmt: skip


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A started browser; without one on the machine the tests are skipped, in CI they fail.

    One for all tests, which therefore share an event loop: starting it takes longer than most of them.
    """
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs chromium: `make test` installs it where apt may")
        pytest.skip("no chromium on this machine")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=list(_QUIETLY))
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A fresh page; a script error on it fails the test."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 800})
    faults = list[str]()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    await opened.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which finds what keeps people from using a page."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

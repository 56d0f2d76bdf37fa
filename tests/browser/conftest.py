"""A real browser on the pages of a real service. Nothing is installed here; `.ci/run` says what has to be there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from headgate.server.pages import BUNDLE
from tests.contract.harness import Service

ROOT = Path(__file__).parents[2]
AXE = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP: ViewportSize = {"width": 1440, "height": 820}
PATIENCE = 10_000
"""Milliseconds that a condition is waited for. It comes as soon as it is true; a busy machine needs longer."""


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    assert (BUNDLE / "review.html").is_file(), "the pages are not built: run `make ui`"
    running = Service(tmp_path_factory.mktemp("service") / "data", real_engine=True).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it runs, its event loop keeps other tests of the same process from having one."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed: `apt-get install chromium`"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    one = browser.new_context(viewport=DESKTOP, locale="en-US", reduced_motion="reduce")
    one.set_default_timeout(PATIENCE)
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script fails and nothing is tried that its policy forbids."""
    one = context.new_page()
    errors: list[str] = []
    one.on("pageerror", lambda error: errors.append(str(error)))
    one.on("console", lambda message: errors.append(message.text) if _is_fault(message.text) else None)
    yield one
    assert errors == []


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Warning:" in text

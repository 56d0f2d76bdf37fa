"""Accessibility, as axe-core finds it out in the page."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tests.browser.conftest import AXE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What keeps people from using the page as it is now: rule, place, and what is wrong there."""
    page.evaluate(_source())  # not as a script element, which the page's policy would forbid
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", STANDARDS)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def violations_in_both_themes(page: Page) -> list[str]:
    """The same in the light and in the dark theme."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # the parameter is a Literal
        page.wait_for_selector(f"[data-mantine-color-scheme={scheme}]")
        # Colours on their way from one theme to the other are no colours of the page.
        page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        found += [f"{scheme}: {text}" for text in violations(page)]
    return found

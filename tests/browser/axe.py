"""Accessibility, as axe-core finds it out in the page, and what fits a small screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import AXE, DESKTOP

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome depends on the theme: everything else is the same document in other colours."""
PHONE = {"width": 360, "height": 740}
TOO_WIDE = """() => Math.max(document.documentElement.scrollWidth - window.innerWidth,
  ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth))"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: Iterable[str] = STANDARDS) -> list[str]:
    """What keeps people from using the page as it is now: rule, place, and what is wrong there."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())  # not as a script element, which the page's policy would forbid
    options: Mapping[str, Any] = {"runOnly": list(rules), "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def violations_in_both_themes(page: Page) -> list[str]:
    """The same in the light and in the dark theme."""
    found = []
    for scheme, rules in (("light", STANDARDS), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # the parameter is a Literal
        page.wait_for_selector(f"[data-mantine-color-scheme={scheme}]")
        # Colours on their way from one theme to the other are no colours of the page.
        page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        found += [f"{scheme}: {text}" for text in violations(page, rules)]
    return found


def troubles_everywhere(page: Page) -> list[str]:
    """Violations in both themes on a desk and on a phone, and what is wider than the phone in either direction. The page
    is neither loaded again nor left: it is the state that somebody is in."""
    found = [f"desk: {text}" for text in violations_in_both_themes(page)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
    found += [f"phone: {text}" for text in violations_in_both_themes(page)]
    before = page.locator("html").get_attribute("dir") or "ltr"
    for direction in ("ltr", "rtl"):
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        if (beyond := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{direction}: {beyond} px beyond a phone")
    page.evaluate("direction => { document.documentElement.dir = direction }", before)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a size
    return found

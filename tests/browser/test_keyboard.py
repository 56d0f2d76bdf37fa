"""A whole review by keyboard alone: nothing is clicked, and nothing gets the focus but by Tab."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT
from tests.contract.harness import Service, rows, run

MOST_STOPS = 300


def tab_to(page: Page, target: Locator, *, backwards: bool = False) -> None:
    """Walk to an element. In the grid Tab goes from cell to cell until Escape lets it out."""
    expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        if target.evaluate("one => one === document.activeElement"):
            return
        if page.evaluate("() => document.activeElement?.closest('[role=grid]') !== null"):
            page.keyboard.press("Escape")
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"the focus never came to {target}")


def press(page: Page, target: Locator, *, backwards: bool = False) -> None:
    tab_to(page, target, backwards=backwards)
    page.keyboard.press("Enter")


def choose(page: Page, box: Locator, text: str) -> None:
    """Type into a list and take what is left."""
    tab_to(page, box)
    page.keyboard.type(text)
    expect(page.get_by_role("option", name=text)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_review_is_finished_by_keyboard_alone(page: Page, service: Service) -> None:
    schema: dict[str, Any] = json.loads((ROOT / "examples" / "customers.schema.json").read_text(encoding="utf-8"))
    content = (ROOT / "examples" / "customers.csv").read_bytes()
    with service.client(service.key()) as client:
        waiting = run(
            client, content, fields=schema["fields"], settings=schema["settings"], original_filename="customers.csv"
        )
        page.goto(waiting["review_url"])
        press(page, page.get_by_role("button", name="Use this and go on"))
        for field, column in {"Name": "Contact", "Plan": "Package"}.items():
            box = page.get_by_role("combobox", name=f"Column for the field {field}")
            choose(page, box, column)
            expect(box).to_have_count(0)
        press(page, page.get_by_role("button", name="Accept"), backwards=True)
        expect(page.get_by_role("button", name="Values")).to_have_attribute("aria-current", "step")
        press(page, page.locator("main footer button").last, backwards=True)
        delete_what_is_wrong(page)
        press(page, page.get_by_role("button", name="Finish…"), backwards=True)
        announced = page.get_by_role("dialog").get_by_role("listitem").first.inner_text()
        press(page, page.get_by_role("button", name="Finish and send"))
        expect(page.get_by_role("heading", name="Done: the data has been sent")).to_be_visible(timeout=30_000)
        assert announced.split()[0] == str(len(rows(client, waiting["id"])))


def delete_what_is_wrong(page: Page) -> None:
    cards = page.get_by_role("main").locator("section[data-level=error]")
    expect(cards.first).to_be_visible()
    while (left := cards.count()) > 0:
        press(page, cards.first.get_by_role("button", name="More ways to mend"))
        expect(page.get_by_role("menu").locator("[data-autofocus]")).to_be_focused()
        delete = page.get_by_role("menuitem", name="Delete").last
        for _ in range(page.get_by_role("menuitem").count()):
            page.keyboard.press("ArrowDown")
            if delete.evaluate("one => one === document.activeElement"):
                break
        expect(delete).to_be_focused()
        page.keyboard.press("Enter")
        expect(cards).not_to_have_count(left)

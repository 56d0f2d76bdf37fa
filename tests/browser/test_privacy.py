"""Receipts of deletions and the retention of a schema in the dashboard, and masked fields on the page of a review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headgate.accounts.cookies import PLAIN_NAME
from tests.browser.axe import troubles_everywhere
from tests.browser.desk import GOOD, Desk
from tests.contract import masked_review, review_page
from tests.contract.harness import Service, create, upload, wait


@pytest.fixture(scope="module")
def desk(service: Service) -> Iterator[Desk]:
    found = Desk(service)
    yield found
    found.client.close()


@pytest.fixture
def here(context: BrowserContext, page: Page, desk: Desk) -> Page:
    context.add_cookies([{"name": PLAIN_NAME, "value": desk.token, "url": desk.address}])
    return page


def test_a_deletion_is_found_by_keyboard_and_its_receipt_is_genuine(here: Page, desk: Desk, tmp_path: Path) -> None:
    gone = desk.run("gone.csv", GOOD)
    receipt = desk.client.delete(f"/headless/imports/{gone}/").headers["Deletion-Receipt"]
    review_page.until(lambda: desk.client.get(f"/deletions/{receipt}/").json()["completed_date"])
    here.goto(f"{desk.address}/imports")
    here.get_by_role("navigation", name="Pages").get_by_role("link", name="Deletions").press("Enter")
    listed = here.get_by_role("table", name="Deletions").get_by_role("row").filter(has_text=gone)
    expect(listed).to_contain_text("Somebody asked for it")
    expect(listed.get_by_text("Deleted", exact=True)).to_be_visible()
    assert troubles_everywhere(here) == []
    listed.get_by_role("link", name="Import").press("Enter")
    expect(here.get_by_role("table", name="Entries of the database")).to_contain_text("imports")
    assert troubles_everywhere(here) == []
    with here.expect_download() as saved:
        here.get_by_role("button", name="Download the receipt").press("Enter")
    saved.value.save_as(tmp_path / "receipt.json")
    told = json.loads((tmp_path / "receipt.json").read_text("utf-8"))
    assert told["id"] == receipt
    assert desk.client.post("/deletions/verify/", json=told).json() == {"genuine": True}


def test_a_deletion_under_way_says_so_until_it_is_complete(here: Page, desk: Desk) -> None:
    done = {"id": "6f9c1d8e-0000-4000-8000-000000000001", "organization_id": str(desk.organization), "kind": "source",
            "object_id": "6f9c1d8e-0000-4000-8000-000000000002", "reason": "retention",
            "requested_by": {"kind": "system", "id": None}, "requested_date": "2026-01-01T00:00:00Z", "rows": {},
            "objects": 3, "bytes": 4_200_000, "completed_date": "2026-01-01T00:01:00Z", "signature": "ab"}  # fmt: skip
    answers = iter([{**done, "completed_date": None, "signature": None}, done])
    here.route(f"**/api/v1/deletions/{done['id']}/", lambda route: route.fulfill(json=next(answers, done)))
    here.goto(f"{desk.address}/deletions/{done['id']}")
    state = here.get_by_role("main").get_by_role("status")
    expect(state.filter(has_text="Files are being deleted")).to_be_visible()
    expect(here.get_by_role("button", name="Download the receipt")).to_have_count(0)
    expect(state.filter(has_text="Deleted")).to_be_visible()
    expect(here.get_by_role("button", name="Download the receipt")).to_be_visible()


def test_the_retention_of_a_schema_says_what_is_in_force_and_who_says_so(here: Page, desk: Desk) -> None:
    desk.client.patch("/dashboard/settings/", json={"retention_days": 30}).raise_for_status()
    here.goto(f"{desk.address}/schemas/{desk.schema}?tab=retention")
    whole, source = here.get_by_label("Imports with everything (days)"), here.get_by_label("Original files (days)")
    expect(whole).to_have_accessible_description("In force: 30, as your organization says.")
    expect(source).to_have_accessible_description("In force: kept as long as the import.")
    whole.fill("90")
    source.fill("7")
    source.press("Enter")
    expect(source).to_have_accessible_description("In force: 7, as set here.")
    expect(whole).to_have_accessible_description("In force: 30, as your organization says.")
    found = desk.client.get(f"/schemas/{desk.schema}/retention/").json()
    assert (found["retention_days"], found["effective"]["retention_days"], found["source_retention_days"]) == (
        90,
        30,
        7,
    )
    assert troubles_everywhere(here) == []


def test_a_masked_cell_is_dots_and_takes_a_new_value_without_showing_the_old_one(page: Page, desk: Desk) -> None:
    created = create(desk.client, fields=masked_review.FIELDS, settings=masked_review.SETTINGS)
    upload(created, masked_review.CONTENT.encode())
    waiting = wait(desk.client, created["id"], 60)
    page.goto(waiting["review_url"])
    cell = page.get_by_role("gridcell", name="•••7890")
    expect(cell).to_be_visible(timeout=30_000)
    assert masked_review.leaks(page.content()) == []
    cell.dblclick()
    editor = page.get_by_role("textbox", name="Edit SSN")
    expect(editor).to_have_value("")
    expect(editor).to_have_attribute("placeholder", "New value")
    editor.press("Enter")
    expect(cell).to_be_visible()
    cell.dblclick()
    editor.fill("999-11-2222")
    editor.press("Enter")
    expect(page.get_by_role("gridcell", name="•••2222")).to_be_visible()
    assert masked_review.leaks(page.content()) == []

"""Imports in the dashboard, as people use it: a real browser on a real service with the real engine."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headgate.accounts.cookies import PLAIN_NAME
from tests.browser.axe import troubles_everywhere
from tests.browser.desk import BAD, FIELDS, GOOD, SETTINGS, UNCLEAR, Desk
from tests.contract.harness import Service, upload


class Imports(Desk):
    """One import at each kind of end."""

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self.done = self.run("customers-march.csv", BAD)
        self.unclear = self.run("from the fair.csv", UNCLEAR)
        self.failed = self.run("empty.csv", " ")


@pytest.fixture(scope="module")
def desk(service: Service) -> Iterator[Imports]:
    found = Imports(service)
    yield found
    found.client.close()


@pytest.fixture
def signed_in(context: BrowserContext, desk: Imports) -> None:
    context.add_cookies([{"name": PLAIN_NAME, "value": desk.token, "url": desk.address}])


@pytest.fixture
def here(signed_in: None, page: Page) -> Page:
    return page


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_file_that_is_dropped_on_a_schema_becomes_rows_to_download(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports")
    here.get_by_role("link", name="New import").click()
    heading(here, "New import")
    here.get_by_role("combobox", name="Schema").click()
    here.get_by_role("option", name="Contacts").click()
    data = here.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.csv')); return data }",
        GOOD,
    )
    here.get_by_role("button", name="Drop a file here").dispatch_event("drop", {"dataTransfer": data})
    heading(here, "dropped.csv")
    expect(here.get_by_role("status").filter(has_text="Successful")).to_be_visible()
    expect(here.get_by_text("Same name", exact=True).first).to_be_visible()
    here.get_by_role("button", name="Download").click()
    with here.expect_download() as saved:
        here.get_by_role("menuitem", name="JSON", exact=True).click()
    assert saved.value.suggested_filename == "dropped.json"
    rows = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert [row["first"] for row in rows] == ["Ada", "Alan"]


def test_an_import_that_needs_review_leads_there_and_its_link_can_be_replaced(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports/{desk.unclear}")
    expect(here.get_by_text("No column of the file fits any field")).to_be_visible()
    here.get_by_role("button", name="Review link").click()
    field = here.get_by_role("dialog").get_by_role("textbox")
    before = field.input_value()
    here.get_by_role("button", name="Make a new link").click()
    expect(field).not_to_have_value(before)
    after = field.input_value()
    here.keyboard.press("Escape")
    opens = f"{desk.address}/api/v1/reviews/{desk.unclear}/"
    assert httpx.get(opens, headers=bearer(before)).status_code == 403
    assert httpx.get(opens, headers=bearer(after)).status_code == 200
    link = here.get_by_role("link", name="Review (opens a new tab)")
    expect(link).to_have_attribute("href", re.compile(re.escape(after)))
    with here.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("button", name="Columns")).to_be_visible()


def bearer(link: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {link.partition('#')[2]}"}


def test_the_same_file_is_run_again_with_the_schema_of_then_or_of_now(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports/{desk.done}")
    here.get_by_role("button", name="Run again").click()
    expect(here).not_to_have_url(re.compile(desk.done))
    expect(here.get_by_role("status").filter(has_text="Successful")).to_be_visible()
    here.get_by_role("link", name="this import").click()
    expect(here).to_have_url(re.compile(desk.done))
    changed = {"name": "Contacts", "fields": FIELDS[:2], "settings": SETTINGS}
    desk.client.put(f"/schemas/{desk.schema}/", json=changed)
    try:
        here.reload()
        here.get_by_role("button", name="Run again").click()
        here.get_by_role("menuitem", name="With the schema as it is now").click()
        expect(here).not_to_have_url(re.compile(desk.done))
        expect(here.get_by_role("row", name="Stage").get_by_text("Left out")).to_be_visible()
    finally:
        desk.client.put(f"/schemas/{desk.schema}/", json=changed | {"fields": FIELDS})


def test_an_import_is_deleted_after_a_question_by_keyboard_alone(here: Page, desk: Imports) -> None:
    gone = desk.run("to be deleted.csv", GOOD)
    here.goto(f"{desk.address}/imports")
    here.get_by_role("link", name="to be deleted.csv").press("Enter")
    heading(here, "to be deleted.csv")
    here.get_by_role("button", name="Delete").press("Enter")
    expect(here.get_by_role("button", name="Cancel")).to_be_focused()
    here.keyboard.press("Escape")
    expect(here.get_by_role("dialog")).to_have_count(0)
    expect(here.get_by_role("button", name="Delete")).to_be_focused()
    here.keyboard.press("Enter")
    here.get_by_role("dialog").get_by_role("button", name="Delete").press("Enter")
    heading(here, "Imports")
    expect(here.get_by_role("link", name="to be deleted.csv")).to_have_count(0)
    assert desk.client.get(f"/headless/imports/{gone}/").status_code == 404


def test_the_list_shows_what_happens_elsewhere_as_it_happens(here: Page, desk: Imports) -> None:
    with here.expect_response("**/dashboard/imports/events/"):
        here.goto(f"{desk.address}/imports")
    expect(here.get_by_role("link", name="customers-march.csv").first).to_be_visible()
    created = desk.create("while you look.csv")
    row = here.get_by_role("row", name="while you look.csv")
    expect(row.get_by_text("Waiting for its file")).to_be_visible()
    upload(created, GOOD.encode())
    expect(row.get_by_text("Successful")).to_be_visible()
    expect(row.get_by_role("cell").nth(3)).to_have_text("2")


def test_filters_and_search_narrow_the_list_and_stand_in_the_address(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports")
    here.get_by_label("File name or id").fill("THE FAIR")
    expect(here.get_by_role("link", name="from the fair.csv")).to_be_visible()
    expect(here.get_by_role("link", name="empty.csv")).to_have_count(0)
    expect(here).to_have_url(re.compile("search=THE"))
    here.get_by_role("combobox", name="Status").click()
    here.get_by_role("option", name="Failed").click()
    expect(here.get_by_role("heading", name="No import fits")).to_be_visible()
    here.reload()
    expect(here.get_by_role("heading", name="No import fits")).to_be_visible()
    here.get_by_role("button", name="Clear filters").click()
    expect(here.get_by_role("link", name="empty.csv")).to_be_visible()
    expect(here.get_by_label("File name or id")).to_have_value("")


def test_the_page_of_an_import_says_what_is_wrong_and_what_was_decided(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports/{desk.done}")
    errors = here.get_by_role("table", name="Errors and notes")
    expect(errors.get_by_role("row", name="no-address")).to_contain_text("Not an e-mail address.")
    expect(here.get_by_text("Read as CSV, UTF-8, commas between cells.")).to_be_visible()
    expect(here.get_by_text("The column names are in row 1.")).to_be_visible()
    here.get_by_text("Stage: 1 text became an option").click()
    expect(here.get_by_role("table", name="Stage").get_by_role("row", name="DEMO")).to_contain_text("demo")
    happened = here.get_by_role("listitem")
    for event in ("Created", "File uploaded", "Started", "Successful"):
        expect(happened.filter(has_text=event)).to_be_visible()


def test_an_import_that_is_not_there_says_so(here: Page, desk: Imports) -> None:
    here.goto(f"{desk.address}/imports/{uuid.uuid4()}")
    expect(here.get_by_role("alert")).to_contain_text("Not found.")


def test_everybody_can_use_every_page_of_imports(here: Page, desk: Imports) -> None:
    pages = ["imports", "imports/new", "health", *(f"imports/{one}" for one in (desk.done, desk.unclear, desk.failed))]
    found = {}
    for path in pages:
        here.goto(f"{desk.address}/{path}")
        expect(here.get_by_role("heading", level=1)).to_be_visible()
        if path == "health":
            expect(here.get_by_text("are free")).to_be_visible()
            here.get_by_text("As a table").click()
        expect(here.get_by_role("status").filter(has_text="Loading")).to_have_count(0)
        found[path] = troubles_everywhere(here)
    assert found == {path: [] for path in pages}

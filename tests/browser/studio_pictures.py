"""Takes the pictures of docs/studio.md: `python -m tests.browser.studio_pictures docs/images` (after `make ui`)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, ROOT
from tests.browser.studio import FILE, open_schema, save, set_up, sign_in
from tests.contract.harness import Service, upload, wait

CHROMIUM = "/usr/bin/chromium"
HOOK = """(record) => {
  const seats = record.row.seats;
  if (seats.resultValue > 10) seats.info = [{ message: "Ask sales first.", level: "warning" }];
  record.row.name.value = record.row.name.value.trim();
  return record.row.nmae.value;
}"""


def picture(
    browser: Browser, service: Service, target: Path, schema: str, tab: str, then: Callable[[Page], None]
) -> None:
    """One picture of a part of the editor."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="en-US")
    sign_in(context, service)
    page = context.new_page()
    if schema == "new":
        page.goto(f"{service.address}/schemas/new")
    else:
        open_schema(page, service, schema, tab)
    then(page)
    page.screenshot(path=target)
    context.close()


def from_file(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(str(ROOT / "examples" / "customers.csv"))
    expect(page.get_by_label("Name of the schema")).to_be_visible(timeout=30_000)


def field(page: Page) -> None:
    page.get_by_role("list", name="Fields").get_by_role("button").nth(2).click()
    expect(page.get_by_label("Key in the results")).to_be_visible()


def hook(page: Page) -> None:
    page.get_by_role("button", name="Type some rows instead").click()
    page.get_by_label("Name, row 1").fill("Ada")
    page.get_by_label("Seats, row 1").fill("12")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".cm-lintRange-error")).to_be_visible(timeout=30_000)


def trial(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({"name": "people.csv", "mimeType": "text/csv", "buffer": FILE})
    expect(page.get_by_role("region", name="First rows")).to_be_visible(timeout=30_000)


def back_test(page: Page) -> None:
    field(page)
    page.get_by_label("Greatest value").fill("10")
    page.get_by_role("link", name="Back-test").click()
    page.get_by_role("button", name="Start the back-test").click()
    page.get_by_role("button", name="Show what differs").click(timeout=30_000)
    expect(page.get_by_role("region", name="Rows that differ")).to_be_visible()


def history(page: Page) -> None:
    field(page)
    page.get_by_label("Greatest value").fill("100")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Version 2")).to_be_visible()


def main() -> None:
    """Every part of the Studio that docs/studio.md shows."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        service = Service(Path(directory) / "data", real_engine=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            set_up(service)
            with service.client(service.key("backend")) as client:
                schema = save(client, "People", hooks={"rowHooks": []})
                broken = save(client, "People with a hook", hooks={"rowHooks": [HOOK]})
                body = {"schema_id": schema, "original_filename": "people.csv"}
                created = client.post("/headless/imports/", json=body).json()
                upload(created, FILE)
                wait(client, created["id"])
            picture(browser, service, target / "studio-file.png", "new", "", from_file)
            picture(browser, service, target / "studio-field.png", schema, "", field)
            picture(browser, service, target / "studio-hook.png", broken, "hooks", hook)
            picture(browser, service, target / "studio-try.png", schema, "try", trial)
            picture(browser, service, target / "studio-back-test.png", schema, "", back_test)
            picture(browser, service, target / "studio-history.png", schema, "", history)
        finally:
            browser.close()
            service.kill()


if __name__ == "__main__":
    main()

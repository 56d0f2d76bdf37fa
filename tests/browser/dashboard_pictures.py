"""Takes the pictures of docs/dashboard.md: `python -m tests.browser.dashboard_pictures docs/images` (after `make ui`)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, ROOT
from tests.browser.studio import FILE, save, set_up, sign_in
from tests.browser.studio_pictures import CHROMIUM
from tests.contract.harness import Service, upload, wait

RECIPE: dict[str, Any] = {
    "recipe": 1,
    "columns": [{"header": "Name", "field": "name"}, {"header": "E-mail", "field": "email"}],
    "replacements": [{"field": "name", "text": "n/a", "to": ""}],
}


def picture(
    browser: Browser, service: Service, target: Path, path: str, then: Callable[[Page], object], **look: Any
) -> None:
    """One page. `look`: options of the browser beside those of every picture."""
    options: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"} | look
    context = browser.new_context(reduced_motion="reduce", **options)
    sign_in(context, service)
    page = context.new_page()
    page.goto(f"{service.address}{path}")
    then(page)
    page.screenshot(path=target)
    context.close()


def seen(text: str) -> Callable[[Page], object]:
    """Waits until a text is there."""
    return lambda page: expect(page.get_by_text(text).first).to_be_visible(timeout=30_000)


def imported(client: httpx.Client, schema: str, name: str, content: bytes) -> str:
    """An import that has come to its end, or to a review."""
    created = client.post("/headless/imports/", json={"schema_id": schema, "original_filename": name}).json()
    upload(created, content)
    wait(client, created["id"])
    identifier: str = created["id"]
    return identifier


def fill(client: httpx.Client) -> tuple[str, str]:
    """What the pictures show: the ids of an import and of a recipe."""
    schema = save(client, "Customers")
    customers = (ROOT / "examples" / "customers.csv").read_bytes()
    imported(client, schema, "customers-march.csv", FILE)
    imported(client, schema, "empty.csv", b"")
    gone = imported(client, schema, "customers-february.csv", FILE)
    client.delete(f"/headless/imports/{gone}/").raise_for_status()
    shown = imported(client, schema, "customers-april.csv", FILE.replace(b"Grace,grace@example,3", b"Grace,grace,x"))
    imported(client, schema, "customers.csv", customers)
    client.post("/webhooks/", json={"url": "http://127.0.0.1:9/imports"}).raise_for_status()
    recipe = client.post("/recipes/", json={"import_identifier": "Customers", "recipe": RECIPE})
    recipe.raise_for_status()
    return shown, recipe.json()["id"]


def main() -> None:
    """Every page of the dashboard that docs/dashboard.md shows."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        service = Service(Path(directory) / "data", real_engine=True, webhook_private_hosts="127.0.0.1").start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            set_up(service)
            with service.client(service.key("backend")) as client:
                shown, recipe = fill(client)

            def take(name: str, path: str, text: str, **look: Any) -> None:
                picture(browser, service, target / f"dashboard-{name}.png", path, seen(text), **look)

            take("imports", "/imports", "customers-april.csv")
            take("imports-dark", "/imports", "customers-april.csv", color_scheme="dark")
            take("imports-phone", "/imports", "customers-april.csv", viewport={"width": 360, "height": 740})
            take("import", f"/imports/{shown}", "customers-april.csv")
            take("overview", "/health", "Database")
            take("deletions", "/deletions", "Somebody asked for it")
            take("webhooks", "/webhooks", "127.0.0.1")
            take("recipe", f"/recipes/{recipe}", "E-mail")
            take("recipe-german", f"/recipes/{recipe}?lang=de", "E-mail")
            take("recipe-right-to-left", f"/recipes/{recipe}?dir=rtl", "E-mail")
        finally:
            browser.close()
            service.kill()


if __name__ == "__main__":
    main()

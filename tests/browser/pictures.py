"""Takes the pictures of docs/review.md from a real import: `python -m tests.browser.pictures docs/images` (after `make ui`)."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Literal

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, ROOT
from tests.contract.harness import Service, run

CHROMIUM = "/usr/bin/chromium"
EXAMPLE = ROOT / "examples" / "customers.csv"
COLUMNS: dict[str, Any] = {
    "1": {"field": "name"},
    "6": {"field": "plan"},
    "7": {"field": "seats"},
    "8": {"field": "revenue"},
    "9": {"field": "newsletter"},
    "10": {"ignore": True},
}
STEPS = ("header", "columns", "values", "review")
SECONDS = 60

Theme = Literal["light", "dark"]


class Story:
    """The example's review, taken from step to step."""

    def __init__(self, service: Service, locale: str) -> None:
        schema = json.loads((ROOT / "examples" / "customers.schema.json").read_text("utf-8"))
        settings = schema["settings"] | {"locale": locale}
        with service.client(service.key()) as client:
            found = run(
                client, EXAMPLE.read_bytes(), fields=schema["fields"], settings=settings,
                original_filename=EXAMPLE.name,
            )  # fmt: skip
        self.url: str = found["review_url"]
        token = self.url.partition("#")[2]
        self._api = httpx.Client(
            base_url=f"{service.address}/api/v1/reviews/{found['id']}",
            headers={"Authorization": f"Bearer {token}", "X-Review-Author": "pictures"},
            timeout=SECONDS,
        )

    def go_on(self, step: str) -> None:
        """Decide what the step before asks, and go to `step`."""
        if step == "columns":
            self._api.put("/header/", json={"rows": [4]}).raise_for_status()
        elif step == "values":
            body = {"columns": COLUMNS, "accept_suggested": True}
            self._api.put("/columns/", json=body).raise_for_status()
        self._api.post("/advance/", json={"to": step}).raise_for_status()
        deadline = time.monotonic() + SECONDS
        while self._api.get("/").json()["preparing"] and time.monotonic() < deadline:
            time.sleep(0.1)


def take(
    browser: Browser, story: Story, target: Path, *, theme: Theme = "light", width: int = 1440, query: str = ""
) -> None:
    """One picture of the page as it stands."""
    context = browser.new_context(
        viewport={"width": width, "height": 820 if width > 500 else 740}, color_scheme=theme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(story.url.replace("/review#", f"/review{query}#"))
    page.get_by_role("heading", level=1).wait_for()
    # The page keeps a stream of events open, so it is never idle; a moment lets the last answers be drawn.
    page.wait_for_timeout(2_500)
    page.screenshot(path=target)
    context.close()


def main() -> None:
    """Both themes of every step in English; the review in German, right to left, and steps 1–3 on a phone."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        service = Service(Path(directory) / "data", real_engine=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            english, german = Story(service, "en"), Story(service, "de")
            for step in STEPS:
                for story in (english, german):
                    if step != STEPS[0]:
                        story.go_on(step)
                take(browser, english, target / f"{step}.png")
                take(browser, english, target / f"{step}-dark.png", theme="dark")
                take(browser, english, target / f"{step}-phone.png", width=360)
                take(browser, german, target / f"{step}-german.png")
            take(browser, english, target / "review-right-to-left.png", query="?dir=rtl")
        finally:
            browser.close()
            service.kill()


if __name__ == "__main__":
    main()

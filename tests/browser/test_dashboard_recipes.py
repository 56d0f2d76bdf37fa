"""Recipes in the dashboard: from the end of a review or the page of an import, and what can be done with one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headgate.accounts.cookies import PLAIN_NAME
from tests.browser.axe import troubles_everywhere, violations_in_both_themes
from tests.browser.desk import Desk
from tests.contract import review_page
from tests.contract.harness import Service, wait

RECIPE = {
    "recipe": 1,
    "columns": [{"header": "Mail", "field": "email"}],
    "replacements": [{"field": "first", "text": "n/a", "to": ""}],
}
CRYPTIC = "x1;x2;x3\nAda;ada@example.com;demo\n"


@pytest.fixture(scope="module")
def desk(service: Service) -> Iterator[Desk]:
    found = Desk(service, reviewStep={"rememberCorrections": True})
    yield found
    found.client.close()


@pytest.fixture
def here(context: BrowserContext, page: Page, desk: Desk) -> Page:
    context.add_cookies([{"name": PLAIN_NAME, "value": desk.token, "url": desk.address}])
    return page


def text_of(page: Page) -> str:
    box = page.get_by_role("textbox", name="What it does")
    expect(box).not_to_have_value("")
    return box.input_value()


def test_a_recipe_is_read_changed_restored_switched_off_exported_and_imported_again(
    here: Page, desk: Desk, tmp_path: Path
) -> None:
    made = desk.client.post("/recipes/", json={"import_identifier": "kept", "recipe": RECIPE}).json()
    path = f"/recipes/{made['id']}/"
    here.goto(f"{desk.address}/recipes")
    here.get_by_role("link", name="kept").click()
    first = text_of(here)
    here.get_by_role("textbox", name="What it does").fill(first.replace("n/a", "none"))
    here.get_by_role("button", name="Save", exact=True).click()
    versions = here.get_by_role("table", name="Versions").get_by_role("row")
    expect(versions).to_have_count(3)
    assert desk.client.get(path).json()["recipe"]["replacements"][0]["text"] == "none"
    assert troubles_everywhere(here) == []

    here.get_by_role("textbox", name="What it does").fill("recipe =")
    here.get_by_role("button", name="Save", exact=True).click()
    expect(here.get_by_role("alert")).to_be_visible()
    here.get_by_role("textbox", name="What it does").fill(first.replace("n/a", "none"))

    here.get_by_role("button", name="Restore version 1").click()
    expect(versions).to_have_count(4)
    expect(here.get_by_role("textbox", name="What it does")).to_have_value(first)
    here.get_by_role("switch", name="On").click(force=True)
    expect(here.get_by_role("switch", name="On")).not_to_be_checked()
    now = desk.client.get(path).json()
    assert (now["recipe"], now["enabled"], now["version"]) == (RECIPE, False, 3)

    with here.expect_download() as saved:
        here.get_by_role("button", name="Export").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert tomllib.loads(file.read_text("utf-8")) == RECIPE
    here.goto(f"{desk.address}/recipes")
    with here.expect_file_chooser() as chooser:
        here.get_by_role("button", name="Import a file").click()
    chooser.value.set_files(file)
    here.get_by_label("Import identifier").fill("taken over")
    here.get_by_role("dialog").get_by_role("button", name="Import").click()
    expect(here.get_by_role("heading", name="taken over")).to_be_visible()
    assert text_of(here) == first


def test_a_recipe_that_somebody_else_saved_meanwhile_is_not_replaced_unasked(here: Page, desk: Desk) -> None:
    made = desk.client.post("/recipes/", json={"import_identifier": "shared", "recipe": RECIPE}).json()
    path = f"/recipes/{made['id']}/"
    here.goto(f"{desk.address}{path}")
    first = text_of(here)
    here.get_by_role("textbox", name="What it does").fill(first.replace("n/a", "mine"))
    desk.client.put(path, json={"toml": first.replace("n/a", "theirs")}).raise_for_status()
    here.get_by_role("button", name="Save", exact=True).click()
    expect(here.get_by_role("alert")).to_contain_text("Somebody else saved this recipe meanwhile")
    assert violations_in_both_themes(here) == []
    assert desk.client.get(path).json()["recipe"]["replacements"][0]["text"] == "theirs"
    expect(here.get_by_role("textbox", name="What it does")).to_have_value(first.replace("n/a", "mine"))
    here.get_by_role("button", name="Save mine over theirs").click()
    expect(here.get_by_role("table", name="Versions").get_by_role("row")).to_have_count(4)
    assert desk.client.get(path).json()["recipe"]["replacements"][0]["text"] == "mine"


@pytest.fixture(scope="module")
def reviewed(desk: Desk) -> tuple[str, str]:
    """An import whose columns a person chose, and the link of its review."""
    unclear = desk.run("cryptic.csv", CRYPTIC)
    waiting = desk.client.get(f"/headless/imports/{unclear}/").json()
    page = review_page.Page(desk.service, waiting)
    page.ready()
    page.send("PUT", "/header", json={"rows": [0]}).raise_for_status()
    page.post("/advance", {"to": "columns"})
    page.ready()
    chosen = {str(index): {"field": key} for index, key in enumerate(("first", "email", "stage"))}
    page.send("PUT", "/columns", json={"columns": chosen, "accept_suggested": False}).raise_for_status()
    page.post("/advance", {"to": "review"})
    page.ready()
    page.submit()
    review_page.until(lambda: desk.client.get(f"/headless/imports/{unclear}/").json()["status"] == "SUCCESSFUL", 60)
    assert wait(desk.client, unclear)["status"] == "SUCCESSFUL"
    return unclear, waiting["review_url"]


def test_who_ends_a_review_can_have_its_corrections_remembered(
    page: Page, desk: Desk, reviewed: tuple[str, str]
) -> None:
    _, link = reviewed
    page.goto(link)
    expect(page.get_by_text("Columns: 3.")).to_be_visible(timeout=30_000)
    assert violations_in_both_themes(page) == []
    page.get_by_role("button", name="Remember these corrections for the next file").click()
    expect(page.get_by_text("Remembered: the next file with these columns")).to_be_visible(timeout=30_000)
    (kept,) = desk.client.get("/recipes/", params={"import_identifier": "contacts"}).json()
    assert kept["parts"]["columns"] == 3


def test_the_corrections_of_a_review_can_be_remembered_from_the_page_of_its_import(
    here: Page, desk: Desk, reviewed: tuple[str, str]
) -> None:
    identifier, _ = reviewed
    here.goto(f"{desk.address}/imports/{identifier}")
    here.get_by_role("button", name="Remember corrections").click()
    expect(here.get_by_role("dialog").get_by_text("Columns: 3.")).to_be_visible(timeout=30_000)
    assert violations_in_both_themes(here) == []
    here.get_by_role("dialog").get_by_role("button", name="Remember", exact=True).click()
    expect(here.get_by_role("heading", name="contacts")).to_be_visible(timeout=30_000)
    assert 'field = "stage"' in text_of(here)

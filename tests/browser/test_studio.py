"""Schema Studio: a schema from its first file to its history, by form and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import troubles_everywhere, violations, violations_in_both_themes
from tests.browser.conftest import DESKTOP, PATIENCE
from tests.browser.studio import COLLEAGUE, FIELDS, FILE, join, open_schema, save, set_up, sign_in
from tests.contract.harness import Service, upload, wait

PARTS = {
    "Fields": "What it holds",
    "Settings": "Name of the schema",
    "Hooks": "Run it on sample rows",
    "JSON": "Lay out anew",
    "Try it": "Drop a sample file here.",
    "Back-test": "How many of the newest imports",
    "Retention": "In force: kept as long as the import.",
    "History": "The first version.",
}
"""The parts of the editor, and a text that each has when it is there."""
FITS = "() => { const main = document.querySelector('main'); return main.scrollWidth <= main.clientWidth; }"
WORK = 30_000
"""Milliseconds that a worker's answer is waited for; on a busy machine its process starts slowly."""
PEOPLE = {"name": "people.csv", "mimeType": "text/csv", "buffer": FILE}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("studio") / "data", real_engine=True).start()
    set_up(running)
    yield running
    running.kill()


@pytest.fixture(scope="module")
def client(studio: Service) -> Iterator[httpx.Client]:
    with studio.client(studio.key("studio")) as one:
        yield one


@pytest.fixture(autouse=True)
def _signed_in(context: BrowserContext, studio: Service) -> None:
    sign_in(context, studio)


def choose_file(page: Page, **file: object) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({**PEOPLE, **file})  # type: ignore[arg-type]  # a file as Playwright describes it


def go(page: Page, tab: str) -> None:
    page.get_by_role("navigation", name="Parts of the schema").get_by_role("link", name=tab).click()


def field_list(page: Page) -> Locator:
    return page.get_by_role("list", name="Fields").get_by_role("button")


def saved(client: httpx.Client, schema: str) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/schemas/{schema}/").json()
    return found


def labels(client: httpx.Client, schema: str) -> list[str]:
    return [field["label"] for field in saved(client, schema)["fields"]]  # type: ignore[attr-defined]  # JSON


def json_view(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The schema as JSON")


def test_a_schema_begins_with_a_file_is_tried_saved_changed_and_restored(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    page.goto(f"{studio.address}/schemas")
    page.get_by_role("link", name="New schema").click()
    choose_file(page)
    columns = page.get_by_role("list", name="Columns of the file")
    expect(columns.get_by_text("All 3 filled cells are read as number.")).to_be_visible(timeout=WORK)
    expect(columns.get_by_label("Type of Seats")).to_have_value("number")
    columns.get_by_label("Type of E-mail").select_option("email")
    assert violations(page) == []
    page.get_by_label("Name of the schema").fill("Club members")
    page.get_by_role("button", name="Go on with 3 fields").click()

    go(page, "Try it")
    choose_file(page)
    expect(page.get_by_text("This file would be imported without a question.")).to_be_visible(timeout=WORK)
    expect(page.get_by_role("row", name="left out").get_by_text("grace@example")).to_be_visible()
    page.get_by_role("button", name="Create the schema").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    schema = page.url.partition("/schemas/")[2].partition("?")[0]
    assert labels(client, schema) == ["Name", "E-mail", "Seats"]

    go(page, "Fields")
    field_list(page).filter(has_text="Seats").click()
    page.get_by_label("Label").fill("Places")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    go(page, "History")
    expect(page.get_by_text("Places").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Restore version 1…").click()
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_text("Version 3")).to_be_visible()
    assert labels(client, schema) == ["Name", "E-mail", "Seats"]
    go(page, "Fields")
    expect(field_list(page).filter(has_text="Seats")).to_be_visible()


def test_form_and_json_are_in_step_even_while_the_json_cannot_be_read(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "in step")
    open_schema(page, studio, schema)
    field_list(page).filter(has_text="Name").click()
    page.get_by_label("Label").fill("Full name")
    go(page, "JSON")
    expect(json_view(page)).to_contain_text('"label": "Full name"')
    json_view(page).press("ControlOrMeta+Home")
    page.keyboard.insert_text("oops ")
    expect(page.get_by_text("Line 1:")).to_be_visible()
    go(page, "Fields")
    expect(page.get_by_role("alert")).to_contain_text("The JSON cannot be read at line 1.")
    expect(field_list(page).filter(has_text="Full name")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("button", name="Go back to what the form shows").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    go(page, "JSON")
    text = json.dumps({"name": "in step", "fields": [FIELDS[0] | {"mine": 1}], "settings": {"importIdentifier": "x"}})
    json_view(page).press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    expect(page.get_by_text('Line 1: Unknown key "mine".')).to_be_visible()
    expect(page.get_by_text("1 problem keeps it from being saved")).to_be_visible()
    go(page, "Fields")
    expect(field_list(page)).to_have_count(1)
    assert '"mine": 1' in page.evaluate("sessionStorage.getItem(Object.keys(sessionStorage)[0])").replace("\\", "")


def test_fields_are_moved_copied_and_deleted_by_keyboard_and_mouse_and_brought_back(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "moving")
    open_schema(page, studio, schema)
    field_list(page).nth(0).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(field_list(page).nth(1)).to_contain_text("Name")
    expect(field_list(page).nth(1)).to_be_focused()
    field_list(page).nth(2).drag_to(field_list(page).nth(0), target_position={"x": 20, "y": 2})
    expect(field_list(page).nth(0)).to_contain_text("Seats")
    field_list(page).nth(0).click()
    page.get_by_role("button", name="Duplicate").click()
    expect(page.get_by_label("Key in the results")).to_have_value("seats_2")
    field_list(page).filter(has_text="Name").press("Delete")
    expect(field_list(page)).to_have_count(3)
    page.get_by_role("button", name="Bring it back").click()
    expect(field_list(page)).to_have_count(4)
    page.keyboard.press("ControlOrMeta+s")
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    assert labels(client, schema) == ["Seats", "Seats", "E-mail", "Name"]


def test_options_and_rules_come_from_the_service_and_problems_stand_at_their_place(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "options")
    open_schema(page, studio, schema)
    field_list(page).filter(has_text="Seats").click()
    page.get_by_label("Greatest value").fill("3")
    page.get_by_label("Least value").fill("5")
    expect(page.get_by_text("1 problem keeps it from being saved")).to_be_visible()
    page.get_by_label("Least value").fill("1")
    expect(page.get_by_text("1 problem keeps it from being saved")).to_be_hidden()
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_role("menuitem", name="Regex match").click()
    page.get_by_role("textbox", name="Regex").fill("[")
    expect(page.get_by_text("Not a JavaScript regular expression").last).to_be_visible()
    page.get_by_role("textbox", name="Regex").fill("^1")
    expect(page.get_by_text("Not a JavaScript regular expression")).to_have_count(0)
    assert violations_in_both_themes(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    seats = saved(client, schema)["fields"][2]  # type: ignore[index]  # JSON
    assert seats["type"] == ["number", {"preset": "integer", "max": 3, "min": 1}]
    assert seats["validators"] == [{"validate": "regex_match", "regex": "^1"}]


def test_values_of_other_fields_and_styles_are_set_by_form_as_the_result_writes_them(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    member = {"label": "Member", "key": "member", "type": "checkbox"}
    rule = {"validate": "require_with_values", "fieldValues": {"seats": 5}}
    fields = [*FIELDS[1:], member, FIELDS[0] | {"validators": [rule]}]
    schema = save(client, "values", fields=fields)
    open_schema(page, studio, schema)
    field_list(page).filter(has_text="Name").click()
    page.get_by_label("Value of Seats").fill("12")
    page.get_by_role("combobox", name="Add a field").select_option(label="Member")
    page.get_by_label("Value of Member").select_option("false")
    page.get_by_role("combobox", name="Add a field").select_option(label="E-mail")
    page.get_by_label("Value of E-mail").fill("ada@example.com")
    page.get_by_role("button", name="Remove E-mail").click()
    assert troubles_everywhere(page) == []
    go(page, "Settings")
    page.get_by_text("Colours, corners and fonts").click()
    colour = page.get_by_label("Global: primary color", exact=True)
    colour.fill("no colour")
    expect(page.get_by_text("Browsers do not understand this value.")).to_be_visible()
    colour.fill("rebeccapurple")
    page.get_by_text("How the file is read.").click()
    page.get_by_label("Sheet override: by name or by position").select_option("position")
    page.get_by_label("Sheet override", exact=True).fill("2")
    assert troubles_everywhere(page) == []
    save_it(page)
    kept: Any = saved(client, schema)
    assert kept["fields"][3]["validators"][0]["fieldValues"] == {"seats": 12, "member": False}
    assert kept["settings"]["styleOverrides"] == {"global": {"primaryColor": "rebeccapurple"}}
    assert kept["settings"]["uploadStep"] == {"sheetOverride": 2}


def test_a_hook_runs_on_sample_rows_and_its_error_is_shown_at_its_line(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    hook = "(record) => {\n  console.log('looked');\n  record.row.name.value = record.row.name.value.toUpperCase();\n"
    schema = save(client, "hooks", hooks={"rowHooks": [hook + "  return record;\n}"]})
    open_schema(page, studio, schema, "hooks")
    page.get_by_role("button", name="Type some rows instead").click()
    page.get_by_label("Name, row 1").fill("Ada")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("ADA", exact=True)).to_be_visible(timeout=WORK)
    expect(page.get_by_text("looked", exact=True)).to_be_visible()
    assert violations(page) == []
    source = page.get_by_role("textbox", name="Source of the hook")
    source.press("ControlOrMeta+a")
    page.keyboard.insert_text("(record) => {\n  return record.row.nothing.value;\n}")
    expect(page.get_by_text("The hook was changed since it ran.")).to_be_visible()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Line 2, column")).to_be_visible(timeout=WORK)
    expect(page.locator(".cm-lintRange-error")).to_be_visible()


def test_a_back_test_shows_which_import_would_come_out_differently_and_why(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "tested")
    created = client.post("/headless/imports/", json={"schema_id": schema, "original_filename": "people.csv"}).json()
    upload(created, FILE)
    assert wait(client, created["id"])["status"] == "SUCCESSFUL"
    open_schema(page, studio, schema)
    field_list(page).filter(has_text="Seats").click()
    page.get_by_label("Greatest value").fill("10")
    go(page, "Back-test")
    page.get_by_role("button", name="Start the back-test").click()
    expect(page.get_by_text("1 import would come out differently")).to_be_visible(timeout=WORK)
    page.get_by_role("button", name="Show what differs").click()
    expect(page.get_by_role("region", name="Rows that differ").get_by_text("left out now")).to_be_visible()
    assert violations(page) == []
    assert saved(client, schema)["fields"] == FIELDS


def test_unsaved_changes_survive_leaving_and_loading_the_page_again(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "unsaved")
    open_schema(page, studio, schema, "settings")
    page.get_by_label("Title").fill("Bring your people")
    page.get_by_role("link", name="Schemas").first.click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay here").click()
    page.get_by_role("link", name="Schemas").first.click()
    dialog.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="Schemas")).to_be_visible()
    page.get_by_role("link", name="unsaved", exact=True).click()
    expect(page.get_by_text("Your unsaved changes from before are here again.")).to_be_visible()
    go(page, "Settings")
    expect(page.get_by_label("Title")).to_have_value("Bring your people")
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_label("Title")).to_have_value("")


@pytest.fixture
def colleague(browser: Browser, context: BrowserContext, studio: Service) -> Iterator[Page]:
    """The page of somebody else who is signed in in a browser of their own."""
    if not context.request.get(f"{studio.address}/api/v1/account/members/").text().count(COLLEAGUE["email"]):
        join(context, studio, COLLEAGUE)
    theirs = browser.new_context(viewport=DESKTOP, locale="en-US", reduced_motion="reduce")
    theirs.set_default_timeout(PATIENCE)
    sign_in(theirs, studio, COLLEAGUE)
    yield theirs.new_page()
    theirs.close()


def relabel(page: Page, studio: Service, schema: str, before: str, after: str) -> None:
    """Open the schema and give one of its fields another label, without saving it."""
    open_schema(page, studio, schema)
    field_list(page).filter(has_text=before).click()
    page.get_by_label("Label").fill(after)


def save_it(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()


def test_who_saves_what_somebody_else_saved_meanwhile_is_shown_it_and_chooses(
    page: Page, colleague: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "shared")
    relabel(page, studio, schema, "Name", "Full name")
    relabel(colleague, studio, schema, "Seats", "Places")
    save_it(colleague)
    page.keyboard.press("ControlOrMeta+s")
    dialog = page.get_by_role("dialog", name="Somebody else saved this schema meanwhile")
    expect(dialog.get_by_text("Version 2")).to_be_visible()
    expect(dialog.get_by_text("Grace")).to_be_visible()
    expect(dialog.get_by_text("Places").first).to_be_visible()
    assert troubles_everywhere(page) == []
    assert labels(client, schema) == ["Name", "E-mail", "Places"]

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Label")).to_have_value("Full name")
    page.keyboard.press("ControlOrMeta+s")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    expect(field_list(page).filter(has_text="Places")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Label")).to_have_value("Full name")

    relabel(colleague, studio, schema, "Name", "Nickname")
    save_it(colleague)
    page.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_text("What saving yours over it would change").click()
    expect(dialog.get_by_text("Nickname").nth(1)).to_be_visible()
    dialog.get_by_role("button", name="Save mine over theirs").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Saved"))).to_be_visible()
    assert labels(client, schema) == ["Full name", "E-mail", "Seats"]
    before = client.get(f"/schemas/{schema}/versions/3/").json()["fields"]
    assert [field["label"] for field in before] == ["Nickname", "E-mail", "Places"]


def test_changes_that_wait_in_a_tab_do_not_replace_a_later_save_and_can_become_a_copy(
    page: Page, colleague: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "waiting")
    relabel(page, studio, schema, "Name", "Mine")
    relabel(colleague, studio, schema, "Name", "Theirs")
    save_it(colleague)
    page.reload()
    expect(page.get_by_text("Somebody else saved the schema meanwhile")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save mine as a copy").click()
    expect(page.get_by_role("heading", name="waiting 2")).to_be_visible()
    copy = page.url.partition("/schemas/")[2].partition("?")[0]
    assert labels(client, schema) == ["Theirs", "E-mail", "Seats"]
    assert labels(client, copy) == ["Mine", "E-mail", "Seats"]


def test_schemas_are_found_copied_and_deleted_in_the_list(page: Page, studio: Service, client: httpx.Client) -> None:
    schema = save(client, "needle <b>&amp;")
    page.goto(f"{studio.address}/schemas")
    page.get_by_label("Search the schemas").fill("needle")
    more = page.get_by_role("button", name="What to do with needle <b>&amp;", exact=True)
    more.click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(page.get_by_role("heading", name="needle <b>&amp; 2")).to_be_visible()
    page.goto(f"{studio.address}/schemas")
    expect(more).to_be_visible()
    assert violations(page) == []
    more.click()
    page.get_by_role("menuitem", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(more).to_be_hidden()
    assert client.get(f"/schemas/{schema}/").status_code == 404


def test_every_part_of_the_editor_fits_a_phone_and_is_accessible(
    page: Page, studio: Service, client: httpx.Client
) -> None:
    schema = save(client, "phone", hooks={"rowHooks": ["(record) => record"]})
    page.set_viewport_size({"width": 360, "height": 740})
    open_schema(page, studio, schema)
    field_list(page).first.click()
    expect(page.get_by_label("Key in the results")).to_be_visible()
    for tab, seen in PARTS.items():
        go(page, tab)
        expect(page.get_by_text(seen).first).to_be_visible()
        page.wait_for_function(FITS)  # an editor of code wraps its lines a moment after it is there
        assert violations(page) == [], tab


def test_a_german_person_reads_the_forms_in_german(page: Page, studio: Service, client: httpx.Client) -> None:
    schema = save(client, "german")
    page.goto(f"{studio.address}/schemas/{schema}?lang=de")
    page.get_by_role("list", name="Felder").get_by_role("button").first.click()
    read_only = page.get_by_role("checkbox", name="Schreibgeschützt").or_(
        page.get_by_role("switch", name="Schreibgeschützt")
    )
    expect(read_only).to_have_count(1)

"""The last step of a review: what is wrong, mending it, finishing. Against made-up answers, and against a real import."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from headgate.reviews import api_models as api
from tests.browser.axe import violations_in_both_themes
from tests.browser.conftest import ROOT
from tests.browser.double import TOKEN
from tests.browser.review_step_double import ReviewStepDouble
from tests.contract.harness import Service, rows, run

PHONE = {"width": 360, "height": 740}
PREVIEW = api.Preview(
    cells=31, rows=30, skipped=2, errors_before=5, errors_after=1,
    samples=[api.Sample(row=1, column="name", before="Ada", after="ADA")],
)  # fmt: skip


def open_review(page: Page, service: Service, double: ReviewStepDouble, query: str = "") -> None:
    double.serve(page.context)
    page.goto(f"{service.address}/review{query}#{TOKEN}")
    expect(page.get_by_role("button", name="Finish…")).to_be_visible()


def cause(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=False).filter(has=page.get_by_role("heading", level=3))


def test_errors_and_the_selected_cell_can_be_used_with_assistive_technology_in_both_themes(
    page: Page, service: Service
) -> None:
    open_review(page, service, ReviewStepDouble(highlight_auto_fixes=True))
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("button", name="Change to “2024-04-03”")).to_be_visible()
    cause(page, "Plan").get_by_role("button", name="Choose…").click()
    page.keyboard.press("Escape")
    assert violations_in_both_themes(page) == []


@pytest.mark.parametrize("tool", ["Find and replace", "Transform", "Excel", "History"])
def test_every_tool_can_be_used_with_assistive_technology_and_gives_the_focus_back(
    page: Page, service: Service, tool: str
) -> None:
    double = ReviewStepDouble(transformations_in_words=True, transform_prompts=["Names in capitals"])
    double.preview = PREVIEW
    open_review(page, service, double)
    opener = page.get_by_role("button", name=tool, exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=tool)).to_be_visible()
    expect(page.get_by_text("Loading…")).to_have_count(0)
    assert violations_in_both_themes(page) == []
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_on_a_small_phone_the_causes_are_a_sheet_and_nothing_breaks(
    page: Page, service: Service, direction: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # the parameter is a TypedDict
    open_review(page, service, ReviewStepDouble(), f"?dir={direction}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Causes (4)").click()
    expect(cause(page, "Customer since")).to_be_visible()
    expect(page.get_by_role("button", name="Read 182 dates day first")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_one_key_mends_a_cause_says_so_and_keeps_the_focus_in_the_panel(page: Page, service: Service) -> None:
    double = ReviewStepDouble()
    double.settle()
    open_review(page, service, double)
    fix = page.get_by_role("button", name="Read 182 dates day first")
    fix.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("182 cells were changed. 49 cells still need a look.").first).to_be_visible()
    expect(fix).to_have_count(0)
    expect(page.get_by_role("heading", name="Grouped by cause")).to_be_focused()
    assert [body["change"]["fix"] for body in double.sent("POST", "/changes")] == ["day_month"]


def test_what_finishing_does_is_said_before_it_is_done_and_shown_when_it_is(page: Page, service: Service) -> None:
    double = ReviewStepDouble()
    double.confirmation_message = "<p>The sales team is told <b>at once</b>.</p>"
    open_review(page, service, double)
    expect(page.locator("main footer")).to_contain_text("12,266 rows will be sent, 214 left out")
    page.get_by_role("button", name="Finish…").click()
    dialog = page.get_by_role("dialog", name="Finish the import?")
    expect(dialog.get_by_role("listitem")).to_have_text(
        ["12,266 rows go out", "214 rows are left out because they still have errors"]
    )
    expect(dialog.get_by_text("at once")).to_be_visible()
    assert violations_in_both_themes(page) == []
    dialog.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("The import is being processed.")).to_be_visible()
    assert double.sent("POST", "/submit") == [{"version": 0}]


def test_a_file_with_everything_wrong_at_once_is_finished_without_help(page: Page, service: Service) -> None:
    """Preamble, uncertain columns, unknown plans, mixed dates, bad cells and duplicates: examples/customers.csv."""
    schema: dict[str, Any] = json.loads((ROOT / "examples" / "customers.schema.json").read_text(encoding="utf-8"))
    content = (ROOT / "examples" / "customers.csv").read_bytes()
    with service.client(service.key()) as client:
        waiting = run(
            client, content, fields=schema["fields"], settings=schema["settings"], original_filename="customers.csv"
        )
        assert waiting["status"] == "NEEDS_REVIEW"
        page.goto(waiting["review_url"])
        decide_the_first_steps(page)
        expect(page.get_by_text("need a look. Everything else is ready.")).to_be_visible()
        assert violations_in_both_themes(page) == []
        mend_all(page)
        page.get_by_role("button", name="Finish…").press("Enter")
        page.get_by_role("button", name="Finish and send").press("Enter")
        expect(page.get_by_role("heading", name="Done: the data has been sent")).to_be_visible(timeout=30_000)
        sent = rows(client, waiting["id"])
    plans = {row["plan"] for row in sent}
    assert plans <= {"starter", "team", "business", "enterprise"}
    assert len({row["customerId"] for row in sent}) == len(sent) > 150


def decide_the_first_steps(page: Page) -> None:
    """Take what is suggested, and choose what has no suggestion."""
    page.get_by_role("button", name="Use this and go on").press("Enter")
    for field, column in {"Name": "Contact", "Plan": "Package"}.items():
        page.get_by_role("combobox", name=f"Column for the field {field}").click()
        page.get_by_role("option", name=column).click()
        expect(page.get_by_role("combobox", name=f"Column for the field {field}")).to_have_count(0)
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_role("button", name="Values")).to_have_attribute("aria-current", "step")
    page.locator("main footer button").last.press("Enter")


def mend_all(page: Page) -> None:
    """Map the plans, take each fix that is recommended, and delete the rows that nothing can mend."""
    cards = page.get_by_role("main").locator("section[data-level=error]")
    plan = cards.filter(has_text="is not one of the options")
    plan.get_by_role("button", name="Choose…").press("Enter")
    for text in ("Pro", "Biz plan", "Free trial"):
        page.get_by_role("combobox", name=f"“{text}” becomes").fill("Business")
        page.get_by_role("option", name="Business").click()
    plan.get_by_role("button", name=re.compile(r"^Change \d+ cells$")).press("Enter")
    expect(plan).to_have_count(0)
    expect(page.get_by_text(re.compile(r"^\d+ cells were changed")).first).to_be_visible()
    while (left := cards.count()) > 0:
        cards.first.get_by_role("button", name="More ways to mend").press("Enter")
        page.get_by_role("menuitem", name="Delete").last.click()
        expect(cards).not_to_have_count(left)
    expect(page.get_by_role("heading", name="All clear")).to_be_visible()

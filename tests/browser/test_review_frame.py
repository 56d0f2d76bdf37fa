"""What is round the steps of the review page: the link, the theme, the language, and a network that fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from headgate.reviews import api_models as api
from tests.browser.axe import violations_in_both_themes
from tests.browser.double import FIELDS, STEPS, TOKEN, ReviewDouble
from tests.contract.harness import Service

PHONE = {"width": 360, "height": 740}


def open_review(page: Page, service: Service, double: ReviewDouble, query: str = "") -> None:
    double.serve(page.context)
    page.goto(f"{service.address}/review{query}#{TOKEN}")
    expect(page.get_by_role("navigation", name="Steps")).to_be_visible()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_used_with_assistive_technology_in_both_themes(
    page: Page, service: Service, step: api.Step
) -> None:
    open_review(page, service, ReviewDouble(step))
    expect(page.locator("main footer")).to_be_visible()
    assert violations_in_both_themes(page) == []


@pytest.mark.parametrize("step", STEPS[:3])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_first_steps_fit_a_small_phone_in_both_directions(
    page: Page, service: Service, step: api.Step, direction: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # the parameter is a TypedDict
    open_review(page, service, ReviewDouble(step), f"?dir={direction}")
    expect(page.locator("main footer button").last).to_be_in_viewport(ratio=1)
    assert page.locator("html").get_attribute("dir") == direction
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_page_begins_at_the_step_that_needs_the_person_and_says_why(page: Page, service: Service) -> None:
    open_review(page, service, ReviewDouble("values"))
    expect(page.get_by_role("button", name="Values")).to_have_attribute("aria-current", "step")
    expect(page.get_by_role("heading", name="Add Contacts")).to_be_visible()
    expect(page.get_by_text("customers-march.xlsx")).to_be_visible()
    expect(page.get_by_text("12,480 rows")).to_be_visible()
    expect(page.get_by_text("One column is not clear enough to decide.")).to_be_visible()
    assert page.title() == "Add Contacts"


def test_earlier_steps_can_be_entered_again_and_the_focus_goes_with_the_person(page: Page, service: Service) -> None:
    open_review(page, service, ReviewDouble("values"))
    page.get_by_role("button", name="Columns").click()
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    expect(page.locator("main")).to_be_focused()
    expect(page.get_by_role("button", name="Review")).to_be_disabled()


def test_the_token_never_leaves_the_page_but_in_the_authorization_header(page: Page, service: Service) -> None:
    seen: list[tuple[str, dict[str, str]]] = []
    page.on("request", lambda request: seen.append((request.url, request.all_headers())))
    open_review(page, service, ReviewDouble())
    addresses = [url.split("#")[0] for url, _ in seen]
    assert any("/api/v1/reviews/" in url for url in addresses)
    assert not [url for url in addresses if TOKEN in url]
    assert not [headers for _, headers in seen if TOKEN in headers.get("referer", "")]


def test_nothing_is_asked_of_another_host(page: Page, service: Service) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    open_review(
        page, service, ReviewDouble("columns", style_overrides={"global": {"customFontURL": "https://x.example"}})
    )
    assert hosts == {service.address.split("/")[2]}


@pytest.mark.parametrize("link", ["", "#", "#abc", f"#{TOKEN[:-9]}", "#%3Cscript%3E"])
def test_a_link_that_opens_nothing_says_what_to_do(page: Page, service: Service, link: str) -> None:
    ReviewDouble().serve(page.context)
    page.goto(f"{service.address}/review{link}")
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    expect(page.get_by_text("Ask the person who sent it")).to_be_visible()
    assert violations_in_both_themes(page) == []


@pytest.mark.parametrize(
    ("status", "says"), [("SUCCESSFUL", "Done: the data has been sent"), ("FAILED", "This import has failed")]
)
def test_an_import_at_its_end_says_how_it_ended(page: Page, service: Service, status: str, says: str) -> None:
    double = ReviewDouble()
    double.state.status = status  # type: ignore[assignment]  # a Literal
    double.serve(page.context)
    page.goto(f"{service.address}/review#{TOKEN}")
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    assert violations_in_both_themes(page) == []


def test_a_step_that_is_being_prepared_shows_how_far_it_is(page: Page, service: Service) -> None:
    double = ReviewDouble("review")
    double.state.preparing = api.Preparing(step="review", fraction=0.4)
    open_review(page, service, double)
    expect(page.get_by_role("progressbar", name="Progress")).to_have_attribute("aria-valuenow", "40")
    assert violations_in_both_themes(page) == []


def test_a_change_that_the_network_prevents_is_kept_said_and_sent_when_it_is_back(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    button = page.get_by_role("button", name="E-mail 72%")
    expect(button).to_be_visible()
    double.failing = 1_000
    button.click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("The service cannot be reached")
    expect(banner).to_contain_text("1 change is kept on this page")
    assert double.sent("PUT", "/columns") == []
    double.failing = 0
    page.get_by_role("button", name="Try again now").click()
    expect(banner).to_be_hidden()
    expect(page.get_by_text("your choice")).to_be_visible()
    assert [body["columns"] for body in double.sent("PUT", "/columns")] == [{"1": {"field": "email"}}]


def test_what_the_server_refuses_is_said_in_its_own_words(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    double.refusals["/advance"] = (409, {"detail": "Somebody has just changed this.", "code": "version_changed"})
    page.get_by_role("button", name="Accept the suggestion and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody has just changed this.")


def test_the_theme_follows_the_system_until_the_person_chooses_and_the_choice_stays(
    page: Page, service: Service
) -> None:
    page.emulate_media(color_scheme="dark")
    open_review(page, service, ReviewDouble())
    html = page.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_role("button", name="Use light colours").click()
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")
    page.reload()
    expect(page.get_by_role("button", name="Use dark colours")).to_be_visible()


def test_a_schema_can_change_texts_and_colours(page: Page, service: Service) -> None:
    double = ReviewDouble(
        "header",
        text_overrides={"Use this and go on": "Weiter geht’s"},
        style_overrides={"primaryButton": {"backgroundColor": "rgb(90, 20, 120)"}},
    )
    open_review(page, service, double)
    button = page.get_by_role("button", name="Weiter geht’s")
    expect(button).to_have_css("background-color", "rgb(90, 20, 120)")


def test_a_help_text_is_shown_and_can_do_nothing(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    double.state.steps[0].help = (
        '<p>See <a href="https://example.com">the manual</a></p><script>document.title=1</script>'
        '<img src="https://example.com/x.png"><form action="https://example.com"><button>Send</button></form>'
    )
    open_review(page, service, double)
    expect(page.get_by_role("link", name="the manual")).to_be_visible()
    assert page.locator("main img, main script, main form").count() == 0
    assert page.title() == "Add Contacts"


def test_the_double_knows_every_field_that_it_answers_with() -> None:
    columns = ReviewDouble().columns.columns
    assert {column.field for column in columns} - {None} <= {field.key for field in FIELDS}

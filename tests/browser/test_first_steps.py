"""Header, columns and values, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from headgate.reviews import api_models as api
from tests.browser.axe import violations, violations_in_both_themes
from tests.browser.double import ReviewDouble
from tests.browser.test_review_frame import open_review
from tests.contract.harness import Service


def test_the_header_row_is_chosen_by_mouse_and_saved_with_going_on(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    open_review(page, service, double)
    expect(page.get_by_text("Row 3 holds the names. 2 rows above are left out.")).to_be_visible()
    page.get_by_role("row", name="Report of March").click()
    expect(page.get_by_text("Row 1 holds the names.")).to_be_visible()
    page.get_by_role("button", name="Use this and go on").click()
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    assert double.sent("PUT", "/header") == [{"rows": [0]}]
    assert double.sent("POST", "/advance") == [{"to": "columns"}]


def test_the_header_row_is_chosen_by_keyboard_alone_over_several_rows(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    open_review(page, service, double)
    row = page.get_by_role("row", name="Customer since")
    row.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_text("Rows 3 to 4 hold the names.")).to_be_visible()
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_text("Rows 2 to 4 hold the names.")).to_be_visible()
    page.get_by_role("button", name="Use this and go on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    assert double.sent("PUT", "/header") == [{"rows": [1, 2, 3]}]


def test_a_suggested_header_is_decided_by_going_on_with_it(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    open_review(page, service, double)
    page.get_by_role("button", name="Use this and go on").click()
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    assert double.sent("PUT", "/header") == [{"rows": [2]}]


def test_a_file_without_names_is_said_with_one_click(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    open_review(page, service, double)
    page.get_by_label("The file has no column names").check()
    page.get_by_role("button", name="Use this and go on").click()
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    assert double.sent("PUT", "/header") == [{"rows": []}]


def test_another_sheet_is_previewed_before_it_is_taken(page: Page, service: Service) -> None:
    double = ReviewDouble("header")
    open_review(page, service, double)
    with page.expect_request(lambda request: "sheet=Old" in request.url):
        page.get_by_label("Sheet").select_option("Old")
    expect(page.get_by_text("Preview: this is how the file would be read.")).to_be_visible()
    assert double.sent("PUT", "/header") == []
    page.get_by_role("button", name="Back to how it was").click()
    expect(page.get_by_text("Preview:")).to_be_hidden()
    page.get_by_label("Sheet").select_option("Old")
    page.get_by_role("button", name="Use this and go on").click()
    expect(page.get_by_role("heading", name="Which column is which field?")).to_be_visible()
    assert double.sent("PUT", "/header") == [{"rows": None, "reading": {"sheet": "Old"}}]


def test_an_unsure_column_is_answered_with_one_click_and_stays_where_it_is(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    expect(page.get_by_role("heading", name="1 column to check")).to_be_visible()
    page.get_by_role("button", name="E-mail 72%").click()
    expect(page.get_by_text("your choice")).to_be_visible()
    expect(page.get_by_role("heading", name="1 column to check")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_what_a_model_suggests_is_said_to_be_from_one_and_taken_by_a_click(page: Page, service: Service) -> None:
    double = ReviewDouble("columns", column_suggestions=True)
    by_model = [api.ColumnSuggestion(field="phone", source="model")]
    double.suggested = api.ColumnSuggestions(columns={4: by_model}, problem=None)
    open_review(page, service, double)
    row = page.get_by_role("listitem").filter(has_text="Suggested by a model:")
    expect(row.get_by_role("heading", name="Telefon")).to_be_visible()
    assert violations_in_both_themes(page) == []
    row.get_by_role("button", name="Phone").click()
    expect(page.get_by_role("combobox", name="Field for the column Telefon")).to_have_value("Phone")
    expect(page.get_by_text("Suggested by a model:")).to_be_hidden()
    assert double.sent("PUT", "/columns")[0]["columns"] == {"4": {"field": "phone"}}
    assert len(double.sent("POST", "/columns/suggest")) == 1


def test_no_model_is_asked_where_none_is_set_up(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    page.get_by_role("button", name="E-mail 72%").click()
    expect(page.get_by_text("your choice")).to_be_visible()
    assert double.sent("POST", "/columns/suggest") == []


def test_one_button_accepts_what_is_suggested_and_goes_on(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    page.get_by_role("button", name="Accept the suggestion and go on").click()
    expect(page.get_by_role("heading", name="What do these values mean?")).to_be_visible()
    assert double.sent("PUT", "/columns") == [{"columns": {}, "accept_suggested": True}]


def test_a_field_is_found_by_typing_and_chosen_by_keyboard(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    picker = page.get_by_role("combobox", name="Field for the column Mail")
    picker.click()
    page.keyboard.type("write to")
    expect(page.get_by_role("option", name="E-mail")).to_be_visible()
    expect(page.get_by_role("option", name="Name")).to_be_hidden()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(picker).to_have_value("E-mail")
    assert double.sent("PUT", "/columns")[0]["columns"] == {"1": {"field": "email"}}


def test_a_field_that_has_a_column_gives_it_back_when_another_takes_it(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    page.get_by_role("combobox", name="Field for the column Mail").click()
    page.get_by_role("option", name="Plan now: Paket").click()
    expect(page.get_by_text("3 columns are used, 2 are not")).to_be_visible()
    assert double.sent("PUT", "/columns")[0]["columns"] == {"1": {"field": "plan"}, "3": {}}


def test_a_column_can_be_ignored_or_become_a_field_of_its_own(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    page.get_by_role("combobox", name="Field for the column Telefon").click()
    page.get_by_role("option", name="This column is not needed").click()
    expect(page.get_by_role("combobox", name="Field for the column Telefon")).to_have_value("Not needed")
    page.get_by_role("combobox", name="Field for the column Paket").click()
    page.get_by_role("option", name="Add a new field…").click()
    page.get_by_label("Name of the new field").fill("Packet")
    page.get_by_role("button", name="Add the field").click()
    expect(page.get_by_label("Name of the new field")).to_be_hidden()
    assert [body["columns"] for body in double.sent("PUT", "/columns")] == [
        {"4": {"ignore": True}},
        {"3": {"custom": {"label": "Packet", "type": "string"}}},
    ]


def test_a_required_field_without_a_column_stands_out_and_is_answered_there(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    open_review(page, service, double)
    missing = page.get_by_role("region", name="1 required field has no column yet")
    missing.get_by_role("combobox", name="Column for the field Phone").click()
    page.get_by_role("option", name="Telefon").click()
    expect(missing).to_be_hidden()
    assert double.sent("PUT", "/columns")[0]["columns"] == {"4": {"field": "phone"}}


def test_the_table_can_be_turned_round_to_a_row_per_field(page: Page, service: Service) -> None:
    double = ReviewDouble("columns", match_to_schema=True)
    open_review(page, service, double)
    tags = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Tags"))
    tags.get_by_role("combobox", name="Column for the field Tags").click()
    page.get_by_role("option", name="Telefon").click()
    expect(tags.get_by_text("Telefon 0", exact=True)).to_be_visible()
    assert violations(page) == []
    assert double.sent("PUT", "/columns")[0]["columns"] == {"4": {"field": "tags"}}


def test_values_are_mapped_one_by_one_or_all_at_once(page: Page, service: Service) -> None:
    double = ReviewDouble("values")
    open_review(page, service, double)
    expect(page.get_by_text("<b>?</b>")).to_be_visible()
    expect(page.get_by_text("117 more texts are rarer than these.")).to_be_visible()
    page.get_by_role("button", name="Accept all 2 suggestions").click()
    expect(page.get_by_role("combobox", name="Option for “Premium Plus”")).to_have_value("Premium")
    page.get_by_role("button", name="Leave as it is", exact=True).click()
    expect(page.get_by_text("1 question is open.")).to_be_visible()
    assert [body["values"] for body in double.sent("PUT", "/values")] == [
        {"plan": {"Premium Plus": "p", "basis": "b"}},
        {"plan": {"<b>?</b>": None}},
    ]


def test_an_unclear_order_of_dates_is_one_question_with_the_proof_for_each_reading(
    page: Page, service: Service
) -> None:
    double = ReviewDouble("values")
    open_review(page, service, double)
    question = page.get_by_role("radiogroup", name="Customer since")
    day_first = question.get_by_role("radio", name="The day comes first")
    expect(day_first).to_contain_text("12 other dates of this column can only be read so.")
    expect(day_first).to_contain_text("2024-04-03")
    expect(question.get_by_role("radio", name="The month comes first")).to_contain_text("No other date")
    day_first.click()
    expect(day_first).to_be_checked()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("231 cells in 214 rows")).to_be_visible()
    assert double.sent("PUT", "/values") == [{"orders": {"since": "day_month"}, "values": {}}]


def test_a_step_with_nothing_to_ask_is_passed_over(page: Page, service: Service) -> None:
    double = ReviewDouble("columns")
    double.state.steps[2] = api.StepInfo(name="values", status="skipped", needs_person=False)
    open_review(page, service, double)
    page.get_by_role("button", name="Accept the suggestion and go on").click()
    expect(page.get_by_text("231 cells in 214 rows")).to_be_visible()
    assert double.sent("POST", "/advance") == [{"to": "review"}]

"""The grid in a real browser, on a million generated rows that can be edited (`ui/bench`): keyboard, clipboard, marks, network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from benchmarks.ui.scroll import BUILD, served
from tests.browser.axe import violations, violations_in_both_themes
from tests.contract.review_page import until

LAST_ROW = 1_000_001
"""`aria-rowindex` of the last of a million rows; the header is the first."""


@pytest.fixture(scope="session")
def bench() -> Iterator[str]:
    assert (BUILD / "grid-bench.html").is_file(), "the grid's page is not built: run `make ui-check`"
    with served(BUILD) as address:
        yield address


@pytest.fixture
def grid(page: Page, context: BrowserContext, bench: str) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return opened(page, bench)


def opened(page: Page, bench: str, query: str = "") -> Page:
    page.goto(f"{bench}/grid-bench.html?latency=5&{query}")
    expect(cell(page, 2, 2)).to_contain_text("0")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LAST_ROW))
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    """By the numbers that a screen reader says: the header and the row numbers are the first."""
    return page.locator(f'[role=grid] [aria-rowindex="{row}"] [aria-colindex="{column}"]')


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def stored(page: Page, row: int, column: int) -> Any:
    """The text that the server has for a cell."""
    return page.evaluate("([row, column]) => bench.review.row(row - 2).cells[column - 2]", [row, column])


def eventually_stored(page: Page, row: int, column: int, text: str | None) -> None:
    page.wait_for_function(
        "([row, column, text]) => bench.review.row(row - 2).cells[column - 2] === text", arg=[row, column, text]
    )


def scroll_to(page: Page, top: int) -> None:
    page.evaluate("top => { document.querySelector('[role=grid] > div').scrollTop = top; }", top)


def test_the_grid_can_be_used_with_assistive_technology_in_both_themes(grid: Page) -> None:
    cell(grid, 2, 2).click()
    assert violations_in_both_themes(grid) == []


@pytest.mark.parametrize(("column", "keys"), [(2, ["F2"]), (5, ["F2"]), (6, ["F2"]), (3, ["Shift+F10"])])
def test_editors_and_menus_can_be_used_with_assistive_technology(grid: Page, column: int, keys: list[str]) -> None:
    cell(grid, 2, column).click()
    press(grid, *keys)
    expect(grid.locator("textarea:focus, input:focus, [role=menuitem]:focus")).to_have_count(1)
    if column == 5:
        expect(grid.get_by_role("button", name="Next month")).to_be_visible()
    assert violations(grid) == []


def test_every_row_of_a_million_is_reached_by_keyboard_and_has_the_focus(grid: Page) -> None:
    cell(grid, 2, 2).click()
    press(grid, "Control+End")
    expect(cell(grid, LAST_ROW, 21)).to_be_focused()
    expect(cell(grid, LAST_ROW, 21)).to_have_text("lois999999@example.com")
    press(grid, "PageUp", "Home")
    expect(grid.locator("[role=gridcell]:focus")).to_have_attribute("aria-colindex", "2")
    press(grid, "Control+Home")
    expect(cell(grid, 2, 2)).to_be_focused()
    press(grid, "ArrowUp")
    expect(cell(grid, 1, 2)).to_be_focused()
    assert cell(grid, 1, 2).get_attribute("role") == "columnheader"


def test_tab_goes_from_cell_to_cell_until_escape_lets_it_leave(grid: Page) -> None:
    cell(grid, 2, 2).click()
    press(grid, "End", "ArrowLeft", "Tab", "Tab")
    expect(cell(grid, 3, 2)).to_be_focused()
    press(grid, "Shift+Tab")
    expect(cell(grid, 2, 21)).to_be_focused()
    press(grid, "Escape", "Tab")
    expect(grid.locator("[role=gridcell]:focus")).to_have_count(0)


def test_what_is_typed_is_shown_at_once_stored_undone_and_done_again(grid: Page) -> None:
    cell(grid, 2, 2).click()
    grid.keyboard.type("héllo")
    press(grid, "Enter")
    expect(cell(grid, 3, 2)).to_be_focused()
    expect(cell(grid, 2, 2)).to_contain_text("héllo")
    eventually_stored(grid, 2, 2, "héllo")
    press(grid, "Control+z")
    eventually_stored(grid, 2, 2, "Walther 0")
    expect(cell(grid, 2, 2)).to_contain_text("Walther 0")
    press(grid, "Control+Shift+z")
    eventually_stored(grid, 2, 2, "héllo")
    expect(cell(grid, 2, 2)).to_contain_text("héllo")
    expect(cell(grid, 3, 2)).to_be_focused()


def test_escape_takes_back_what_was_typed_and_leaving_the_cell_keeps_it(grid: Page) -> None:
    cell(grid, 2, 2).click()
    grid.keyboard.type("not this")
    press(grid, "Escape")
    expect(cell(grid, 2, 2)).to_be_focused()
    press(grid, "F2")
    expect(grid.get_by_role("textbox", name="Edit string 0")).to_have_value("Walther 0")
    press(grid, "End", "Alt+Enter")
    grid.keyboard.type("second line")
    cell(grid, 9, 3).click()
    eventually_stored(grid, 2, 2, "Walther 0\nsecond line")


def test_a_column_that_is_read_only_is_never_edited(grid: Page) -> None:
    cell(grid, 2, 2).click()
    press(grid, "End", *["ArrowLeft"] * 10)
    expect(cell(grid, 2, 11)).to_be_focused()
    press(grid, "F2")
    grid.keyboard.type("x")
    expect(grid.locator("textarea")).to_have_count(0)
    expect(cell(grid, 2, 11)).to_have_attribute("aria-readonly", "true")


def test_a_block_goes_to_a_spreadsheet_and_comes_back_with_quotes_and_line_ends(grid: Page) -> None:
    cell(grid, 2, 2).click()
    press(grid, "Shift+ArrowDown", "Shift+ArrowRight")
    expect(grid.locator("[aria-selected=true]")).to_have_count(4)
    press(grid, "Control+c")
    grid.wait_for_function(
        "async () => await navigator.clipboard.readText() === 'Walther 0\\tford0@example.com\\nGaby 1\\tlois1@example.com'"
    )
    block = 'a\t"b\nb"\r\n"say ""hi"""\t00123\r\n'
    grid.evaluate("block => navigator.clipboard.writeText(block)", block)
    press(grid, "Control+End", "Control+Home", "ArrowDown", "ArrowDown", "ArrowDown", "Control+v")
    eventually_stored(grid, 6, 3, "00123")
    assert [stored(grid, 5, 2), stored(grid, 5, 3), stored(grid, 6, 2)] == ["a", "b\nb", 'say "hi"']
    press(grid, "Control+z")
    eventually_stored(grid, 5, 2, "Idaline 3")


def test_rows_that_were_never_shown_are_copied_too(grid: Page) -> None:
    cell(grid, 2, 2).click()
    scroll_to(grid, 60_000)
    expect(cell(grid, 2, 3)).to_have_count(1)
    grid.evaluate("() => navigator.clipboard.writeText('before')")
    cell(grid, 1770, 2).click(modifiers=["Shift"])
    press(grid, "Control+c")
    grid.wait_for_function("async () => (await navigator.clipboard.readText()).split('\\n').length === 1769")


def test_the_next_error_is_found_wherever_it_is_and_says_what_is_wrong(grid: Page) -> None:
    cell(grid, 2, 2).click()
    press(grid, "Alt+ArrowDown")
    first = grid.locator("[role=gridcell]:focus")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_accessible_description("Error: This is not what is expected.")
    expect(grid.locator("body > [aria-hidden=true]", has_text="This is not what is expected.")).to_be_visible()
    place = "cell => cell.closest('[aria-rowindex]').ariaRowIndex + ' ' + cell.ariaColIndex"
    where = first.evaluate(place)
    # A step that begins while another is under way is left out.
    press(grid, "Alt+ArrowDown")
    until(lambda: first.evaluate(place) != where, 10)
    press(grid, "Alt+ArrowUp")
    until(lambda: first.evaluate(place) == where, 10)
    expect(first).to_have_attribute("aria-invalid", "true")


def test_the_focus_survives_scrolling_new_rows_and_changes_of_others(grid: Page) -> None:
    cell(grid, 4, 3).click()
    scroll_to(grid, 4_000_000)
    expect(cell(grid, 4, 3)).to_be_focused()
    grid.evaluate("bench.other({ kind: 'set_cells', cells: [{ row: 2, column: 'column1', text: 'by others' }] })")
    press(grid, "ArrowLeft", "ArrowRight")
    expect(cell(grid, 4, 3)).to_be_focused()
    expect(cell(grid, 4, 3)).to_contain_text("by others")
    expect(cell(grid, 4, 3)).to_be_in_viewport()


def test_an_edit_that_the_network_prevents_is_kept_and_stored_later(grid: Page) -> None:
    grid.evaluate("document.documentElement.dataset.fail = 'network'")
    cell(grid, 2, 2).click()
    grid.keyboard.type("kept")
    press(grid, "Enter")
    expect(cell(grid, 2, 2)).to_contain_text("kept")
    assert grid.evaluate("bench.session.queue.state.get().pending") == 1
    grid.evaluate("delete document.documentElement.dataset.fail")
    eventually_stored(grid, 2, 2, "kept")


def test_an_edit_that_the_server_refuses_stays_in_sight_until_the_person_has_decided(grid: Page) -> None:
    grid.evaluate("document.documentElement.dataset.fail = 'The service says no.'")
    cell(grid, 2, 2).click()
    grid.keyboard.type("mine")
    press(grid, "Enter")
    notice = grid.get_by_role("region", name="Messages about the rows")
    expect(notice).to_contain_text("This change is not saved. The service says no.")
    expect(cell(grid, 2, 2)).to_contain_text("mine")
    grid.evaluate("delete document.documentElement.dataset.fail")
    notice.get_by_role("button", name="Try again").click()
    eventually_stored(grid, 2, 2, "mine")


def test_sorting_and_filtering_by_a_column_keep_the_focus_in_the_grid(grid: Page) -> None:
    cell(grid, 1, 2).click()
    expect(cell(grid, 1, 2)).to_have_attribute("aria-sort", "ascending")
    press(grid, "Enter")
    expect(cell(grid, 2, 2)).to_contain_text("Rob 999999")
    expect(cell(grid, 1, 2)).to_be_focused()
    press(grid, "Shift+F10")
    dialog = grid.get_by_role("dialog", name="Column string 0")
    expect(dialog.get_by_role("textbox", name="Has the text")).to_be_focused()
    grid.keyboard.type("Rob 9999")
    press(grid, "Enter")
    expect(grid.get_by_role("grid")).not_to_have_attribute("aria-rowcount", str(LAST_ROW))
    expect(cell(grid, 1, 2)).to_be_focused()
    assert grid.evaluate("bench.view.view.get().filters") == [{"contains": "Rob 9999", "column": "column0"}]


def test_a_list_without_rows_says_why_and_how_to_have_them_back(grid: Page) -> None:
    grid.evaluate("bench.view.show({ only: 'all', filters: [{ column: 'column0', contains: 'nobody' }], sort: [] })")
    expect(grid.get_by_text("No rows fit what is asked for.")).to_be_visible()
    assert violations(grid) == []
    grid.get_by_role("button", name="Show all rows").click()
    expect(cell(grid, 2, 2)).to_contain_text("Walther 0")


def test_widths_pinned_and_hidden_columns_are_remembered(grid: Page, bench: str) -> None:
    cell(grid, 1, 4).focus()
    press(grid, "Shift+ArrowRight", "Shift+ArrowRight")
    width = cell(grid, 1, 4).evaluate("header => header.offsetWidth")
    press(grid, "Shift+F10")
    grid.get_by_role("button", name="Pin at the start").click()
    expect(cell(grid, 1, 2)).to_contain_text("number 2")
    press(grid, "ArrowRight", "Shift+F10")
    grid.get_by_role("button", name="Hide").click()
    expect(grid.get_by_role("columnheader", name="string 0")).to_have_count(0)
    opened_again = opened(grid, bench, "keep")
    expect(cell(opened_again, 1, 2)).to_contain_text("number 2")
    assert cell(opened_again, 1, 2).evaluate("header => header.offsetWidth") == width == 192
    grid.get_by_role("button", name="Hidden columns: 1").click()
    grid.get_by_role("menuitem", name="Show string 0").click()
    expect(grid.get_by_role("columnheader", name="string 0")).to_have_count(1)


def test_a_drag_selects_and_the_corner_fills_what_it_is_drawn_over(grid: Page) -> None:
    cell(grid, 2, 2).hover()
    grid.mouse.down()
    cell(grid, 3, 3).hover()
    grid.mouse.up()
    expect(grid.locator("[aria-selected=true]")).to_have_count(4)
    grid.locator("[data-fill-handle]").hover()
    grid.mouse.down()
    cell(grid, 6, 3).hover()
    grid.mouse.up()
    eventually_stored(grid, 6, 3, "lois1@example.com")
    assert [stored(grid, row, 2) for row in (3, 4, 5, 6, 7)] == ["Gaby 1"] * 4 + ["Bea 5"]


def test_rows_are_added_where_one_stands_and_deleted_by_their_number(grid: Page) -> None:
    cell(grid, 3, 1).click()
    expect(grid.locator("[aria-selected=true]").first).to_be_visible()
    press(grid, "Control+-")
    expect(grid.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LAST_ROW - 1))
    expect(cell(grid, 3, 2)).to_contain_text("Kara 2")
    expect(grid.locator("[role=gridcell]:focus")).to_have_count(1)
    press(grid, "Control+z")
    expect(cell(grid, 3, 2)).to_contain_text("Gaby 1")
    press(grid, "Shift+F10")
    grid.get_by_role("menuitem", name="Add a row at the end").click()
    expect(cell(grid, LAST_ROW + 1, 2)).to_be_focused()
    expect(cell(grid, LAST_ROW + 1, 1)).to_have_text("+")


def test_typed_editors_choose_options_days_and_ticks(grid: Page) -> None:
    cell(grid, 2, 6).click()
    grid.keyboard.type("qual")
    expect(grid.get_by_role("combobox")).to_have_value("qual")
    press(grid, "Enter")
    eventually_stored(grid, 2, 6, "Qualified")
    cell(grid, 2, 7).click()
    before = stored(grid, 2, 7)
    press(grid, " ")
    eventually_stored(grid, 2, 7, "false" if before == "true" else "true")
    cell(grid, 2, 5).dblclick()
    grid.get_by_role("button", name="17 April 2024").click()
    eventually_stored(grid, 2, 5, "2024-04-17")
    grid.keyboard.type("soon")
    press(grid, "Enter")
    expect(cell(grid, 2, 5)).to_have_attribute("aria-invalid", "true")


def test_from_right_to_left_the_columns_start_at_the_right_and_arrows_go_where_they_point(
    page: Page, bench: str
) -> None:
    opened(page, bench, "dir=rtl")
    first, second = cell(page, 2, 2).bounding_box(), cell(page, 2, 3).bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    cell(page, 2, 2).click()
    press(page, "ArrowLeft")
    expect(cell(page, 2, 3)).to_be_focused()
    press(page, "End")
    expect(cell(page, 2, 21)).to_be_in_viewport()
    assert violations(page) == []


def test_rows_that_others_add_are_announced_and_do_not_move_what_one_looks_at(grid: Page) -> None:
    cell(grid, 2, 2).click()
    grid.evaluate("bench.other({ kind: 'add_rows', after: null, count: 1 })")
    notice = grid.get_by_role("region", name="Messages about the rows")
    expect(notice).to_contain_text("it would have 1,000,001 rows now")
    expect(grid.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LAST_ROW))
    notice.get_by_role("button", name="Refresh").click()
    expect(grid.get_by_role("grid")).to_have_attribute("aria-rowcount", str(LAST_ROW + 1))
    expect(cell(grid, 2, 2)).to_be_focused()

"""What the grid answers: pages with marks, filters, sorting, search, single cells, values, the next error, the summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from headgate.reviews import api_models
from tests.unit.engine.review.open_grids import OpenGrid
from tests.unit.engine.review.review_tables import FIELDS, Given
from tests.unit.engine.review.test_table import ROWS

VALUES = [
    ("1", "zoë", "1,234.50", "Open", None, None, None),
    ("2", "Ada", "99", "d", None, None, None),
    ("3", "Éva", None, "Frozen", None, None, None),
    ("4", None, "x", None, None, None, None),
    ("5", "ada", "-7", "open", None, None, None),
    ("6", "Zebra", "1000000", "Done", None, None, None),
]

PLAIN_FIELDS = [{key: value for key, value in field.items() if key != "validators"} for field in FIELDS]
PLAIN_FIELDS[2] = {**PLAIN_FIELDS[2], "type": "number"}


@pytest.fixture
def review(tmp_path: Path) -> OpenGrid:
    return OpenGrid(Given(ROWS), tmp_path / "table")


@pytest.fixture
def values(tmp_path: Path) -> OpenGrid:
    return OpenGrid(Given(VALUES, PLAIN_FIELDS), tmp_path / "table")


def test_all_answers_have_the_form_of_the_api(review: OpenGrid) -> None:
    review.set(1, "name", "New")
    review.change("add_rows")
    page = review.grid.rows({"limit": 3, "offset": 1})
    assert [row["row"] for row in page["rows"]] == [2, 3, 4]
    api_models.RowsPage.model_validate({"version": 1, **page})
    api_models.RowsPage.model_validate({"version": 1, **review.grid.rows_by_id([1, 99, FIRST_ADDED_BY_PEOPLE])})
    for column in review.grid.columns():
        api_models.GridColumn.model_validate(column)
    api_models.Summary.model_validate(review.grid.summary())
    detail = review.grid.cell({"row": 1, "column": "name"})
    assert detail.pop("address") == {"row": 1, "column": 1, "field": None, "mask": None}
    api_models.CellDetail.model_validate({**detail, "history": []})
    api_models.DistinctValues.model_validate(review.grid.distinct({"column": "stage"}))
    api_models.SeekResult.model_validate(review.grid.seek({"view": {}}))
    api_models.Preview.model_validate(review.editor.preview({"kind": "replace", "find": "a", "replace": "b"}))


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        ({"sort": [{"column": "age"}]}, [5, 2, 1, 6, 4, 3]),
        ({"sort": [{"column": "age", "descending": True}]}, [6, 1, 2, 5, 4, 3]),
        ({"sort": [{"column": "name"}]}, [2, 5, 3, 6, 1, 4]),
        ({"sort": [{"column": "name", "descending": True}, {"column": "id", "descending": True}]}, [1, 6, 3, 5, 2, 4]),
        ({"search": "ADA"}, [2, 5]),
        ({"search": "éVA"}, [3]),
        ({"search": "1,234"}, [1]),
        ({"search": "1,000,000"}, [6]),
        ({"search": "(.*"}, []),
        ({"search": "fro"}, [3]),
        ({"filters": [{"column": "stage", "values": ["Open", None]}]}, [1, 4, 5]),
        ({"filters": [{"column": "name", "empty": True}]}, [4]),
        ({"filters": [{"column": "name", "contains": "z"}, {"column": "age", "empty": False}]}, [1, 6]),
        ({"only": "errors"}, [3, 4]),
        ({"group": "age|error|not_a_number"}, [4]),
        ({"only": "autofixed"}, [5]),
        ({"only": "added"}, []),
        ({"only": "changed"}, []),
    ],
)
def test_views(values: OpenGrid, view: dict[str, Any], rows: list[int]) -> None:
    assert values.page(**view) == rows


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([None, "", "x", "ü", "-7", "7", "07", "1000", "99.5", "abc"]), max_size=12), st.booleans()
)
def test_one_column_is_sorted_as_it_is_among_several(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str | None], descending: bool
) -> None:
    rows = [(str(number), None, text, None, None, None, None) for number, text in enumerate(texts)]
    sheet = OpenGrid(Given(rows, PLAIN_FIELDS), tmp_path_factory.mktemp("grid") / "table")
    for column in ("age", "name", "id"):
        one = {"column": column, "descending": descending}
        assert sheet.page(sort=[one]) == sheet.page(sort=[one, one])


def test_search_finds_what_is_shown_and_not_what_stands_behind_it(tmp_path: Path) -> None:
    fields = [
        {"label": "Day", "key": "id", "type": ["date", {"displayFormat": "MMMM d, yyyy"}]},
        {"label": "Stage", "key": "name", "type": "select", "selectOptions": [{"label": "Ärger", "value": "trouble"}]},
    ]
    rows = [(f"2024-{month:02}-05", "Ärger" if month % 2 else "x", *[None] * 5) for month in range(1, 13)]
    sheet = OpenGrid(Given(rows, fields, {"id": [0], "name": [1]}), tmp_path / "table")
    pages = {
        needle: sheet.page(search=needle) for needle in ("JANUARY", "trouble", "äRGER", "2024-01", "05", "5, 2024")
    }
    assert pages == {
        "JANUARY": [1],
        "trouble": [],
        "äRGER": [1, 3, 5, 7, 9, 11],
        "2024-01": [],
        "05": [],
        "5, 2024": list(range(1, 13)),
    }


def test_views_follow_changes(values: OpenGrid) -> None:
    values.set(4, "age", "8")
    values.change("add_rows")
    assert values.page(only="changed") == [4]
    assert values.page(only="added") == [FIRST_ADDED_BY_PEOPLE]
    assert values.page(only="errors") == [3]
    values.set(4, "age", "x")
    assert values.page(only="changed") == []
    assert values.page(only="errors") == [3, 4]


def test_marks_say_what_was_there_before_and_why(review: OpenGrid) -> None:
    review.set(1, "name", "New")
    rows = {row["row"]: row for row in review.grid.rows({})["rows"]}
    assert rows[1]["marks"][1] == {
        "level": None,
        "messages": [],
        "changed": True,
        "autofix": False,
        "original": "Ann",
        "options": None,
    }
    assert rows[2]["marks"][2]["level"] == "error"
    assert "not a number" in rows[2]["marks"][2]["messages"][0]["text"]
    assert [message["code"] for message in rows[6]["messages"]] == ["too_many_cells"]
    assert rows[1]["number"] == 2


def test_the_next_error_is_found_cell_by_cell_in_both_directions(review: OpenGrid) -> None:
    for direction in ("next", "previous"):
        found, query = [], {"view": {}, "direction": direction, "position": -1, "column": None}
        while True:
            at = review.grid.seek(query)
            if at["position"] is None:
                break
            found.append((at["row"], at["column"]))
            query |= {"position": at["position"], "column": at["column"]}
        marked = [
            (row["row"], review.grid.columns()[number]["id"])
            for row in review.grid.rows({})["rows"]
            for number, mark in sorted(row["marks"].items())
            if any(message["level"] == "error" for message in mark["messages"])
        ]
        assert found == (marked if direction == "next" else marked[::-1])


def test_distinct_values_are_counted_as_shown(values: OpenGrid) -> None:
    found = values.grid.distinct({"column": "stage"})
    assert found["total"] == 4
    assert [(one["text"], one["count"]) for one in found["values"]] == [
        ("Done", 2),
        ("Open", 2),
        ("Frozen", 1),
        (None, 1),
    ]
    assert [one["text"] for one in values.grid.distinct({"column": "stage", "search": "RO"})["values"]] == ["Frozen"]


@pytest.mark.parametrize(
    ("settings", "delivered", "left_out", "blocked"),
    [
        ({}, 4, 2, None),
        ({"invalidDataBehavior": "INCLUDE_INVALID_ROWS"}, 6, 0, None),
        ({"invalidDataBehavior": "BLOCK_SUBMIT"}, 0, 6, "invalid_cells"),
    ],
)
def test_the_summary_says_what_submitting_would_do(
    tmp_path: Path, settings: dict[str, Any], delivered: int, left_out: int, blocked: str | None
) -> None:
    review = OpenGrid(Given(VALUES, PLAIN_FIELDS, settings=settings), tmp_path / "table")
    found = review.grid.summary()
    assert (found["rows"], found["delivered"], found["left_out"]) == (6, delivered, left_out)
    assert (found["blocked"] or {}).get("code") == blocked
    review.change("delete_rows", rows=[3, 4])
    found = review.grid.summary()
    assert (found["rows"], found["rows_with_errors"], found["delivered"]) == (4, 0, 4)
    assert (found["blocked"], found["deleted_rows"], found["error_cells"]) == (None, 2, 0)


def test_an_empty_result_is_refused_where_the_schema_does_not_allow_it(tmp_path: Path) -> None:
    review = OpenGrid(Given(VALUES[2:3], settings={"allowEmptySubmit": False}), tmp_path / "table")
    assert review.grid.summary()["blocked"]["code"] == "no_rows_to_deliver"


def test_unknown_columns_groups_and_snapshots_are_refused(review: OpenGrid) -> None:
    for view, code in (
        ({"sort": [{"column": "nope"}]}, "unknown_column"),
        ({"group": "nope|error|x"}, "unknown_column"),
        ({"snapshot": "nope"}, "view_changed"),
    ):
        with pytest.raises(RefusedChangeError) as refused:
            review.grid.rows({"view": view})
        assert refused.value.code == code
    with pytest.raises(RefusedChangeError):
        review.grid.cell({"row": 77, "column": "id"})

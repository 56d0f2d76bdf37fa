"""What a review shows of masked fields: nothing that their masks do not leave, in any answer."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.masking import DOTS
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.session import Review
from tests.unit.engine.review.reviews import Journey, journey

SSN = ("123-45-6789", "234-56-7890", "345-67-8901", "456-78-9012")
CARD = ("4111111111111111", "4222222222222222", "4222222222222222", "not-a-card-0007")
BORN = ("01.02.1980", "03.04.1981", "05.06.1982", "31-99-1983")
PLAN = ("gold", "goldd", "silver", "platinum-x")
SECRETS = {*SSN, *CARD, *BORN, "1980-02-01", "1980-01-02", "123-45", "411111", "goldd", "platinum-x", "not-a-card"}
CSV = "Customer,SSN,Card,Born,Plan,Remark\n" + "".join(
    f"Person {row},{SSN[row]},{CARD[row]},{BORN[row]},{PLAN[row]},remark {row}\n" for row in range(4)
)
HOOK = """record => {
  const { row } = record;
  row.ssn.info = [{ level: "warning", message: "look at " + row.ssn.value }];
  row.name.info = [{ level: "info", message: "belongs to " + row.card.value + " " + row.ssn.value }];
  return record;
}"""


def fields(mask: bool = True) -> list[dict[str, Any]]:
    all_, last = ({"mask": "all"}, {"mask": "last4"}) if mask else ({}, {})
    options = [{"label": "Gold", "value": "g"}, {"label": "Silver", "value": "s"}]
    return [
        {"label": "Customer", "key": "name", "validators": [{"validate": "required"}]},
        {"label": "SSN", "key": "ssn", **last},
        {"label": "Card", "key": "card", "validators": [{"validate": "unique"}, {"validate": "regex_match", "regex": "^[0-9]+$"}], **all_},
        {"label": "Born", "key": "born", "type": "date", **all_},
        {"label": "Plan", "key": "plan", "type": "select", "selectOptions": options, **all_},
        {"label": "Remark", "key": "remark"},
    ]  # fmt: skip


def masked_journey(path: Path, content: str = CSV, *, mask: bool = True, hooks: bool = False) -> Journey:
    described = {"rowHooks": [HOOK]} if hooks else {}
    one = journey(
        path, content, fields(mask), described,
        invalidDataBehavior="BLOCK_SUBMIT", reviewStep={"enableUserTransformations": True},
    )  # fmt: skip
    one.request = replace(one.request, import_id="masked-import")
    return one


def everything(review: Review) -> str:
    """All answers to questions that change nothing, of every row and column, as JSON."""
    grid = review.grid()
    rows = review.rows({"limit": 500})
    ids = [row["row"] for row in rows["rows"]]
    columns = [column["id"] for column in grid["columns"]]
    searched = [review.rows({"view": {"search": text}})["total"] for text in SSN[:2]]
    sorted_ = [review.rows({"view": {"sort": [{"column": column}]}}) for column in columns]
    cells = [review.cell({"row": row, "column": column}) for row in ids for column in columns]
    distinct = [review.distinct({"column": column}) for column in columns]
    fixes = [
        review.preview({"kind": "fix", "group": group["id"], "fix": fix["id"], "text": "x"})
        for group in grid["groups"]
        for fix in group["fixes"]
    ]
    steps = [review.state(), review.header({}), review.columns(), review.values(), review.confirmation()]
    found = [grid, rows, review.rows_by_id(ids), searched, sorted_, cells, distinct, fixes, steps]
    return json.dumps(found, ensure_ascii=False)


def leaks(told: str) -> list[str]:
    return sorted(secret for secret in SECRETS if secret in told)


def opened(journey: Journey) -> Review:
    journey.run()
    review = journey.open()
    review.advance("review")
    return review


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Review]:
    """One that is only looked at."""
    one = opened(masked_journey(tmp_path_factory.mktemp("masked"), hooks=True))
    yield one
    one.close()


def test_without_masks_the_same_walk_finds_the_values(tmp_path: Path) -> None:
    review = opened(masked_journey(tmp_path, mask=False))
    assert len(leaks(everything(review))) > len(SECRETS) / 2, "else the tests below would prove nothing"
    review.close()


def test_no_answer_of_a_review_has_a_value_of_a_masked_field(review: Review) -> None:
    told = everything(review)
    assert leaks(told) == []
    assert "•••6789" in told
    assert "belongs to ••• •••6789" in told


def test_what_is_written_into_a_masked_cell_is_masked_and_counts(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    review = opened(one)
    change = {"kind": "set_cells", "cells": [{"row": 4, "column": "card", "text": "4333333333333333", "seen": DOTS}]}
    before = review.grid()["summary"]["error_cells"]
    prepared = review.prepare(change)
    assert prepared.answer["conflicts"] == []
    answer = one.take(review, prepared)
    assert "4333333333333333" not in json.dumps(answer)
    assert review.grid()["summary"]["error_cells"] < before
    detail = review.cell({"row": 4, "column": "card"})
    assert (detail["text"], detail["shown"], detail["suggestion"]) == (None, DOTS, None)
    assert leaks(everything(review)) == []
    review.close()


def test_a_guess_is_not_compared_with_a_masked_cell(review: Review) -> None:
    def conflicts(seen: str) -> int:
        cells = [{"row": 1, "column": "ssn", "text": "x", "seen": seen}]
        return len(review.prepare({"kind": "set_cells", "cells": cells}).answer["conflicts"])

    assert [conflicts(seen) for seen in ("•••6789", SSN[0], SSN[1])] == [0, 1, 1]


def test_dots_that_are_pasted_back_leave_the_value_as_it_is(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    review = opened(one)
    area = {"view": {}, "first": 0, "last": 1, "columns": ["ssn", "card"]}
    texts = [["•••6789", DOTS], ["999-99-9999", "4444444444444444"]]
    prepared = review.prepare({"kind": "paste", "range": area, "texts": texts})
    assert (prepared.cells, prepared.answer["skipped"]) == (2, 2)
    one.take(review, prepared)
    rows = review.rows_to_deliver().table
    values = rows.frame(rows.visible, rows.hooked)["t1"].to_list()
    assert values[:2] == [SSN[0], "999-99-9999"]
    review.close()


@pytest.mark.parametrize(
    ("source", "target", "filled"), [("ssn", "remark", 0), ("remark", "ssn", 4), ("ssn", "card", 4), ("card", "ssn", 0)]
)
def test_copies_into_other_columns_never_show_more(review: Review, source: str, target: str, filled: int) -> None:
    area = {"view": {}, "first": 0, "last": 3, "columns": [source, target]}
    found = review.preview({"kind": "fill", "range": area, "direction": "right"})
    assert (found["cells"], found["skipped"]) == (filled, 4 - filled)
    assert leaks(json.dumps(found)) == []


def test_nothing_is_searched_in_masked_cells(review: Review) -> None:
    everywhere = review.preview({"kind": "replace", "find": "[0-9]", "replace": "x", "regex": True})
    assert everywhere["cells"] == 8, "the names and remarks, which have digits too"
    with pytest.raises(RefusedChangeError, match="hidden"):
        review.prepare({"kind": "replace", "find": "1", "columns": ["ssn"]})


def test_rows_are_not_sorted_by_what_is_hidden(tmp_path: Path) -> None:
    lines = CSV.splitlines()
    review = opened(masked_journey(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]) + "\n"))
    order = [row["row"] for row in review.rows({"view": {"sort": [{"column": "card"}]}})["rows"]]
    assert order == sorted(order), "all of them are dots"
    review.close()


@pytest.mark.parametrize(
    "expression",
    [
        "({ remark: row.ssn })", "({ remark: `${text['ssn']}` })", "({ remark: (({ ssn }) => ssn)(row) })",
        "const key = 'ss' + 'n'; return { remark: row[key] }", "({ remark: Reflect.get(row, 'ssn') })",
    ],
)  # fmt: skip
def test_an_expression_cannot_look_at_masked_fields(review: Review, expression: str) -> None:
    found = review.preview({"kind": "transform", "expression": expression})
    assert found["problem"] is not None
    assert "hidden" in found["problem"]
    assert leaks(json.dumps(found)) == []


def test_an_expression_copies_rows_and_writes_masked_fields_without_seeing_them(review: Review) -> None:
    same = review.preview({"kind": "transform", "expression": "({ ...row })"})
    assert (same["problem"], same["cells"]) == (None, 0)
    told = review.preview({"kind": "transform", "expression": "({ remark: JSON.stringify(row) + Object.keys(text) })"})
    assert leaks(json.dumps(told)) == []
    written = review.preview({"kind": "transform", "expression": "({ ssn: '111-11-1' + index })"})
    assert (written["problem"], written["cells"]) == (None, 4)


def test_a_fix_mends_masked_cells_without_showing_them(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    review = opened(one)
    group = next(group for group in review.grid()["groups"] if group["column"] == "plan")
    assert group["values"] == []
    prepared = review.prepare({"kind": "fix", "group": group["id"], "fix": "set_value", "text": "Gold"})
    assert prepared.cells == 2
    one.take(review, prepared)
    assert all(group["column"] != "plan" for group in review.grid()["groups"])
    assert leaks(everything(review)) == []
    review.close()


def test_files_for_correction_have_dots_and_take_new_values_only(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    review = opened(one)
    for name in ("xlsx", "csv"):
        review.export("all", name, tmp_path / f"out.{name}")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        inside = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    assert leaks(inside + (tmp_path / "out.csv").read_text(encoding="utf-8-sig")) == []
    assert review.read_corrections(tmp_path / "out.xlsx", "up-1")["changed_cells"] == 0
    with pytest.raises(RefusedChangeError, match="nothing else"):
        review.prepare({"kind": "merge_file", "upload": "up-1"})
    review.close()


def test_the_raw_table_has_dots_below_the_header(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    one.run()
    review = one.open()
    view = review.header({})
    assert view["rows"][0]["cells"] == CSV.splitlines()[0].split(",")
    assert view["rows"][1]["cells"] == ["Person 0", "•••6789", DOTS, DOTS, DOTS, "remark 0"]
    assert view["hidden"] == [1, 2, 3, 4]
    review.close()


@pytest.mark.parametrize("reading", [{"delimiter": ";"}, {"encoding": "windows-1252"}])
def test_another_way_of_reading_shows_no_more(tmp_path: Path, reading: dict[str, str]) -> None:
    one = masked_journey(tmp_path)
    one.run()
    review = one.open()
    told = [review.header(reading)]
    one.decide(review, "header", rows=[0], reading=reading)
    told.append(review.header({}))
    width = len(told[0]["rows"][0]["cells"])
    others = {str(at): {"ignore": True} for at in range(width)}
    one.decide(review, "columns", columns=others | {"0": {"field": "name"}, str(width - 1): {"field": "name"}})
    told += [review.columns(), review.state()]
    review.advance("review")
    told += [review.grid(), review.rows({})]
    assert leaks(json.dumps(told, ensure_ascii=False)) == []
    review.close()


def test_a_column_of_a_masked_field_stays_hidden_whatever_field_it_is_given(tmp_path: Path) -> None:
    one = masked_journey(tmp_path)
    one.run()
    review = one.open()
    one.decide(review, "columns", columns={"1": {"field": "remark"}, "5": {"field": "ssn"}})
    assert leaks(json.dumps(review.columns())) == []
    review.advance("review")
    assert leaks(everything(review)) == []
    review.close()
    again = one.open()
    assert leaks(everything(again)) == []
    again.close()
    assert "123-45" not in json.dumps(one.finish().decisions)


@pytest.mark.parametrize("rows", [[], [2]])
def test_a_row_of_data_taken_for_the_header_names_no_value(tmp_path: Path, rows: list[int]) -> None:
    one = masked_journey(tmp_path)
    one.run()
    review = one.open()
    one.decide(review, "header", rows=rows)
    columns = {str(at): {"field": key} for at, key in enumerate(["name", "remark", "ssn", "card", "born"])}
    told = [review.header({}), review.columns(), review.state()]
    one.decide(review, "columns", columns=columns | {"5": {"ignore": True}})
    review.advance("review")
    told += [review.columns(), review.grid(), review.rows({})]
    assert leaks(json.dumps(told, ensure_ascii=False)) == []
    review.close()


def test_a_column_that_nobody_recognized_is_hidden_until_it_is_matched(tmp_path: Path) -> None:
    content = CSV.replace("SSN", "Xyzzy", 1)
    one = masked_journey(tmp_path, content)
    one.run()
    review = one.open()
    column = review.columns()["columns"][1]
    assert (column["field"], column["hidden"], column["samples"]) == (None, True, [DOTS])
    one.decide(review, "columns", columns={"1": {"field": "ssn"}})
    assert review.columns()["columns"][1]["samples"] == [f"•••{text[-4:]}" for text in SSN]
    review.close()

"""Rows go out as a workbook, are corrected in it as people do, and come back: only what they changed counts."""

from __future__ import annotations

import datetime as dt
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.review.corrections import Corrections, read_corrections
from headgate.engine.review.delta import CELLS, GIVEN, Delta
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.workbook import Export, write_csv, write_workbook
from headgate.engine.review.workbook_layout import Identity, record_cells, recorded_ids
from tests.unit.engine.review.small_reviews import Column, SmallReview

FIELDS: list[dict[str, Any]] = [
    {"label": "Code", "key": "code", "type": "string"},
    {"label": "Price", "key": "price", "type": "number"},
    {"label": "Since", "key": "since", "type": "date"},
    {"label": "Plan", "key": "plan", "type": "select",
     "selectOptions": [{"label": "Demo", "value": "d"}, {"label": "Closed", "value": "c"}]},
    {"label": "Fixed", "key": "fixed", "type": "string", "readOnly": True},
]  # fmt: skip
COLUMNS: dict[str, Column] = {
    "code": ["00123", "=1+1", "12345678901234567890", "3/4/2024", " padded "],
    "price": ["1,5", "2,75", "x", "1.000,25", "7"],
    "since": ["2024-03-01", "27.3.2024", None, "nonsense", "2024-12-31"],
    "plan": ["Demo", "closed", "what", None, "d"],
    "fixed": ["a", "b", "c", "d", "e"],
}
IMPORT = "0d9e"
Edit = Callable[[Any], None]


def notes_of(review: SmallReview) -> Callable[[Any], pl.DataFrame]:
    def notes(positions: Any) -> pl.DataFrame:
        place = {position: at for at, position in enumerate(positions.tolist())}
        found = [
            (place[row], -1 if group.slot is None else group.slot, group.level, f"Wrong: {group.code}")
            for group, _ in review.groups()
            for row in review.rows_of(group).tolist()
            if row in place
        ]
        schema = {"at": pl.UInt32, "slot": pl.Int32, "level": pl.String, "text": pl.String}
        return pl.DataFrame(found, schema=schema, orient="row")

    return notes


class Trip:
    """One review, and the way of its rows through a workbook."""

    def __init__(self, directory: Path, fields: Any = FIELDS, columns: Any = COLUMNS) -> None:
        self.directory = directory
        self.review = SmallReview(directory / "review", fields, columns)
        self.file = directory / "rows.xlsx"
        self._attempts = itertools.count()

    def export(self, positions: Any = None) -> Export:
        at = self.review.visible if positions is None else positions
        return Export(self.review, at, Identity(IMPORT, 7), notes_of(self.review))

    def write(self, edit: Edit | None = None) -> None:
        """Write the workbook; `edit` then works on its sheet as a program does that people use."""
        write_workbook(self.export(), self.file)
        if edit is not None:
            book = openpyxl.load_workbook(self.file)
            edit(book["Rows"])
            book.save(self.file)

    def read(self, *since: Delta) -> Corrections:
        return read_corrections(
            self.file, self.directory / f"read{next(self._attempts)}", self.review, IMPORT, lambda version: since
        )

    def changes(self, edit: Edit) -> dict[str, list[str | None]]:
        """What an edit of the workbook makes of the rows: the columns that changed, as texts."""
        before = {key: self.review.column(key) for key in self.review.fields}
        self.write(edit)
        self.review.carry_out(self.read().proposal(delete_missing=False))
        after = {key: self.review.column(key) for key in self.review.fields}
        return {key: texts for key, texts in after.items() if texts != before[key]}


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    return Trip(tmp_path)


def cell(sheet: Any, label: str, row: int) -> Any:
    """The cell of data row `row` (from 0) in the column with that name, wherever it stands."""
    (column,) = [c.column for c in sheet[3] if c.value == label]
    return sheet.cell(4 + row, column)


def nothing(sheet: Any) -> None:
    """Save it as it is."""


@pytest.mark.parametrize("edit", [None, nothing])
def test_an_unchanged_workbook_changes_nothing(trip: Trip, edit: Edit | None) -> None:
    trip.write(edit)
    found = trip.read()
    assert (found.matched_rows, found.changed_cells, found.added, len(found.missing)) == (5, 0, [], 0)
    assert not found.proposal(delete_missing=True)


def test_the_sheet_is_made_for_people(trip: Trip) -> None:
    trip.write()
    sheet = openpyxl.load_workbook(trip.file)["Rows"]
    assert [c.value for c in sheet[3]][1:6] == ["Code", "Price", "Since", "Plan", "Fixed"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "A4"
    assert str(sheet["B2"].value).startswith("Correct the coloured cells")
    wrong = cell(sheet, "Price", 2)
    assert (wrong.value, wrong.fill.fgColor.rgb[-6:], wrong.comment.text) == ("x", "FDECEA", "Wrong: not_a_number")
    assert cell(sheet, "Price", 1).comment is None
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == "Options!$A$1:$A$2"
    assert {sheet.cell(row, column).data_type for row in range(4, 9) for column in range(2, 7)} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert {c.number_format for row in sheet.iter_rows(min_row=4, min_col=2) for c in row if c.value} == {"@"}


def test_no_text_becomes_a_formula_or_loses_a_digit(trip: Trip) -> None:
    trip.write()
    sheet = openpyxl.load_workbook(trip.file)["Rows"]
    codes = [cell(sheet, "Code", row) for row in range(5)]
    assert [c.value for c in codes] == COLUMNS["code"]
    assert all(c.data_type != "f" for c in codes)
    assert b"<f>" not in zipfile.ZipFile(trip.file).read("xl/worksheets/sheet1.xml")


def test_corrected_cells_come_back(trip: Trip) -> None:
    def correct(sheet: Any) -> None:
        cell(sheet, "Price", 2).value = "12,5"
        cell(sheet, "Plan", 2).value = "Closed"
        cell(sheet, "Since", 3).value = None

    assert trip.changes(correct) == {
        "price": ["1,5", "2,75", "12,5", "1.000,25", "7"],
        "plan": ["Demo", "closed", "Closed", None, "d"],
        "since": ["2024-03-01", "27.3.2024", None, None, "2024-12-31"],
    }
    assert trip.review.column("price", "value") == ["1.5", "2.75", "12.5", "1000.25", "7"]


def test_numbers_and_dates_that_the_program_made_of_a_text_are_no_corrections(trip: Trip) -> None:
    def convert(sheet: Any) -> None:
        for row, value in ((0, 123), (2, 12345678901234567890.0), (3, dt.datetime(2024, 4, 3))):  # noqa: DTZ001 - of a sheet
            cell(sheet, "Code", row).value, cell(sheet, "Code", row).number_format = value, "General"
        cell(sheet, "Code", 3).number_format = "dd/mm/yyyy"
        cell(sheet, "Price", 0).value, cell(sheet, "Price", 0).number_format = 1.5, "General"
        cell(sheet, "Since", 1).value = dt.date(2024, 3, 27)
        cell(sheet, "Since", 1).number_format = "yyyy-mm-dd"

    assert trip.changes(convert) == {}


def test_a_typed_number_is_that_number_whatever_mark_the_column_has(trip: Trip) -> None:
    def correct(sheet: Any) -> None:
        cell(sheet, "Price", 2).value, cell(sheet, "Price", 2).number_format = 1234.5, "General"

    trip.changes(correct)
    assert trip.review.column("price", "value")[2] == "1234.5"


def test_a_person_may_take_the_zeros_away_by_typing_a_text(trip: Trip) -> None:
    def correct(sheet: Any) -> None:
        cell(sheet, "Code", 0).value = "123"

    assert trip.changes(correct)["code"][0] == "123"


def test_the_same_value_in_other_words_is_no_correction(trip: Trip) -> None:
    def rewrite(sheet: Any) -> None:
        cell(sheet, "Price", 3).value = "1000,25"
        cell(sheet, "Plan", 0).value = "demo"

    assert trip.changes(rewrite) == {}


def test_sorted_deleted_moved_renamed_and_added_things_are_understood(trip: Trip) -> None:
    def rearrange(sheet: Any) -> None:
        rows = [[c.value for c in row] for row in sheet.iter_rows()]
        data = [rows[7], rows[3], rows[6]]  # two rows are gone
        table = [*rows[:3], *data, [None, "new", "5", "2024-01-01", "Demo", "x"]]
        moved = [
            [row[0], "Remark" if at == 2 else None, row[2], row[1], *row[3:5], *row[6:]] for at, row in enumerate(table)
        ]
        moved[2][2] = "Renamed"
        sheet.delete_rows(1, sheet.max_row)
        for row in moved:
            sheet.append(row)
        sheet["C5"].value = "99"

    trip.write(rearrange)
    found = trip.read()
    assert (found.matched_rows, found.changed_cells, found.unknown_columns) == (3, 1, ["Remark"])
    assert trip.review.ids(found.missing).tolist() == [2, 3]
    trip.review.carry_out(found.proposal(delete_missing=False))
    assert trip.review.column("price") == ["99", "2,75", "x", "1.000,25", "7"]
    assert [{trip.review.hooked[slot].slot.field.key: text for slot, text in row.items()} for row in found.added] == [
        {"code": "new", "price": "5", "since": "2024-01-01", "plan": "Demo"}
    ]


def test_missing_rows_are_deleted_only_when_asked_for(trip: Trip) -> None:
    trip.write(lambda sheet: sheet.delete_rows(5, 2))
    found = trip.read()
    assert len(found.proposal(delete_missing=False).deleted) == 0
    trip.review.carry_out(found.proposal(delete_missing=True))
    assert trip.review.column("code") == ["00123", "3/4/2024", " padded "]


def test_only_rows_that_were_written_can_be_missing(trip: Trip) -> None:
    write_workbook(trip.export(trip.review.visible[2:3]), trip.file)
    found = trip.read()
    assert (found.matched_rows, len(found.missing)) == (1, 0)


def test_a_copied_row_is_a_new_row_and_the_one_that_was_copied_stays(trip: Trip) -> None:
    def copy(sheet: Any) -> None:
        row = [c.value for c in sheet[4]]
        sheet.insert_rows(4)
        for number, value in enumerate(row, start=1):
            sheet.cell(4, number).value = value
        sheet.cell(4, 2).value = "copy"

    trip.write(copy)
    found = trip.read()
    assert (found.matched_rows, found.changed_cells, len(found.added)) == (5, 0, 1)
    assert found.added[0][0] == "copy"


def test_cells_sorted_without_the_hidden_numbers_are_refused(trip: Trip) -> None:
    def sort_a_part(sheet: Any) -> None:
        rows = [[c.value for c in row][1:] for row in sheet.iter_rows(min_row=4, max_row=8)]
        for at, row in enumerate(reversed(rows)):
            for number, value in enumerate(row, start=2):
                sheet.cell(4 + at, number).value = value

    trip.write(sort_a_part)
    with pytest.raises(RefusedChangeError, match="3 rows of the workbook have got the hidden numbers"):
        trip.read()


def test_cells_with_an_error_of_the_spreadsheet_say_nothing(trip: Trip) -> None:
    def break_formula(sheet: Any) -> None:
        broken = cell(sheet, "Code", 0)
        broken.value, broken.data_type = "#REF!", "e"

    assert trip.changes(break_formula) == {}


def test_read_only_columns_are_left_alone_and_counted(trip: Trip) -> None:
    def overwrite(sheet: Any) -> None:
        cell(sheet, "Fixed", 0).value = "z"

    trip.write(overwrite)
    found = trip.read()
    assert (found.changed_cells, found.skipped) == (0, 1)


def edited(review: SmallReview, key: str, row: int, text: str) -> Delta:
    """Somebody edits a cell in the review while the workbook is away."""
    hooked = next(h for h in review.hooked if h.slot.field.key == key)
    before = review.column(key)[row]
    edit = pl.DataFrame(
        {"row": [int(review.ids(review.visible)[row])], "column": [hooked.slot.column], "before": [before],
         "after": [text], "before_read": [0], "after_read": [GIVEN]}
    )  # fmt: skip
    missing = {name: kind for name, kind in CELLS.items() if name not in edit.columns}
    frame = edit.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in missing.items())
    review.chunk = review.chunk.with_columns(
        review.chunk[hooked.slot.text].clone().scatter([row], text),
        review.chunk[hooked.slot.value]
        .clone()
        .scatter([row], hooked.read(pl.Series([text]), pl.Series([False])).value),
    )
    return Delta(frame.select(pl.col(name).cast(kind) for name, kind in CELLS.items()))


def test_what_others_edited_meanwhile_stays_and_real_conflicts_are_told(trip: Trip) -> None:
    def correct(sheet: Any) -> None:
        cell(sheet, "Price", 2).value = "3"

    trip.write(correct)
    since = [edited(trip.review, "price", 2, "8"), edited(trip.review, "code", 0, "theirs")]
    found = trip.read(*since)
    assert found.changed_cells == 1
    (conflict,) = found.conflicts
    assert (conflict.row, conflict.column, conflict.seen, conflict.theirs) == (3, "price", "x", "8")
    trip.review.carry_out(found.proposal(delete_missing=False))
    assert trip.review.column("price")[2] == "3"
    assert trip.review.column("code")[0] == "theirs"


def test_a_workbook_of_another_import_is_refused(trip: Trip, tmp_path: Path) -> None:
    trip.write()
    with pytest.raises(RefusedChangeError, match="another import") as refused:
        read_corrections(trip.file, tmp_path / "w", trip.review, "other", lambda version: [])
    assert refused.value.code == "other_import"


@pytest.mark.parametrize("how", ["csv", "foreign", "row one deleted", "empty sheet"])
def test_other_files_are_refused_in_words(trip: Trip, how: str) -> None:
    book = openpyxl.Workbook()
    match how:
        case "csv":
            trip.file.write_text("a,b\n1,2\n3,4\n5,6\n")
        case "foreign":
            for row in (["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]):
                book.active.append(row)
            book.save(trip.file)
        case "row one deleted":
            trip.write(lambda sheet: sheet.delete_rows(1))
        case _:
            book.active.append(["x"])
            book.save(trip.file)
    with pytest.raises(RefusedChangeError, match="not a workbook that was downloaded from a review"):
        trip.read()


def test_damage_is_told_with_its_row(trip: Trip) -> None:
    def damage(sheet: Any) -> None:
        sheet["A6"].value = "seven"

    trip.write(damage)
    with pytest.raises(RefusedChangeError, match="Row 6 of the workbook has something else than a row number"):
        trip.read()


def test_a_file_that_is_no_workbook_at_all_fails_like_any_upload(trip: Trip) -> None:
    trip.file.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    with pytest.raises(ImportFailedError):
        trip.read()


def test_a_column_that_was_copied_is_refused(trip: Trip) -> None:
    def copy(sheet: Any) -> None:
        sheet["H1"].value = "price"

    trip.write(copy)
    with pytest.raises(RefusedChangeError, match='"Price" stands in the workbook twice'):
        trip.read()


def test_a_row_number_of_nobody_is_left_alone(trip: Trip) -> None:
    def invent(sheet: Any) -> None:
        sheet.append(["4711", "x"])

    trip.write(invent)
    found = trip.read()
    assert (found.matched_rows, found.changed_cells, found.added) == (5, 0, [])


def test_csv_has_names_and_nothing_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    texts: Column = ["=1+1", "+49 30 123", "-5", "@x", "-2+cmd|'/C calc'!A0", 'a "b", c', "\tx", "two\nlines"]
    trip = Trip(tmp_path, [{"label": "=Name", "key": "name", "type": "string"}], {"name": texts})
    target = tmp_path / "rows.csv"
    write_csv(trip.export(), target)
    lines = target.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[:6] == ["'=Name", "'=1+1", "+49 30 123", "-5", "'@x", "'-2+cmd|'/C calc'!A0"]
    assert lines[6:] == ['"a ""b"", c"', "'\tx", '"two\nlines"', ""]


def test_a_text_too_long_for_a_cell_is_not_taken_for_a_correction(tmp_path: Path) -> None:
    trip = Trip(tmp_path, [{"label": "A", "key": "a", "type": "string"}], {"a": ["x" * 40_000, "y"]})
    trip.write()
    assert trip.read().changed_cells == 0


_TEXTS = (
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(["", " ", "=A1", "00", "_x000D_", "\r\n", "1e5", "#REF!", "TRUE"])
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=8))
def test_whatever_the_rows_are_an_unchanged_workbook_gives_no_change(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str | None, str | None]]
) -> None:
    columns: dict[str, Column] = {"key": ["k"] * len(rows), "a": [a for a, _ in rows], "b": [b for _, b in rows]}
    fields = [
        {"label": key, "key": key, "type": type_}
        for key, type_ in (("key", "string"), ("a", "string"), ("b", "number"))
    ]
    trip = Trip(tmp_path_factory.mktemp("trip"), fields, columns)
    trip.write()
    found = trip.read()
    assert (found.changed_cells, found.added, len(found.missing), found.matched_rows) == (0, [], 0, len(rows))


@given(st.lists(st.integers(-(2**31), 2**31), unique=True), st.text())
def test_the_record_of_rows_reads_back_from_among_other_cells(ids: list[int], other: str) -> None:
    cells = [None, other, *reversed(record_cells(pl.Series(ids, dtype=pl.Int64).to_numpy()))]
    found = recorded_ids(cells, 10_000)
    assert found is not None
    assert found.tolist() == sorted(ids)


def test_a_record_that_is_not_whole_says_nothing() -> None:
    cells = record_cells(np.random.default_rng(1).choice(10**9, 30_000, replace=False))
    assert len(cells) > 2
    damaged = [
        cells[1:],
        [],
        [*cells[:-1], cells[-1][:-8]],
        [cells[0].replace(" 1/", " 2/"), *cells[1:]],
        ["headgate rows 1/1 !"],
    ]
    assert all(recorded_ids(these, 10**6) is None for these in damaged)
    assert recorded_ids(cells, 29_999) is None, "a record that unfolds beyond every limit is none"
    assert recorded_ids(cells, 30_000) is not None

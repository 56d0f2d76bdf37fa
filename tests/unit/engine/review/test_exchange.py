"""Fixes, Transform and corrected workbooks on a real table: logged, applied, taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.messages import Texts
from headgate.engine.review.changes import Editor
from headgate.engine.review.delta import Delta
from headgate.engine.review.exchange import Exchange
from headgate.engine.review.fixes import Fixer
from headgate.engine.review.groups import GroupBook
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.transform import Transformer
from headgate.reviews.api_models import ErrorGroup, Preview, UploadedFile
from tests.unit.engine.review.open_grids import OpenGrid
from tests.unit.engine.review.review_tables import Given, Row, fresh_issues, live_issues, shown

ROWS: list[Row] = [
    ["1", "Anna", "30", "Open", None, "mailto:a@b.de", "x@y.de"],
    ["2", "Bo", "old", "opn", None, "b@b.de", None],
    ["2", "Cy", "-5", "Done", None, "B@b.de", "nonsense"],
    ["", "Bo", "7", "opn", None, None, None],
    ["5", "Di", "1,234", None, None, "<d@d.de>", None],
]


class Desk(OpenGrid):
    """A grid with everything that mends it."""

    def __init__(self, rows: list[Row], directory: Path, start: Any = None) -> None:
        super().__init__(Given(rows), directory / "table")
        texts = Texts("en")
        self.fixer = Fixer(self.table, {field.key: field for field in self.table.fields})
        self.exchange = Exchange(self.grid, directory / "uploads", "import-1", self._since)
        self.editor = Editor(
            self.grid,
            self.given.schema.settings,
            None,
            {"fix": self.fixer.propose, "merge_file": self.exchange.merge, "transform": self._transform},
        )
        self._texts, self._start, self._files = texts, start, directory

    def _since(self, version: int) -> Iterator[Delta]:
        return (Delta.from_bytes(entry.delta) for entry in self.log if entry.seq > version and entry.delta is not None)

    def _transform(self, change: Any) -> Any:
        transformer = Transformer(self.table, self._start)
        run = transformer.try_on if change.get("trial") else transformer.propose
        return run(change["expression"], self.grid.views.rows(change.get("view") or {}).positions)

    def groups(self) -> dict[str, ErrorGroup]:
        book = GroupBook(self.table, self.fixer, {}, lambda entry: self._texts.evidence(entry, {}, []), self._tell)
        return {group["id"]: ErrorGroup.model_validate(group) for group in book.groups()}

    def _tell(self, group: Any) -> str:
        return f"{group.level} {group.code}"

    def workbook(self, edit: Callable[[Any], None] | None = None, which: str = "all") -> Path:
        target = self._files / "rows.xlsx"
        self.exchange.export(which, "xlsx", target)
        if edit is not None:
            book = openpyxl.load_workbook(target)
            edit(book["Rows"])
            book.save(target)
        return target


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(ROWS, tmp_path)


def test_every_offer_does_what_it_says_and_undo_gives_everything_back(desk: Desk, tmp_path: Path) -> None:
    offers = [(group.id, offer) for group in desk.groups().values() for offer in group.fixes]
    assert {"suggestion", "map_values", "keep_first", "keep_last", "clear", "set_value", "delete_rows"} <= {
        offer.kind for _, offer in offers
    }
    before, issues = shown(desk.table), live_issues(desk.table)
    for group, offer in offers:
        done = desk.change("fix", group=group, fix=offer.id, text="9" if offer.kind == "set_value" else None)
        assert done.cells == offer.cells or offer.kind == "set_value", (group, offer.id)
        assert done.rows == offer.rows
        assert live_issues(desk.table) == fresh_issues(desk.table, tmp_path / f"issues{len(desk.log)}")
        desk.undo(len(desk.log))
        assert shown(desk.table) == before
        assert live_issues(desk.table) == issues


def test_a_cell_becomes_what_the_sample_showed(desk: Desk) -> None:
    group = desk.groups()["mail[0]|error|email_invalid"]
    (offer,) = [offer for offer in group.fixes if offer.kind == "suggestion"]
    desk.change("fix", group=group.id, fix=offer.id)
    for sample in offer.samples:
        page = desk.grid.rows_by_id([sample.row])["rows"][0]["cells"]
        assert page[4] == sample.after


def test_one_fix_after_another_leaves_no_error_of_that_kind(desk: Desk) -> None:
    desk.change("fix", group="stage|error|not_an_option", fix="map_values")
    desk.change("fix", group="mail[0]|error|email_invalid", fix="suggestion")
    desk.change("fix", group="id|error|unique", fix="keep_first")
    assert not {"stage|error|not_an_option", "mail[0]|error|email_invalid", "id|error|unique"} & set(desk.groups())
    with pytest.raises(RefusedChangeError, match="nothing left to fix"):
        desk.change("fix", group="id|error|unique", fix="delete_rows")


def test_a_fix_is_previewed_with_what_it_mends(desk: Desk) -> None:
    change = {"kind": "fix", "group": "mail[0]|error|email_invalid", "fix": "suggestion"}
    preview = Preview.model_validate(desk.editor.preview(change))
    assert (preview.cells, preview.rows, preview.tried_rows) == (2, 2, None)
    assert preview.errors_after is not None
    assert preview.errors_after < preview.errors_before
    assert {sample.after for sample in preview.samples} == {"a@b.de", "d@d.de"}


@pytest.mark.parametrize("which", ["all", "errors"])
def test_a_workbook_that_nobody_changed_has_nothing_to_say(desk: Desk, which: str) -> None:
    found = UploadedFile.model_validate(desk.exchange.take(desk.workbook(which=which), "upload-1"))
    assert found.matched_rows == len(desk.page(only="errors" if which == "errors" else "all"))
    assert (found.changed_cells, found.added_rows, found.missing_rows) == (0, 0, 0)
    with pytest.raises(RefusedChangeError, match="nothing else than the review"):
        desk.change("merge_file", upload="upload-1", delete_missing=True)


def test_a_corrected_workbook_is_one_change_that_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    def correct(sheet: Any) -> None:
        sheet["D5"].value = "31"
        sheet.append([None, "6", "Eve", "20", "Done"])
        sheet.delete_rows(6)

    before = shown(desk.table)
    found = UploadedFile.model_validate(desk.exchange.take(desk.workbook(correct), "upload-1"))
    assert (found.changed_cells, found.added_rows, found.missing_rows) == (1, 1, 1)
    done = desk.change("merge_file", upload="upload-1", delete_missing=True)
    rows = shown(desk.table)
    (added,) = done.answer["added"]
    assert rows[2][2] == "31"
    assert rows[added][:4] == ("6", "Eve", "20", "Done")
    assert 3 not in rows
    assert live_issues(desk.table) == fresh_issues(desk.table, tmp_path / "issues")
    desk.undo(1)
    assert shown(desk.table) == before


def test_edits_of_others_meanwhile_stay_and_a_real_conflict_is_told(desk: Desk) -> None:
    def correct(sheet: Any) -> None:
        sheet["D5"].value = "31"

    book = desk.workbook(correct)
    desk.set(2, "age", "40")
    desk.set(1, "name", "Annika")
    desk.exchange.take(book, "upload-1")
    done = desk.change("merge_file", upload="upload-1")
    assert done.answer["conflicts"] == [{"row": 2, "column": "age", "seen": "old", "theirs": "40"}]
    assert (desk.cells(1)[1], desk.cells(2)[2]) == ("Annika", "31")


def test_rows_that_were_deleted_meanwhile_stay_deleted(desk: Desk) -> None:
    book = desk.workbook(lambda sheet: None)
    desk.change("delete_rows", rows=[2])
    found = desk.exchange.take(book, "upload-1")
    assert (found["matched_rows"], found["added_rows"], found["missing_rows"]) == (4, 0, 0)


def test_failing_rows_go_out_with_what_is_wrong(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.workbook(which="errors"))["Rows"]
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows(min_row=4) for cell in row if cell.comment}
    assert "This is not a number" in " ".join(notes.values())
    assert all(note.strip() for note in notes.values())


def test_csv_counts_its_rows(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    assert desk.exchange.export("all", "csv", target) == 5
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 6


@pytest.mark.parametrize("upload", ["../../etc/passwd", "", "a/b", "x" * 65, "never-uploaded"])
def test_a_name_that_no_upload_has_reads_no_file(desk: Desk, upload: str) -> None:
    with pytest.raises(RefusedChangeError, match="Upload it again"):
        desk.change("merge_file", upload=upload)


def test_a_workbook_that_cannot_be_used_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises((RefusedChangeError, ImportFailedError)):
        desk.exchange.take(broken, "upload-1")
    with pytest.raises(RefusedChangeError, match="Upload it again"):
        desk.change("merge_file", upload="upload-1")


def test_a_transform_is_one_change_that_can_be_taken_back(tmp_path: Path) -> None:
    with HookPool(1, HookLimits(call_seconds=10)) as pool:
        desk = Desk(ROWS, tmp_path, pool.acquire)
        before = shown(desk.table)
        preview = Preview.model_validate(
            desk.editor.preview({"kind": "transform", "expression": "({ name: text.name + '!' })"})
        )
        assert (preview.cells, preview.problem) == (5, None)
        wrong = Preview.model_validate(desk.editor.preview({"kind": "transform", "expression": "({ name: "}))
        assert wrong.problem is not None
        assert "line 2, column 1" in wrong.problem
        desk.change("transform", expression="({ name: text.name + '!' })", view={"only": "errors"})
        assert set(desk.cells(1).values()) >= {"Bo!", "Cy!"}
        desk.undo(1)
        assert shown(desk.table) == before


_CELLS = st.none() | st.sampled_from(
    ["1", "2", "x", "a@b.de", "mailto:a@b.de", "opn", "Open", "-1", "1,5", "12,-", " ", "2.5"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, min_size=7, max_size=7), min_size=1, max_size=6), data=st.data())
def test_any_fix_of_any_rows_is_taken_back_by_undo(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], data: st.DataObject
) -> None:
    desk = Desk(rows, tmp_path_factory.mktemp("desk"))
    before, issues = shown(desk.table), live_issues(desk.table)
    offers = [(group.id, offer) for group in desk.groups().values() for offer in group.fixes]
    if not offers:
        return
    for group, offer in data.draw(st.lists(st.sampled_from(offers), min_size=1, max_size=3)):
        # An earlier fix may have mended what a later one is for.
        with contextlib.suppress(RefusedChangeError):
            desk.change("fix", group=group, fix=offer.id, text="7")
    for seq in range(len(desk.log), 0, -1):
        desk.undo(seq)
    assert shown(desk.table) == before
    assert live_issues(desk.table) == issues

"""Answers of the review step, given inside the browser: for what a real import shows rarely or only for a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, RootModel

from headgate.reviews import api_models as api
from tests.browser.double import SUMMARY, ReviewDouble

WHEN = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
ROWS = 231
"""Rows in error; each has one cell."""


class ReviewStepDouble(ReviewDouble):
    """A review whose rows are made up, and that answers changes with what a test says."""

    def __init__(self, **settings: Any) -> None:
        super().__init__("review", **settings)
        self.grid = api.Grid(version=0, columns=_grid_columns(), groups=error_groups(), summary=SUMMARY.model_copy())
        self.after: api.Grid | None = None
        """The grid after the next change."""
        self.result: dict[str, Any] = {"cells": 182, "rows": 182}
        """What the next change says that it did."""
        self.preview = api.Preview(cells=0, rows=0, skipped=0, samples=[], errors_before=0, errors_after=0)
        self.history: list[api.HistoryEntry] = []
        self.confirmation_message: str | None = None
        self.upload = api.UploadedFile(
            upload="u-1", matched_rows=214, changed_cells=12, added_rows=1, missing_rows=2, unknown_columns=["Notes"]
        )

    def settle(self) -> None:
        """The next change mends the first group."""
        summary = self.grid.summary.model_copy(
            update={"error_cells": 49, "rows_with_errors": 45, "delivered": 12_435, "left_out": 45}
        )
        self.after = self.grid.model_copy(update={"groups": self.grid.groups[1:], "summary": summary})

    def clear_all(self) -> None:
        """Nothing is left in error."""
        self.grid.groups = []
        self.grid.summary = self.grid.summary.model_copy(
            update={"error_cells": 0, "rows_with_errors": 0, "delivered": 12_480, "left_out": 0}
        )

    def _get_grid(self, _body: Any) -> BaseModel:
        return self.grid

    def _post_rows(self, body: Any) -> BaseModel:
        query = api.RowsQuery.model_validate(body)
        total = self.grid.summary.rows if query.view.only == "all" else ROWS
        rows = [_row(position) for position in range(query.offset, min(query.offset + query.limit, total))]
        return api.RowsPage(version=self.version, snapshot="s", total=total, offset=query.offset, rows=rows)

    def _post_cell(self, body: Any) -> BaseModel:
        asked = api.CellQuery.model_validate(body)
        return api.CellDetail(
            row=asked.row, column=asked.column, text="03.04.24", shown="03.04.24", original="03.04.24",
            suggestion="2024-04-03", mark=_row(asked.row).marks[2],
            history=[
                api.CellChange(
                    version=1, kind="set_cells", author="somebody-else", mine=False, at=WHEN, before="03.04", after="03.04.24"
                )
            ],
        )  # fmt: skip

    def _post_seek(self, body: Any) -> BaseModel:
        asked = api.SeekQuery.model_validate(body)
        position = asked.position + 1 if asked.direction == "next" else asked.position - 1
        if not 0 <= position < ROWS:
            return api.SeekResult(position=None, row=None, column=None, snapshot="s")
        return api.SeekResult(position=position, row=position, column="since", snapshot="s")

    def _post_distinct(self, _body: Any) -> BaseModel:
        return api.DistinctValues(values=[api.DistinctValue(text="Basic", count=9)], total=1)

    def _post_changes_preview(self, _body: Any) -> BaseModel:
        return self.preview

    def _post_changes(self, body: Any) -> BaseModel:
        change = api.ChangeBody.model_validate(body).change
        cells, rows = self.result.get("cells", 0), self.result.get("rows", 0)
        entry = self._changed(change.kind, cells, rows)
        return self._result(undo=entry, redo=None, **self.result)

    def _post_undo(self, _body: Any) -> BaseModel:
        taken = self.state.undo
        self._changed("undo", 1, 1)
        return self._result(undo=None, redo=taken, cells=1, rows=1)

    def _post_redo(self, _body: Any) -> BaseModel:
        again = self.state.redo
        self._changed("redo", 1, 1)
        return self._result(undo=again, redo=None, cells=1, rows=1)

    def _get_history(self, _body: Any) -> Any:
        return History(root=list(reversed(self.history)))

    def _post_export(self, body: Any) -> BaseModel:
        return api.ExportResult(url=f"/files/{api.ExportBody.model_validate(body).rows}.xlsx", rows=214)

    def _put_corrections(self, _body: Any) -> BaseModel:
        return self.upload

    def _post_submit_preview(self, _body: Any) -> BaseModel:
        return api.Confirmation(version=self.version, summary=self.grid.summary, message=self.confirmation_message)

    def _post_submit(self, _body: Any) -> BaseModel:
        self.state.submitting = True
        return api.SubmitResult(status="submitting")

    def _changed(self, kind: str, cells: int, rows: int) -> api.HistoryEntry:
        self.version += 1
        self.state.version = self.version
        entry = api.HistoryEntry(
            version=self.version, kind=kind, author="me", mine=True, at=WHEN, parameters={"column": "since"}, cells=cells,
            rows=rows, undone=False,
        )  # fmt: skip
        self.history.append(entry)
        if self.after:
            self.grid, self.after = self.after, None
        self.grid.version = self.version
        return entry

    def _result(self, undo: api.HistoryEntry | None, redo: api.HistoryEntry | None, **told: Any) -> api.ChangeResult:
        self.state.undo, self.state.redo = undo, redo
        return api.ChangeResult(version=self.version, summary=self.grid.summary, undo=undo, redo=redo, **told)


class History(RootModel[list[api.HistoryEntry]]):
    """The answer of `GET /history`."""


def _grid_columns() -> list[api.GridColumn]:
    columns = [
        ("name", "Name", "Name", "string", 0),
        ("email", "E-mail", "Mail", "email", 12),
        ("since", "Customer since", "Date Activated", "date", 182),
        ("plan", "Plan", "Paket", "select", 31),
        ("phone", "Phone", "Telefon", "phone-number", 6),
    ]
    return [
        api.GridColumn(
            id=key, field=key, label=label, header=header, type=kind, read_only=False, formatted=False, width=18,
            errors=errors, warnings=0, infos=0,
        )
        for key, label, header, kind, errors in columns
    ]  # fmt: skip


def _row(position: int) -> api.GridRow:
    message = api.Message(code="date_order", level="error", text="The order of day and month is not clear.")
    cells = [f"Ada {position}", f"ada{position}@example.com", "03.04.24", "Basic", "(702) 248-6355"]
    mark = api.CellMark(level="error", messages=[message])
    return api.GridRow(row=position, number=position + 1, cells=list(cells), marks={2: mark})


def _fix(kind: Any, cells: int, recommended: bool = False, **more: Any) -> api.FixOffer:
    return api.FixOffer(
        id=kind, kind=kind, cells=cells, rows=cells, samples=more.pop("samples", []), recommended=recommended, **more
    )


def error_groups() -> list[api.ErrorGroup]:
    """Four causes as a file of customers has them."""
    dates = [
        api.Sample(row=1, column="since", before="03.04.24", after="2024-04-03"),
        api.Sample(row=2, column="since", before="11-Jun-23", after="2023-06-11"),
    ]
    plan = {"Premium Plus": "p", "<b>?</b>": None}
    return [
        api.ErrorGroup(
            id="since:date_order", column="since", label="Customer since", code="date_order", level="error",
            text="Dates are written day first.", cells=182, rows=182,
            evidence=[api.Evidence(code="day_first", text="1,031 cells prove it, none speak against it.")],
            values=[api.GroupValue(text="03.04.24", count=3, suggestion="2024-04-03")], distinct=120,
            fixes=[_fix("day_month", 182, True, samples=dates), _fix("month_day", 182), _fix("clear", 182)],
        ),
        api.ErrorGroup(
            id="plan:option", column="plan", label="Plan", code="option_unknown", level="error",
            text="These texts are none of the options.", cells=31, rows=31, evidence=[],
            values=[
                api.GroupValue(text=text, count=30 if option else 1, suggestion=option) for text, option in plan.items()
            ],
            distinct=2,
            fixes=[
                _fix("map_values", 30, True, parameters={"Premium Plus": "p"}),
                _fix("clear", 31), _fix("delete_rows", 31),
            ],
        ),
        api.ErrorGroup(
            id="email:unique", column="email", label="E-mail", code="not_unique", level="error",
            text="The same address stands in several rows.", cells=12, rows=12, evidence=[],
            values=[api.GroupValue(text="contact@example.com", count=12, suggestion=None)], distinct=1,
            fixes=[_fix("keep_first", 11), _fix("keep_last", 11)],
        ),
        api.ErrorGroup(
            id="phone:invalid", column="phone", label="Phone", code="phone_invalid", level="error",
            text="Not a number that can be called in the United States.", cells=6, rows=6, evidence=[],
            values=[api.GroupValue(text="(911) 915-5556", count=1, suggestion=None)], distinct=6,
            fixes=[_fix("clear", 6), _fix("delete_rows", 6)],
        ),
    ]  # fmt: skip

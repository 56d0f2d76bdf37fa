"""Answers of the review API, given inside the browser: for what a real import shows rarely or only for a moment."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import BrowserContext, Route
from pydantic import BaseModel

from headgate.reviews import api_models as api

IMPORT = uuid.UUID(int=0x1234)
TOKEN = base64.urlsafe_b64encode(bytes(6) + IMPORT.bytes + bytes(24)).decode().rstrip("=")
STEPS: tuple[api.Step, ...] = ("header", "columns", "values", "review")
FIELDS = [
    api.FieldInfo(key="name", label="Name", type="string", required=True),
    api.FieldInfo(key="email", label="E-mail", type="email", description="Where we write to."),
    api.FieldInfo(key="phone", label="Phone", type="phone-number", require_mapping=True),
    api.FieldInfo(
        key="plan",
        label="Plan",
        type="select",
        select_options=[api.SelectOption(label="Basic", value="b"), api.SelectOption(label="Premium", value="p")],
    ),
    api.FieldInfo(key="since", label="Customer since", type="date"),
    api.FieldInfo(key="tags", label="Tags", type="string", many_to_one=True),
]


class ReviewDouble:
    """The review of one import: what it answers, and what was asked of it."""

    def __init__(self, step: api.Step = "header", **settings: Any) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.failing = 0
        self.refusals: dict[str, tuple[int, dict[str, Any]]] = {}
        self.version = 0
        self.state = _state(step, settings)
        self.header = _header()
        self.columns = _columns()
        self.values = _values()
        self.suggested = api.ColumnSuggestions(columns={}, problem=None)

    def serve(self, context: BrowserContext) -> None:
        """Answer the requests of every page of this context."""
        context.route(re.compile(rf"/api/v1/reviews/{IMPORT}(/|$)"), self._answer)

    def sent(self, method: str, path: str) -> list[Any]:
        """The bodies of the requests of one kind, oldest first."""
        return [body for m, p, body in self.asked if (m, p) == (method, path)]

    def _answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split("?")[0].split(str(IMPORT))[1].rstrip("/")
        if path == "/events":
            route.fulfill(status=404, json={"detail": "Not found."})  # a page that gets no events still works
            return
        if self.failing:
            self.failing -= 1
            route.abort()
            return
        body = json.loads(request.post_data) if request.post_data else None
        self.asked.append((request.method, path, body))
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            route.fulfill(status=403, json={"detail": "This link is not valid."})
        elif path in self.refusals:
            status, problem = self.refusals[path]
            route.fulfill(status=status, json=problem)
        else:
            answer: Callable[[Any], BaseModel] = getattr(self, f"_{request.method.lower()}{path.replace('/', '_')}")
            route.fulfill(content_type="application/json", body=answer(body).model_dump_json())

    def _get(self, _body: Any) -> BaseModel:
        return self.state

    def _get_header(self, _body: Any) -> BaseModel:
        return self.header

    def _get_columns(self, _body: Any) -> BaseModel:
        return self.columns

    def _get_values(self, _body: Any) -> BaseModel:
        return self.values

    def _get_grid(self, _body: Any) -> BaseModel:
        return api.Grid(version=self.version, columns=[], groups=[], summary=SUMMARY)

    def _post_rows(self, _body: Any) -> BaseModel:
        return api.RowsPage(version=self.version, snapshot="all", total=0, offset=0, rows=[])

    def _put_header(self, body: Any) -> BaseModel:
        decision = api.HeaderDecisionBody.model_validate(body)
        if decision.rows is not None:
            self.header.selected, self.header.status = decision.rows, "person"
        return self._decided()

    def _put_columns(self, body: Any) -> BaseModel:
        decisions = api.ColumnDecisionsBody.model_validate(body)
        for column in self.columns.columns:
            decision = decisions.columns.get(column.index)
            if decision:
                column.field, column.method = decision.field, "person"
                column.status = "ignored" if decision.ignore else "accepted" if decision.field else "unmapped"
            elif column.status == "uncertain" and decisions.accept_suggested:
                column.field, column.status = column.suggestions[0].field, "accepted"
        self.columns.uncertain = [c.index for c in self.columns.columns if c.status == "uncertain"]
        mapped = {column.field for column in self.columns.columns}
        self.columns.unmatched_required = [k for k in self.columns.unmatched_required if k not in mapped]
        return self._decided()

    def _post_columns_suggest(self, _body: Any) -> BaseModel:
        return self.suggested

    def _put_values(self, body: Any) -> BaseModel:
        decision = api.ValuesDecisionBody.model_validate(body)
        for question in self.values.dates:
            question.order = decision.orders.get(question.field, question.order)
        for values in self.values.fields:
            for value in values.values:
                if value.text in decision.values.get(values.field, {}):
                    value.option = decision.values[values.field][value.text]
                    value.status = "accepted" if value.option else "ignored"
        return self._decided()

    def _post_advance(self, body: Any) -> BaseModel:
        to = api.AdvanceBody.model_validate(body).to
        self.state.step, self.state.steps = to, _steps(to)
        return self.state

    def _decided(self) -> BaseModel:
        self.version += 1
        self.state.version = self.version
        return api.DecisionResult(version=self.version, state=self.state)


SUMMARY = api.Summary(
    rows=12_480, rows_with_errors=214, error_cells=231, warning_cells=0, info_cells=0, changed_cells=0, added_rows=0,
    deleted_rows=0, delivered=12_266, left_out=214,
)  # fmt: skip


def _steps(current: api.Step) -> list[api.StepInfo]:
    at = STEPS.index(current)
    states = ["done"] * at + ["current"] + ["upcoming"] * (len(STEPS) - at - 1)
    return [
        api.StepInfo.model_validate({"name": name, "status": status, "needs_person": status == "current"})
        for name, status in zip(STEPS, states, strict=True)
    ]


def _state(step: api.Step, settings: dict[str, Any]) -> api.ReviewState:
    defaults = api.PageSettings(
        invalid_data_behavior="REMOVE_INVALID_ROWS", allow_empty_submit=True, allow_custom_fields=True,
        allow_adding_rows=True, allow_removing_rows=True, remember_corrections=False,
        highlight_auto_fixes=False,
        transformations=True, transformations_in_words=False, transform_prompts=[], match_to_schema=False,
        skip_if_all_fields_matched=False, suggest_custom_first=False, column_suggestions=False, max_mappable_select_values=50,
        processing_text=None, style_overrides={}, text_overrides={},
    )  # fmt: skip
    return api.ReviewState(
        id=str(IMPORT), status="NEEDS_REVIEW", version=0, title="Add Contacts", import_identifier="Contacts",
        filename="customers-march.xlsx", locale="en", development_mode=False, step=step, steps=_steps(step),
        reasons=[
            api.Problem(code="column_match_uncertain", text="One column is not clear enough to decide."),
            api.Problem(code="date_order_ambiguous", text="The order of day and month is not clear."),
        ],
        preparing=None, submitting=False, rows_read=12_480, sheet="Export", fields=list(FIELDS),
        settings=defaults.model_copy(update=settings), undo=None, redo=None, lost_edits=0,
        expires=datetime(2100, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _header() -> api.HeaderView:
    rows = [["Report of March", None, None], [None, None, None], ["Name", "Mail", "Customer since"]]
    rows += [[f"Ada {n}", f"ada{n}@example.com", f"0{n}.04.24"] for n in range(1, 10)]
    return api.HeaderView(
        reading=api.ReadingInfo(
            format="xlsx", encoding=None, delimiter=None, quote=None, sheet="Export", encodings=[], delimiters=[],
            sheets=[api.Choice(value="Export", label="Export"), api.Choice(value="Old", label="Old")], warnings=[],
        ),
        rows=[api.HeaderRow(row=index, cells=list(cells)) for index, cells in enumerate(rows)],
        total_rows=12_483, more=True, selected=[2], suggested=[2], status="uncertain", confidence=0.7,
        evidence=[api.Evidence(code="names", text="Row 3 reads like names, and the rows below it like data.")],
        named_by_format=False,
    )  # fmt: skip


def _column(index: int, header: str, field: str | None, status: Any, **more: Any) -> api.FileColumn:
    known: dict[str, Any] = {
        "samples": [f"{header} {n}" for n in range(3)],
        "filled": 1.0,
        "method": "exact" if status == "accepted" else None,
        "confidence": 1.0 if status == "accepted" else 0.4,
        "evidence": [api.Evidence(code="exact", text="The same name.")] if status == "accepted" else [],
        "suggestions": [],
    }
    return api.FileColumn(index=index, header=header, field=field, status=status, **{**known, **more})


def _columns() -> api.ColumnsView:
    likely = [
        api.FieldSuggestion(
            field="email", confidence=0.72, evidence=[api.Evidence(code="v", text="9 of 9 values fit.")]
        ),
        api.FieldSuggestion(field="tags", confidence=0.2, evidence=[]),
    ]
    return api.ColumnsView(
        columns=[
            _column(0, "Name", "name", "accepted"),
            _column(1, "Mail", None, "uncertain", suggestions=likely),
            _column(2, "Customer since", "since", "accepted"),
            _column(3, "Paket", "plan", "accepted"),
            _column(4, "Telefon", None, "unmapped"),
        ],
        unmatched_required=["phone"],
        uncertain=[1],
    )


def _values() -> api.ValuesView:
    value = {"option": None, "status": "unmapped", "method": None, "suggestion": None}
    return api.ValuesView(
        fields=[
            api.SelectValues(
                field="plan", column="plan", total=120,
                values=[
                    api.SelectValue.model_validate({"text": "Premium Plus", "count": 31, **value, "suggestion": "p"}),
                    api.SelectValue.model_validate({"text": "basis", "count": 2, **value, "suggestion": "b"}),
                    api.SelectValue.model_validate({"text": "<b>?</b>", "count": 1, **value}),
                ],
            )
        ],
        dates=[
            api.DateQuestion(
                field="since", column="since", ambiguous=1_031, only_day_month=12, only_month_day=0,
                examples=[api.OrderReading(text="03.04.24", day_month="2024-04-03", month_day="2024-03-04")],
                order=None, by_person=False,
            )
        ],
    )  # fmt: skip

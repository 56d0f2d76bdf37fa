"""Suggestions for columns: what leaves, whose word counts, and that no answer of the endpoint does harm."""

from __future__ import annotations

import json
from typing import Any

import pytest

from headgate.config import Config
from headgate.reviews.api_models import ColumnSuggestions, ColumnsView, FieldInfo, FieldSuggestion, FileColumn
from headgate.reviews.suggesters import suggested, suggesters
from tests.unit.reviews.model_endpoint import Endpoint, Reply, content, raw

FIELDS = [
    FieldInfo(key="email", label="Email", type="email"),
    FieldInfo(key="first", label="First name", type="string"),
    FieldInfo(key="last", label="Last name", type="string"),
    FieldInfo(key="inner", label="Inner", type="string", hidden=True),
    FieldInfo(key="fixed", label="Fixed", type="string", read_only=True),
]


def column(index: int, header: str, status: Any, field: str | None = None, *others: str) -> FileColumn:
    return FileColumn(
        index=index, header=header, samples=["ann@example.com"], filled=1.0, field=field, status=status, method=None,
        confidence=0.3, evidence=[], suggestions=[FieldSuggestion(field=key, confidence=0.3, evidence=[]) for key in others],
    )  # fmt: skip


VIEW = ColumnsView(
    columns=[
        column(0, "Mail", "accepted", "email"),
        column(1, "Nm 1", "unmapped", None, "last"),
        column(2, "Nm 2", "uncertain", "first"),
        column(3, "Rest", "unmapped"),
        column(4, "Old", "ignored"),
    ],
    unmatched_required=[],
    uncertain=[2],
)


def ask(
    endpoint: Endpoint | None, reply: Reply | None = None, view: ColumnsView = VIEW, **settings: Any
) -> ColumnSuggestions:
    values: dict[str, Any] = {}
    if endpoint is not None and reply is not None:
        endpoint.reply = reply
        values = {"suggest_endpoint": endpoint.url, "suggest_model": "small", "suggest_key": "sk-secret"}
    config = Config.model_validate(values | settings)
    return suggested(view, FIELDS, suggesters(config, seconds=2))


def keys(found: ColumnSuggestions) -> dict[int, list[tuple[str, str]]]:
    return {index: [(one.field, one.source) for one in ones] for index, ones in found.columns.items()}


def answer(columns: Any) -> Reply:
    return content(json.dumps({"columns": columns}))


def test_without_a_model_headgates_own_suggestions_stand_alone() -> None:
    found = ask(None)
    assert keys(found) == {1: [("last", "headgate")], 2: [("first", "headgate")]}
    assert found.problem is None


def test_the_models_suggestions_stand_before_headgates_own(endpoint: Endpoint) -> None:
    found = ask(endpoint, answer({"1": ["first"], "3": ["last"]}))
    assert keys(found) == {
        1: [("first", "model"), ("last", "headgate")],
        2: [("first", "headgate")],
        3: [("last", "model")],
    }


def test_headers_and_the_schema_leave_and_nothing_else(endpoint: Endpoint) -> None:
    ask(endpoint, answer({}))
    ((path, headers, body),) = endpoint.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer sk-secret"
    assert json.loads(body["messages"][1]["content"]) == {
        "fields": [
            {"key": "first", "label": "First name", "type": "string"},
            {"key": "last", "label": "Last name", "type": "string"},
        ],
        "columns": [
            {"index": 1, "header": "Nm 1"},
            {"index": 2, "header": "Nm 2"},
            {"index": 3, "header": "Rest"},
        ],
    }


def test_values_leave_only_where_the_operator_allows_it(endpoint: Endpoint) -> None:
    ask(endpoint, answer({}), suggest_samples=True)
    content_sent = json.loads(endpoint.requests[0][2]["messages"][1]["content"])
    assert content_sent["columns"][0]["samples"] == ["ann@example.com"]


def test_values_of_a_column_that_may_be_masked_never_leave(endpoint: Endpoint) -> None:
    hidden = VIEW.model_copy(update={"columns": [one.model_copy(update={"hidden": True}) for one in VIEW.columns]})
    ask(endpoint, answer({}), hidden, suggest_samples=True)
    assert "ann@example.com" not in json.dumps(endpoint.requests[0][2])


@pytest.mark.parametrize(
    "columns",
    [
        {"0": ["first"], "4": ["first"], "77": ["first"], "x": ["first"]},
        {"3": ["email"]},
        {"3": ["inner", "fixed", "no_such_field", ""]},
    ],
    ids=["columns not asked about", "a field that has its column", "fields that nobody may write"],
)
def test_what_nobody_asked_for_is_dropped(endpoint: Endpoint, columns: dict[str, list[str]]) -> None:
    assert keys(ask(endpoint, answer(columns))) == keys(ask(None))


@pytest.mark.parametrize(
    "reply",
    [
        content("I think column 1 is the e-mail."),
        content(json.dumps({"columns": {"1": "first"}})),
        content(json.dumps({"columns": {}, "run": "rm -rf /"})),
        content("[" * 100_000),
        raw(b"{}"),
        raw(b"x" * 300_000),
        raw(b"", 500),
        raw(b"", 302),
        raw(b"sk-secret", 401),
    ],
    ids=["prose", "no list", "more than asked", "nested", "no completion", "huge", "failure", "elsewhere", "refused"],
)
def test_an_unusable_answer_leaves_headgates_suggestions_and_says_so(endpoint: Endpoint, reply: Reply) -> None:
    found = ask(endpoint, reply)
    assert keys(found) == keys(ask(None))
    assert found.problem is not None
    assert "choose the fields yourself" in found.problem.lower()
    assert "sk-secret" not in found.problem


def test_at_most_three_fields_are_shown_and_each_once(endpoint: Endpoint) -> None:
    found = ask(endpoint, answer({"1": ["first", "first", "last", "last", "first"]}))
    assert keys(found)[1] == [("first", "model"), ("last", "model")]

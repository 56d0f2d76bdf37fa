"""The log of a review as the engine sees it: what was changed, in order. A view is the fold of it over the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from headgate.records import dataclass

DECISIONS = frozenset({"header", "columns", "values"})
"""Kinds whose `parameters["decisions"]` is the whole of what people decided so far (PersonDecisions.to_json)."""

BULK = frozenset({"replace", "fix"})
"""Kinds of changes of which a recipe keeps what they did to the cells; cells of all others are only counted there."""

Direction = Literal["undo", "redo"]


@dataclass(frozen=True)
class LogEntry:
    """One change. `seq` counts from 1 without gaps. `kind`: the kind of a change of the API, one of DECISIONS, `undo`, `redo`,
    or `hooks` (what REVIEW_STEP_PRE_SUBMIT changed).

    `delta`: the cells and rows that became something else (delta.py), None for decisions. `undoes`: the `seq` that an undo takes
    back, or that a redo brings again. An undo of a decision has `parameters["decisions"]` as they were before.
    """

    seq: int
    kind: str
    author: str
    change_id: str
    created_at: datetime
    parameters: dict[str, Any] = field(default_factory=dict)
    cells: int = 0
    rows: int = 0
    undoes: int | None = None
    delta: bytes | None = None


@dataclass(frozen=True)
class Prepared:
    """A change that was computed and is not yet in effect: what the log entry will hold, and what the caller is told.

    `answer`: the keys `added`, `conflicts`, `skipped` of the API's ChangeResult, as far as they apply.
    """

    kind: str
    parameters: dict[str, Any]
    cells: int = 0
    rows: int = 0
    delta: bytes | None = None
    undoes: int | None = None
    answer: dict[str, Any] = field(default_factory=dict)


class RefusedChangeError(ValueError):
    """A change or question that cannot be carried out. `code`: `view_changed`, `unknown_row`, `unknown_column`, `not_editable`,
    `wrong_expression`, `nothing_to_do`, `not_ready` … The message says what to do, in English; `key` and `parameters` say it in
    other languages (None where there is no such text)."""

    def __init__(
        self, code: str, message: str, *, key: str | None = None, parameters: Mapping[str, Any] | None = None
    ) -> None:
        self.code = code
        self.key = key
        self.parameters = dict(parameters or {})
        super().__init__(message)

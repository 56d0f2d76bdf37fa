"""The JSON forms of what only the service knows of a review: its state, its history (api_models)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from headgate.db import iso
from headgate.engine.errors import LEFT_OVER_BY_A_FINISH
from headgate.engine.review.log import LogEntry
from headgate.reviews.access import Reviewer


def state(
    reviewer: Reviewer,
    engine: dict[str, Any],
    *,
    version: int,
    undo: dict[str, Any] | None = None,
    redo: dict[str, Any] | None = None,
    preparing: dict[str, Any] | None = None,
    submitting: bool = False,
    problem: dict[str, Any] | None = None,
    in_words: bool = False,
    suggests: bool = False,
) -> dict[str, Any]:
    """ReviewState. `engine`: its part of it. `problem`: why the last longer piece of work did not come to its end.
    `in_words`, `suggests`: whether the operator set up what writes expressions from words, and what suggests fields."""
    row = reviewer.row
    finish = [reason(error) for error in row.import_errors or [] if error.get("code") in LEFT_OVER_BY_A_FINISH]
    known = {one["code"] for one in engine["reasons"]}
    first = [one for one in [problem, *finish] if one is not None and one["code"] not in known]
    return engine | {
        "id": str(row.id),
        "status": row.status,
        "version": version,
        "undo": undo,
        "redo": redo,
        "preparing": preparing,
        "submitting": submitting,
        "reasons": first + engine["reasons"],
        "expires": iso(reviewer.expires),
        "settings": engine["settings"]
        | {
            "transformations_in_words": engine["settings"]["transformations"] and in_words,
            "column_suggestions": suggests,
        },
    }


def reason(error: dict[str, Any]) -> dict[str, Any]:
    """An entry of `import_errors` as a Problem."""
    context = {key: value for key, value in error.items() if key not in ("code", "message")}
    return {"code": error["code"], "text": error["message"], "context": context}


def history_entry(entry: LogEntry, author: str, undone: Collection[int]) -> dict[str, Any]:
    """HistoryEntry."""
    return {
        "version": entry.seq,
        "kind": entry.kind,
        "author": entry.author,
        "mine": bool(author) and entry.author == author,
        "at": iso(entry.created_at),
        # What people decided so far is for the engine; it can be long.
        "parameters": {key: value for key, value in entry.parameters.items() if key != "decisions"},
        "cells": entry.cells,
        "rows": entry.rows,
        "undone": entry.seq in undone,
    }


def cell_change(change: dict[str, Any], entry: LogEntry, author: str) -> dict[str, Any]:
    """CellChange: what a delta says of a cell, and the entry that it belongs to."""
    shown = history_entry(entry, author, ())
    return {key: shown[key] for key in ("version", "kind", "author", "mine", "at")} | {
        "before": change["before"],
        "after": change["after"],
    }

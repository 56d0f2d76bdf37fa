"""The English texts, gathered from where the codes stand: the source of all catalogues.

A text's key is its kind and its code: `error.<type>.<code>`, `autofix.<type>.<code>`, `validator.<code>`, `row.<code>`,
`cell.<code>`, `reason.<code>`, `evidence.<code>`, `warning.<code>`, `workbook.<name>`, `refusal.<name>`; `word.*` and `unit.*` are
what texts are put together with.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from headgate.engine.messages.phrasing import Phrasing, Text

WORDS: dict[str, str] = {
    "title": "Add {name}",
    "quote": '"{text}"',
    "separator": ", ",
    "more": "{items} and {count} more",
    "is": "{field} is {value}",
    "is_empty": "{field} is empty",
}
UNITS: dict[str, dict[str, str]] = {
    "cells": {"one": "{n} cell", "other": "{n} cells"},
    "rows": {"one": "{n} row", "other": "{n} rows"},
    "columns": {"one": "{n} column", "other": "{n} columns"},
    "characters": {"one": "{n} character", "other": "{n} characters"},
    "bytes": {"one": "{n} byte", "other": "{n} bytes"},
}
_ALWAYS_NEEDED: dict[str, Text] = {
    **{f"word.{name}": text for name, text in WORDS.items()},
    **{f"unit.{name}": forms for name, forms in UNITS.items()},
}
_PHRASING = Phrasing("en", _ALWAYS_NEEDED)


def in_english(template: str, parameters: Mapping[str, Any]) -> str:
    """An English text with its parameters."""
    return _PHRASING.fill(template, parameters)


@cache
def english_texts() -> Mapping[str, Text]:
    """All texts by key."""
    # Types load Polars; whoever fills a single text need not.
    from headgate.engine.checking import CELL_MESSAGES, ROW_MESSAGES
    from headgate.engine.explanations import EVIDENCE, WARNINGS
    from headgate.engine.review.refusals import REFUSALS
    from headgate.engine.review.workbook_layout import WORKBOOK_MESSAGES
    from headgate.engine.review_reasons import REASONS
    from headgate.engine.types.registry import FIELD_TYPES
    from headgate.engine.validators.messages import MESSAGES

    kinds: dict[str, Mapping[str, str]] = {
        **{f"error.{name}": field_type.errors for name, field_type in FIELD_TYPES.items()},
        **{f"autofix.{name}": field_type.autofixes for name, field_type in FIELD_TYPES.items()},
        "validator": MESSAGES,
        "row": ROW_MESSAGES,
        "cell": CELL_MESSAGES,
        "reason": REASONS,
        "evidence": EVIDENCE,
        "warning": WARNINGS,
        "workbook": WORKBOOK_MESSAGES,
        "refusal": REFUSALS,
    }
    return {f"{kind}.{code}": text for kind, texts in kinds.items() for code, text in texts.items()} | _ALWAYS_NEEDED

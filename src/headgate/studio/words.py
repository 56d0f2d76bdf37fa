"""The answers of Schema Studio in the language of the person who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headgate.texts import IssueTexts, ServiceTexts

NO_LABELS: Mapping[str, str] = {}


def said_in(language: str, answer: dict[str, Any], labels: Mapping[str, str] = NO_LABELS) -> dict[str, Any]:
    """The answer with its statements, messages of cells and reasons in that language. `labels`: field key → label."""
    told: dict[str, Any] = IssueTexts(language).answer(ServiceTexts(language).statements(answer), labels)
    return told


def labels_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Field key → label of a schema as it was written."""
    fields = document.get("fields")
    return {
        str(field["key"]): str(field["label"])
        for field in (fields if isinstance(fields, list) else ())
        if isinstance(field, dict) and "key" in field and "label" in field
    }

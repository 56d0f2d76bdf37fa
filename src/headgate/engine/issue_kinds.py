"""What can be wrong with a cell or a row, and how much: what an issue is, without the table that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field as default
from typing import Any, Literal

from headgate.records import dataclass

Level = Literal["error", "warning", "info"]

RECIPE = "recipe"
"""Auto-fix code of a cell, whatever its type, that a saved correction changed (engine/recipe)."""


@dataclass(frozen=True)
class IssueKind:
    """One message at one slot; `slot` is None for a message about a whole row.

    `message` is None where every entry brings its own, as the messages of hooks do; else it is the schema's own text, or
    the English one. `key` and `parameters` say the latter in another language (`messages`); `key` is None for texts of
    the schema and of hooks, which are never translated.
    """

    slot: int | None
    field: str | None
    many_to_one_index: int | None
    code: str
    level: Level
    message: str | None
    key: str | None = None
    parameters: Mapping[str, Any] = default(default_factory=dict, compare=False)

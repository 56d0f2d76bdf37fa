"""Columns to fields, cell texts to options: what is taken, what is asked, what is left (pipeline.md, "Match")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headgate.engine.match.columns import match_columns
    from headgate.engine.match.decisions import ColumnDecision, RunnerUp, SourceColumn
    from headgate.engine.match.memory import LayoutChanges, MatchMemory, layout_changes, learn
    from headgate.engine.match.options import OptionMatch, OptionMatcher
    from headgate.engine.match.values import ValueDecision, ValueTally

__all__ = [
    "ColumnDecision",
    "LayoutChanges",
    "MatchMemory",
    "OptionMatch",
    "OptionMatcher",
    "RunnerUp",
    "SourceColumn",
    "ValueDecision",
    "ValueTally",
    "layout_changes",
    "learn",
    "match_columns",
]

_HOMES = {
    "ColumnDecision": "decisions",
    "LayoutChanges": "memory",
    "MatchMemory": "memory",
    "OptionMatch": "options",
    "OptionMatcher": "options",
    "RunnerUp": "decisions",
    "SourceColumn": "decisions",
    "ValueDecision": "values",
    "ValueTally": "values",
    "layout_changes": "memory",
    "learn": "memory",
    "match_columns": "columns",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: the build of a wheel compiles the tables below here, and has none of the engine's libraries.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

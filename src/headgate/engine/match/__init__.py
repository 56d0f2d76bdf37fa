"""Columns to fields, cell texts to options: what is taken, what is asked, what is left (pipeline.md, "Match")."""

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

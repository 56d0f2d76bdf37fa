"""The changes of the review API: from what a person asks for to a delta."""

from headgate.engine.review.changes.drafting import RowHooks
from headgate.engine.review.changes.editor import Editor

__all__ = ["Editor", "RowHooks"]

"""What undo and redo would do: each author's own changes, in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field

from headgate.engine.review.log import LogEntry
from headgate.records import dataclass
from headgate.reviews.models import SUBMIT


@dataclass
class Stacks:
    """Numbers of the changes that each author can take back, and of those that can be brought again.

    An author's next change clears what could be brought again; changes of others do not.
    """

    undo: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    redo: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    undone: set[int] = field(default_factory=set)
    version: int = 0

    def add(self, entry: LogEntry) -> None:
        """Take in the next entry of the log; one that is in it already changes nothing."""
        if entry.seq <= self.version:
            return
        self.version = entry.seq
        author, changed = entry.author, entry.undoes
        if entry.kind == "undo" and changed is not None:
            self._move(self.undo[author], self.redo[author], changed)
            self.undone.add(changed)
        elif entry.kind == "redo" and changed is not None:
            self._move(self.redo[author], self.undo[author], changed)
            self.undone.discard(changed)
        elif entry.kind != SUBMIT:
            self.undo[author].append(entry.seq)
            self.redo[author].clear()

    def next_undo(self, author: str) -> int | None:
        """The change that an undo of this author would take back."""
        stack = self.undo.get(author)
        return stack[-1] if stack else None

    def next_redo(self, author: str) -> int | None:
        """The change that a redo of this author would bring again."""
        stack = self.redo.get(author)
        return stack[-1] if stack else None

    @staticmethod
    def _move(source: list[int], target: list[int], seq: int) -> None:
        if seq in source:
            source.remove(seq)
        target.append(seq)

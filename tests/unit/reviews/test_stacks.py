"""Whose change an undo takes back."""

from __future__ import annotations

from datetime import UTC, datetime

from headgate.engine.review.log import LogEntry
from headgate.reviews.stacks import Stacks

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def stacks(*entries: tuple[str, str, int | None]) -> Stacks:
    found = Stacks()
    for seq, (author, kind, undoes) in enumerate(entries, 1):
        found.add(LogEntry(seq, kind, author, f"id-{seq}", NOW, undoes=undoes))
    return found


def test_each_author_takes_back_the_own_changes_newest_first() -> None:
    found = stacks(("a", "set_cells", None), ("b", "fill", None), ("a", "columns", None))
    assert (found.next_undo("a"), found.next_undo("b"), found.next_undo("c")) == (3, 2, None)


def test_an_undo_can_be_brought_again_and_taken_back_again() -> None:
    found = stacks(("a", "set_cells", None), ("a", "undo", 1))
    assert (found.next_undo("a"), found.next_redo("a"), found.undone) == (None, 1, {1})
    found = stacks(("a", "set_cells", None), ("a", "undo", 1), ("a", "redo", 1))
    assert (found.next_undo("a"), found.next_redo("a"), found.undone) == (1, None, set())


def test_a_new_change_clears_what_its_author_could_bring_again_and_nobody_elses() -> None:
    begun = (("a", "set_cells", None), ("b", "set_cells", None), ("a", "undo", 1), ("b", "undo", 2))
    found = stacks(*begun, ("a", "clear", None))
    assert (found.next_redo("a"), found.next_redo("b")) == (None, 2)


def test_a_submission_is_nothing_to_undo() -> None:
    assert stacks(("a", "set_cells", None), ("a", "submit", None)).next_undo("a") == 1


def test_an_entry_that_is_in_it_already_changes_nothing() -> None:
    found = stacks(("a", "set_cells", None))
    found.add(LogEntry(1, "set_cells", "a", "id-1", NOW))
    assert found.undo["a"] == [1]

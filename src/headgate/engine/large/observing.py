"""The look at all rows of a large table for values that may stand once: part by part, so that one that was cut off goes on.

One note says for all rules how many parts they were shown in this pass. What a rule holds by then stands on the disk before the
note does, and goes only when a later note stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headgate.engine.checking import Checks
from headgate.engine.large.plan import Part
from headgate.engine.large.work import LargeWork
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.validators.spilled_duplicates import SpilledDuplicates

_NOTE = "observed.json"


class Observation:
    """Shows the rows to the rules of `checks`. `key`: names what the parts follow from."""

    def __init__(self, work: LargeWork, key: str, checks: Checks, rows: StreamedRows, parts: Sequence[Part]) -> None:
        self._work = work
        self._key = key
        self._checks = checks
        self._rows = rows
        self._parts = parts
        found = (tracker.duplicates for tracker in checks.trackers)
        self._finders = [finder for finder in found if isinstance(finder, SpilledDuplicates)]

    def run(self) -> None:
        """Show all rows, as often as need be, from where an earlier run was cut off."""
        if not self._checks.wants_pass:
            return
        shown = self._resumed()
        while self._checks.wants_pass:
            for part in self._parts[shown:]:
                span = range(part.first, part.last)
                for chunk in self._rows.columns_of_part(self._checks.watched, span, replace(part.before)):
                    self._checks.look_at(chunk)
                self._note(part.number + 1)
            self._checks.end_pass()
            shown = 0
            self._note(shown)

    def _resumed(self) -> int:
        """How many parts were shown in the pass that was cut off."""
        note = self._work.kept(_NOTE)
        known = note is not None and note["key"] == self._key and len(note["finders"]) == len(self._finders)
        if note is not None and known and self._all_resume(note["finders"]):
            shown: int = note["parts"]
            return shown
        for finder in self._finders:
            finder.begin_anew()
        return 0

    def _all_resume(self, states: Sequence[dict[str, object]]) -> bool:
        return all(finder.resume(state) for finder, state in zip(self._finders, states, strict=True))

    def _note(self, parts: int) -> None:
        states = [finder.seal() for finder in self._finders]
        self._work.keep(_NOTE, {"key": self._key, "parts": parts, "finders": states})
        for finder in self._finders:
            finder.forget_others()

"""What else lays claim to a column or a field that are about to be matched by likeness: a reason to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from headgate.engine.explanations import because
from headgate.engine.match.similarity import SAME_MEANING, FieldNames
from headgate.libraries import numpy as np
from headgate.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

ACCEPT = 0.9
"""From here a match is taken: `benchmarks/scoreboard/columns.py` measures how often wrongly."""
ASK = 0.5


@dataclass(frozen=True, slots=True)
class Rival:
    """Another field for a column, or another column for a field, and how strong its claim is (0–1)."""

    what: Literal["field", "column"]
    which: str | int
    strength: float

    def evidence(self) -> dict[str, Any]:
        """Why the match is a question."""
        return because("rival", **{self.what: self.which}, confidence=round(self.strength, 4))


@dataclass(frozen=True, slots=True)
class Claims:
    """All pairs of open columns (rows of `scores`) and fields, and which of them are about to be matched.

    `indices`: the columns of the rows in the file. `concepts`: what the rows' names mean. `free`: positions of the fields
    that no column has by its name. `pairs`: the best assignment, row → field.
    """

    fields: Sequence[FieldNames]
    indices: Sequence[int]
    concepts: Sequence[frozenset[str]]
    scores: NDArray[np.float64]
    free: Sequence[int]
    pairs: dict[int, int]

    def rival(self, row: int, position: int) -> Rival | None:
        """The strongest other claim on the column (another free field) or on the field (another open column).

        Where names mean just the same, whoever is at home elsewhere just as surely claims nothing here: an "Email" beside
        "Buyer email" is no question when the schema has both.
        """
        scores = self.scores
        same = scores[row, position] >= SAME_MEANING
        at_home = {at: other for other, at in self.pairs.items() if same and scores[other, at] >= SAME_MEANING}
        rivals = [
            Rival("field", self.fields[other].field.key, float(scores[row, other]))
            for other in self.free
            if other != position
            and not (other in at_home and scores[at_home[other], other] > scores[row, other] < SAME_MEANING)
        ]
        if not self.fields[position].field.many_to_one:
            housed = set(at_home.values())
            rivals += [
                Rival("column", self.indices[other], float(scores[other, position]))
                for other in range(len(scores))
                if other != row and not (other in housed and scores[other, position] < SAME_MEANING)
            ]
        return max(rivals, key=lambda rival: rival.strength, default=None)

    def namesake(self, row: int, position: int, *, stands_in: bool) -> Rival | None:
        """Another column without a field of its own whose name has what the column and the field share ("Spouse Phone"
        beside "Customer Phone"): which of them is meant when a field says "Phone" only people know.

        What only stands in for the field (`stands_in`, a mobile number for the phone) may share nothing with it: there a
        column is a namesake too that has all of either name ("Tél. fixe", "Mobile 2").
        """
        wanted = {concept for meaning in self.fields[position].meanings for concept in meaning.concepts}
        own = self.concepts[row]
        alike = [wanted & own, wanted, own] if stands_in else [wanted & own]
        for other, concepts in enumerate(self.concepts):
            if other == row or self._has_its_own(other, position):
                continue
            if any(shared and shared <= concepts for shared in alike):
                return Rival("column", self.indices[other], ASK)
        return None

    def _has_its_own(self, row: int, position: int) -> bool:
        return row in self.pairs and self.pairs[row] != position and bool(self.scores[row, self.pairs[row]] >= ACCEPT)

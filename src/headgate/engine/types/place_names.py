"""Names of places compared without case, accents, punctuation and spaces: `Côte d’Ivoire` is `COTE D'IVOIRE`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from headgate.engine.types.place_folding import fold
from headgate.libraries import OSA, process

_SHORTEST_NAME, _SHORT_NAME = 4, 7

Claims = Mapping[str, Iterable[str]]
"""Names as `fold` gives them, and the codes that claim each."""


class NameTable:
    """Folded name → code. A name that several codes claim stands for none: a guess would be silent.

    `short_forms`: parts of names. Whoever has such a part for a whole name has the better claim.
    """

    def __init__(self, names: Claims | None = None, short_forms: Claims | None = None) -> None:
        self._codes: dict[str, set[str]] = {name: set(codes) for name, codes in (names or {}).items()}
        self._by_short_forms = {name: frozenset(codes) for name, codes in (short_forms or {}).items()}

    def add(self, names: Iterable[str], code: str) -> None:
        """`code` claims every one of `names`."""
        for name in names:
            self._codes.setdefault(fold(name), set()).add(code)

    def claims(self, name: str) -> frozenset[str]:
        """The codes that claim `name`: none, one, or several when the name is ambiguous."""
        folded = fold(name)
        return frozenset(self._codes.get(folded) or self._by_short_forms.get(folded) or ())

    def __contains__(self, name: str) -> bool:
        return bool(self.claims(name))

    def within(self, name: str, slips: int) -> frozenset[str]:
        """The codes of all places whose whole names are at most `slips` letters away."""
        found = process.extract(fold(name), self._codes.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return frozenset[str]().union(*(self._codes[near] for near, _, _ in found))

    def nearest(self, name: str) -> str | None:
        """The code of the one place whose name is a slip or two of the fingers away; None where there is none or several."""
        folded = fold(name)
        slips = 2 if len(folded) > _SHORT_NAME else 1
        if len(folded) < _SHORTEST_NAME:
            return None
        found = process.extract(folded, self._codes.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        least = min((distance for _, distance, _ in found), default=0)
        codes = set().union(*(self._codes[near] for near, distance, _ in found if distance == least))
        return codes.pop() if len(codes) == 1 else None

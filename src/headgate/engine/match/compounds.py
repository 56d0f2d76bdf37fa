"""Words put together of others: "Ablesedatum", "Avläsningsdatum", 采购订单号.

Languages that join words make more of them than any list holds. A word is taken apart only by the language that the file is
written in, only where every part is known, and only where the fewest parts give one reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from headgate.late_patterns import late_pattern
from headgate.records import dataclass

MAX_PARTS = 4
SHORTEST_PART = 3
SHORTEST_LAST = 2
LONGEST_WORD = 60
"""Letters of the longest word that is taken apart."""
_WITHOUT_SPACES = late_pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")

Concepts = tuple[str, ...]


@dataclass(frozen=True)
class Compounds:
    """What words may be put together of, by the languages of a file. `parts` mean something only inside of others;
    `joints` are letters between two parts that mean nothing ("s" in "Avläsningsdatum")."""

    words: Mapping[str, Concepts] = field(default_factory=dict)
    parts: Mapping[str, Concepts] = field(default_factory=dict)
    joints: frozenset[str] = frozenset()

    @classmethod
    def of(cls, files: Iterable[tuple[Mapping[str, Concepts], Mapping[str, Concepts], frozenset[str]]]) -> Compounds:
        """The compounds of languages that have parts (words, parts, joints of each); what two of them read differently
        is no part."""
        words: dict[str, Concepts] = {}
        parts: dict[str, Concepts] = {}
        joints: set[str] = set()
        disputed: set[str] = set()
        for own_words, own_parts, own_joints in files:
            if not own_parts:
                continue
            joints |= own_joints
            words.update(own_words)
            for text, concepts in own_parts.items():
                if parts.setdefault(text, concepts) != concepts:
                    disputed.add(text)
        return cls(words, {text: own for text, own in parts.items() if text not in disputed}, frozenset(joints))

    def concepts(self, word: str) -> Concepts:
        """The concepts of a word that is put together of known ones; empty where it is not, or where it may be read in
        two ways."""
        if not self.parts or len(word) > LONGEST_WORD:
            return ()
        whole = _WITHOUT_SPACES.fullmatch(word) is not None
        if not whole and not (word.isalpha() and len(word) >= SHORTEST_PART + SHORTEST_LAST):
            return ()
        # Readings of the first `end` letters with the fewest parts; the letters up to a joint belong to the part before it.
        best: list[tuple[int, set[Concepts]]] = [(0, {()}), *((MAX_PARTS + 1, set()) for _ in word)]
        for end in range(1, len(word) + 1):
            for begin in range(end):
                count, readings = best[begin]
                found = self._part(word[begin:end], whole=whole, last=end == len(word)) if readings else None
                if found is None or count + 1 > min(MAX_PARTS, best[end][0]):
                    continue
                extended = {(*reading, *found) for reading in readings}
                best[end] = (count + 1, extended | (best[end][1] if best[end][0] == count + 1 else set()))
        count, readings = best[-1]
        return next(iter(readings)) if count > 1 and len(readings) == 1 else ()

    def _part(self, text: str, *, whole: bool, last: bool) -> Concepts | None:
        shortest = 1 if whole else SHORTEST_LAST if last else SHORTEST_PART
        if len(text) < shortest:
            return None
        found = self._known(text, whole=whole)
        if found is None and not whole and not last:
            stems = (text.removesuffix(joint) for joint in self.joints if text.endswith(joint))
            known = {self._known(stem, whole=whole) for stem in stems if len(stem) >= SHORTEST_PART} - {None}
            found = known.pop() if len(known) == 1 else None
        return found

    def _known(self, text: str, *, whole: bool) -> Concepts | None:
        if text in self.parts:
            return self.parts[text]
        # One letter of a language without spaces is a word too often for its meaning to be sure inside of another.
        return self.words.get(text) if not whole or len(text) > 1 else None


def no_compounds() -> Compounds:
    """The compounds of languages that join no words."""
    return Compounds()

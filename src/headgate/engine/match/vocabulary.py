"""What column names mean: texts of several languages become the same concepts (`language_files.py`).

A header's *meaning* is its concepts in order, such as `billing, city`. A word that the vocabulary does not know is a
concept of its own, written `?word`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cached_property, lru_cache

from headgate.engine.match.compounds import Compounds, no_compounds
from headgate.engine.match.language_files import language_codes, language_file, names_of
from headgate.engine.match.option_rules import option_rules, singular
from headgate.engine.match.relations import relations
from headgate.engine.match.slips import SHORTEST_TYPO, within_one_edit
from headgate.engine.match.words import LONGEST_NAME, begin_figures, header_words, is_figure
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

LONGEST_PHRASE = 6
"""Words of the longest text in the vocabulary that is looked for inside a header."""
MAX_WORDS = 24
REMEMBERED_MEANINGS = 20_000
_SHORTEST_PIECE = 3
_BEGINNING = 3
_SPOKEN_FROM = 2
_LONG_ENOUGH = 10
_NEIGHBOURS = {"no": "da", "sv": "da", "uk": "ru", "pt": "es"}
"""Languages so near to another one that what both know ("timer", "lag") is no word of many."""
_PLURAL = "plural"
_ENGLISH = "en"
_SCRIPTS = {
    "ja": late_pattern("[\u3040-\u30ff\u3400-\u9fff]"),
    "ko": late_pattern("[\uac00-\ud7a3]"),
    "ru": late_pattern("[\u0400-\u04ff]"),
    "uk": late_pattern("[\u0400-\u04ff]"),
    "zh": late_pattern("[\u3400-\u9fff]"),
}
"""Languages whose texts all have such a character: other names need not be looked for in their files."""


@dataclass(frozen=True)
class Meaning:
    """What a name means. `sure` is false when a part means something only in company, or when words were put together
    from pieces or corrected (`corrected` tells the latter). `head_first`: the words are of a language that puts what it is
    before whose it is ("Référence client")."""

    concepts: tuple[str, ...]
    sure: bool = True
    corrected: str | None = None
    head_first: bool = False

    @cached_property
    def known(self) -> bool:
        """Whether the vocabulary knows every part."""
        return bool(self.concepts) and not any(concept.startswith("?") for concept in self.concepts)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each concept stands in it; not to be changed."""
        return Counter(self.concepts)

    @cached_property
    def joined(self) -> str:
        """The concepts as the vocabulary files write them."""
        return "+".join(self.concepts)


@dataclass(frozen=True)
class Vocabulary:
    """Texts (as `header_key` gives them) and their concepts, for the languages that a set of names is written in."""

    inside: dict[str, tuple[str, ...]]
    alone: dict[str, tuple[str, ...]]
    fillers: frozenset[str]
    links: frozenset[str]
    never_alone: frozenset[str]
    familiar: frozenset[str]
    """The texts of English and the spoken languages: nothing else explains parts or misspellings of words ("apelido",
    a nickname in Brazil, is not the Spanish "apellido" misspelt)."""
    endings: frozenset[str] = frozenset()
    """Last words that say that a time is meant ("paid on", "bezahlt am")."""
    compounds: Compounds = field(default_factory=no_compounds, compare=False)
    head_first: bool = False
    """Whether all spoken languages put what it is before whose it is."""

    meanings: dict[str, Meaning] = field(default_factory=dict, compare=False)
    """What was asked before; forgotten when it is much."""
    known: dict[str, tuple[str, ...] | None] = field(default_factory=dict, compare=False)
    """The same of what `known_concepts` was asked."""
    strange: set[str] = field(default_factory=set, compare=False)
    """Words that were met and are none of the vocabulary, however they are read; forgotten when they are many."""
    typo_targets: dict[str, dict[int, list[str]]] = field(default_factory=dict, compare=False)
    """First letter → length → the words that may be misspelt."""

    def meaning(self, text: str) -> Meaning:
        """The meaning of a header, or of a field's label or key; a text too long for a name means nothing."""
        if len(text) > LONGEST_NAME:
            return Meaning(())
        known = self.meanings.get(text)
        if known is None:
            if len(self.meanings) >= REMEMBERED_MEANINGS:
                self.meanings.clear()
            known = self.meanings[text] = self._meaning(text)
        return known

    def known_concepts(self, text: str) -> tuple[str, ...] | None:
        """The concepts of a text if the vocabulary knows every part of it, else None: as `meaning` tells, but what is no name, as most
        cells of data are, is sooner left."""
        if len(text) > LONGEST_NAME:
            return None
        if text in self.known:
            return self.known[text]
        if not self._begins_figures and is_figure(text):
            return None
        words = header_words(text)[:MAX_WORDS]
        if self._whole(words) is None and self.links.isdisjoint(words):
            found = self._known(words)
        else:
            meaning = self.meaning(text)
            found = meaning.concepts if meaning.known else None
        if len(self.known) >= REMEMBERED_MEANINGS:
            self.known.clear()
        self.known[text] = found
        return found

    def _known(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """What `_parse` finds in words none of which is a link, if it knows all of them."""
        parsed: list[str] = []
        position = 0
        while position < len(words):
            if parsed and position == len(words) - 1 and words[position] in self.endings:
                parsed.append("date")
                break
            concepts, taken, _ = self._next(words, position)
            if concepts and concepts[0].startswith("?"):
                return None
            parsed.extend(concepts)
            position += taken
        return tuple(parsed) or None

    def _whole(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """The concepts of a text that stands in the vocabulary as it is."""
        whole = "".join(words)
        concepts = self.alone.get(whole)
        return self.inside.get(whole) if concepts is None and whole not in self.never_alone else concepts

    def _meaning(self, text: str) -> Meaning:
        words = header_words(text)[:MAX_WORDS]
        whole = self._whole(words)
        if whole is not None:
            return Meaning(whole)
        concepts, certain, corrected, links = self._parse(words)
        if len(links) == 1:
            # "Name of the company" is the company name; with two links nobody knows what belongs to what.
            reordered = [word for word in (*words[links[0] + 1 :], *words[: links[0]]) if word not in self.fillers]
            concepts, certain, corrected, _ = self._parse(reordered)
        if not concepts:
            concepts = tuple(f"?{word}" for word in words)
        certain = certain and "".join(words) not in self.never_alone and corrected is None
        # Words that English has too may stand in its order: "Manager account".
        head_first = self.head_first and len(words) > 1 and not all(w in language_file(_ENGLISH).names for w in words)
        return Meaning(concepts, sure=certain, corrected=corrected, head_first=head_first)

    def _parse(self, words: Sequence[str]) -> tuple[tuple[str, ...], bool, str | None, list[int]]:
        """The concepts of words in order, whether all are certain, a correction, and where linking words stood."""
        parsed: list[str] = []
        links: list[int] = []
        corrected: str | None = None
        certain = True
        position = 0
        while position < len(words):
            if parsed and position == len(words) - 1 and words[position] in self.endings:
                parsed.append("date")
                break
            concepts, taken, remark = self._next(words, position)
            if not concepts and parsed and words[position] in self.links:
                links.append(position)
            certain = certain and remark != _PLURAL
            corrected = corrected or (remark if remark != _PLURAL else None)
            parsed.extend(concepts)
            position += taken
        return tuple(parsed), certain, corrected, links

    def _next(self, words: Sequence[str], position: int) -> tuple[tuple[str, ...], int, str | None]:
        if self._may_begin(words[position : position + LONGEST_PHRASE]):
            for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
                concepts = self.inside.get("".join(words[position : position + length]))
                if concepts is not None:
                    return concepts, length, None
        word = words[position]
        if word in self.strange:
            return (f"?{word}",), 1, None
        if word in self.fillers:
            return (), 1, None
        pieces = self._pieces(word) or self.compounds.concepts(word)
        if pieces:
            return pieces, 1, None
        if singular(word) != word and singular(word) in self.inside:
            # "Orders" may be a number of orders: the same thing, but not for sure.
            return self.inside[singular(word)], 1, _PLURAL
        targets = self._corrected(word)
        if targets:
            # The corrected word may be the start of a longer text ("adress line 1").
            return max(
                ((*self._next([target, *words[position + 1 :]], 0)[:2], target) for target in targets),
                key=lambda reading: reading[1],
            )
        if len(self.strange) >= REMEMBERED_MEANINGS:
            self.strange.clear()
        self.strange.add(word)
        return (f"?{word}",), 1, None

    def _may_begin(self, words: Sequence[str]) -> bool:
        """Whether any text of the vocabulary begins as these words do: those of most cells of data are soon seen to be none."""
        start = "".join(words)[:_BEGINNING]
        return start in self._beginnings or start[:2] in self._beginnings or start[:1] in self._beginnings

    @cached_property
    def _begins_figures(self) -> bool:
        """Whether any text of the vocabulary begins with a digit or a sign of money: else no word of a figure is known."""
        return begin_figures((*self._beginnings, *self.alone, *self.compounds.parts))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first letters of all texts; shorter ones are there as they are."""
        return frozenset(text[:_BEGINNING] for text in self.inside)

    def _pieces(self, word: str) -> tuple[str, ...]:
        """The concepts of a word that is put together of two known ones ("custname"); empty when there is no such way,
        or more than one."""
        if len(word) < 2 * _SHORTEST_PIECE or not word.isascii():
            return ()
        splits = [
            (*self.inside[word[:at]], *self.inside[word[at:]])
            for at in range(_SHORTEST_PIECE - 1, len(word) - 1)
            if word[:at] in self.familiar
            and word[at:] in self.familiar
            and max(at, len(word) - at) >= _SHORTEST_PIECE + 1
        ]
        return splits[0] if len(splits) == 1 else ()

    def _targets(self, letter: str) -> dict[int, list[str]]:
        """The words with that first letter that may be misspelt, by length: cells of data are looked up as often as headers."""
        targets = self.typo_targets.get(letter)
        if targets is None:
            targets = {}
            for word in self.familiar:
                if word.startswith(letter) and len(word) >= SHORTEST_TYPO and word.isalpha() and word.isascii():
                    targets.setdefault(len(word), []).append(word)
            self.typo_targets[letter] = targets
        return targets

    def _corrected(self, word: str) -> list[str]:
        """The words of the vocabulary that a misspelt word must be, from six letters on; all of one meaning."""
        if len(word) < SHORTEST_TYPO or not word.isalpha():
            return []
        rules = option_rules("en")
        lengths = range(len(word) - 1, len(word) + 2)
        targets = self._targets(word[0])
        near = (target for length in lengths for target in targets.get(length, ()))
        # One edit leaves what stands before the middle as it is, or what stands behind it.
        middle = len(word) // 2
        beginning, ending = word[:middle], word[middle + 1 :]
        found = [
            target
            for target in near
            if (target.startswith(beginning) or target.endswith(ending)) and within_one_edit(word, target)
        ]
        if len({self.inside[target] for target in found}) != 1:
            return []
        return sorted(t for t in found if rules.is_typo(word, t) and singular(t) != word)


def vocabulary_for(names: Sequence[str], language: str = "en", beside: Sequence[str] = ()) -> Vocabulary:
    """The vocabulary that reads a file's headers, or a schema's names; `language` is a code of `settings.locale`.

    English and `language` always count, another language as soon as a whole name that they do not know is a clear
    text of it. A short one does not tell by itself ("Sold" and "Born" are English words), unless languages that are no neighbours mean
    the same by it ("Typ") or know another name, here or `beside` (of the schema for the headers, and the other way round). Texts that mean
    other things in other languages ("Art", "Nom", "Name") count only for the language that is spoken: `language`, or
    one that knows at least two of the names, one of them alone; no other may know more.
    """
    always = _always(language)
    hits = _hits(names, language)
    most = max(map(len, hits.values()), default=0)
    spoken = frozenset(
        code
        for code, texts in hits.items()
        if len(texts) == most and (code in always or (most >= _SPOKEN_FROM and _alone(texts, code, hits)))
    )
    heard = {
        code for found in (hits, _hits(beside, language)) for code, own in found.items() if len(own) >= _SPOKEN_FROM
    }
    counting = {
        code
        for code, texts in hits.items()
        if texts and (code in heard or any(_says_its_language(text, hits) for text in texts))
    }
    return _vocabulary(frozenset({*always, *counting}), spoken)


def _says_its_language(text: str, hits: dict[str, set[str]]) -> bool:
    families = {_NEIGHBOURS.get(code, code) for code, texts in hits.items() if text in texts}
    return len(text) >= _LONG_ENOUGH or not text.isascii() or len(families) > 1


def _always(language: str) -> tuple[str, ...]:
    own = language.partition("_")[0]
    return tuple(code for code in dict.fromkeys((_ENGLISH, own)) if code in language_codes())


def _hits(names: Sequence[str], language: str) -> dict[str, set[str]]:
    """The clear texts of each language among `names` that English and `language` do not know."""
    always = _always(language)
    keys = {"".join(header_words(name)) for name in names if len(name) <= LONGEST_NAME}
    foreign = set(keys.difference(*(names_of(code) for code in always)))
    hits = {code: foreign & names_of(code) for code in _worth_reading(foreign)}
    for own in always[1:]:
        hits[own] = (keys & names_of(own)) - names_of(_ENGLISH)
    return hits


def _worth_reading(texts: Iterable[str]) -> list[str]:
    """The languages whose files may know one of `texts`: few names need all of them."""
    everything = "".join(texts)
    if not everything:
        return []
    # A text of ASCII has no character of theirs, and a class of ten thousand characters takes a millisecond to compile.
    others = () if everything.isascii() else [code for code, script in _SCRIPTS.items() if script.search(everything)]
    return [code for code in language_codes() if code not in _SCRIPTS or code in others]


def _alone(texts: Iterable[str], language: str, hits: dict[str, set[str]]) -> bool:
    """Whether one of the texts is known to `language` only: what all its neighbours say too tells no language."""
    others = set[str]().union(*(known for code, known in hits.items() if code != language))
    return not others.issuperset(texts)


@lru_cache(maxsize=64)
def _vocabulary(languages: frozenset[str], spoken: frozenset[str]) -> Vocabulary:
    inside: dict[str, tuple[str, ...]] = {}
    alone: dict[str, tuple[str, ...]] = {}
    used = {code: language_file(code) for code in sorted(languages | spoken)}
    for code, file in used.items():
        for text in inside.keys() & file.names.keys():
            if inside[text] != file.names[text]:
                raise ValueError(f'{code}: "{text}" means {file.names[text]}, but {inside[text]} in another language.')
        inside.update(file.names)
        alone.update(file.alone)
    alone.update(_ambiguous(spoken))
    readers = [language_file(code) for code in sorted({*spoken, _ENGLISH})]
    familiar = frozenset[str]().union(*(file.names for file in readers))
    spoken_files = [language_file(code) for code in sorted(spoken)]
    return Vocabulary(
        inside=inside,
        alone=alone,
        fillers=frozenset().union(*(file.fillers for file in readers)),
        links=frozenset().union(*(file.links for file in readers)),
        never_alone=frozenset().union(*(file.never_alone for file in used.values())),
        familiar=familiar,
        endings=frozenset().union(*(file.endings for file in readers)),
        compounds=Compounds.of([(file.names, file.parts, file.joints) for file in spoken_files]),
        head_first=bool(spoken - {_ENGLISH}) and spoken - {_ENGLISH} <= relations().head_first,
    )


def _ambiguous(spoken: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ambiguous texts of the spoken languages, without those that mean different things in two of them."""
    readings: dict[str, set[tuple[str, ...]]] = {}
    for code in spoken:
        for text, concepts in language_file(code).ambiguous.items():
            readings.setdefault(text, set()).add(concepts)
    return {text: next(iter(concepts)) for text, concepts in readings.items() if len(concepts) == 1}

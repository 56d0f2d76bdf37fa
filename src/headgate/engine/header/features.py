"""What speaks for a row being the header: its names, its shape, and how the rows below differ from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Self

from headgate.engine.header.cells import DATA_KINDS, MAX_NAME_CHARACTERS, NEVER_NAMES, Kind
from headgate.engine.header.grid import Grid
from headgate.engine.header.surroundings import Surroundings
from headgate.engine.match.vocabulary import Vocabulary, vocabulary_for
from headgate.engine.match.words import begin_figures, header_key, is_figure
from headgate.records import dataclass
from headgate.schema import Field

KNOWN_ROWS = 5


@dataclass(frozen=True)
class SchemaNames:
    """The names of a schema's visible fields, in the forms that headers are compared in."""

    literal: dict[str, set[str]]
    normalized: dict[str, set[str]]
    concepts: dict[tuple[str, ...], set[str]]
    fields: int
    begin_figures: bool
    """Whether any of them begins with a digit or a sign of money: else no figure is one."""

    @classmethod
    def of(cls, fields: Sequence[Field]) -> SchemaNames:
        """The names of the fields that may be matched."""
        visible = [field for field in fields if not field.hidden]
        named = tuple((name, f.key) for f in visible for name in (f.label, f.key, *f.alternate_matches))
        return cls._of_names(named, len(visible))

    @classmethod
    @lru_cache(maxsize=16)
    def _of_names(cls, named: Sequence[tuple[str, str]], fields: int) -> Self:
        """The names and the keys of their fields, which most imports have in common with one before."""
        vocabulary = vocabulary_for([name for name, _ in named])
        literal: dict[str, set[str]] = {}
        normalized: dict[str, set[str]] = {}
        concepts: dict[tuple[str, ...], set[str]] = {}
        for name, key in named:
            literal.setdefault(name.strip(), set()).add(key)
            normalized.setdefault(header_key(name), set()).add(key)
            meaning = vocabulary.meaning(name)
            if meaning.known:
                concepts.setdefault(tuple(sorted(meaning.concepts)), set()).add(key)
        normalized.pop("", None)
        return cls(literal, normalized, concepts, fields, begin_figures(normalized))


@dataclass(frozen=True)
class RowFeatures:
    """What is seen of one row. Shares are of the row's filled cells."""

    row: int
    filled: int
    named_fields: int
    """Fields that the row names literally or but for case, space, punctuation."""
    similar_fields: int
    """More fields that the row names by a word of the same meaning."""
    literal_fields: int
    known_share: float
    """Cells that are names of business columns in any language."""
    name_share: float
    """Cells that could be a name at all."""
    distinct_share: float
    unnamed: tuple[int, ...]
    """Columns with data below that the row leaves empty."""
    coverage: float
    """Columns with data below that the row fills."""
    contrast_share: float
    """Cells that are text above a column of numbers, dates or the like."""
    contrasts: int
    contrasting: tuple[int, ...]
    """Their positions."""
    recurring_share: float
    """Cells whose text stands again below in the same column."""
    body_rows: int
    wide_above: bool
    """Whether a row above is about as wide: a header, or data, may stand there."""
    following: Sequence[int]
    """The next row, and the one below when it holds a lone cell."""
    body: Sequence[int]
    """The rows below that count."""
    texts: Sequence[str]
    """The filled cells without case."""
    around: Surroundings
    """Tells, with the rows above, what is asked of few rows only."""

    @cached_property
    def body_known_share(self) -> float:
        """The same as `known_share`, in the rows below."""
        return self.around.known_share(self.body[:KNOWN_ROWS])

    @cached_property
    def next_is_similar(self) -> bool:
        """Whether the next row could be a header as well as this one."""
        return any(_could_be_names(self.around.grid, row, self.filled) for row in self.following)

    @cached_property
    def next_is_data(self) -> bool:
        """Whether the next row is data wherever this one stands in contrast to what is below; a lone cell before it names a group."""
        return bool(self.body) and _is_data(self.around.grid, self.following[-1], self.contrasting)

    @cached_property
    def gap(self) -> int:
        """Blank records between this row and the next filled one."""
        return self.around.gap(self.row)

    @cached_property
    def years_in_order(self) -> bool:
        """Whether the years among the cells, if any, go up or down, evenly if they are only three, as those above a table do."""
        cells, kinds = self.around.grid.cells[self.row], self.around.grid.kinds[self.row]
        return _in_order([int(cell) for cell, kind in zip(cells, kinds, strict=True) if kind is Kind.YEAR])

    @cached_property
    def names_repeat_in_turn(self) -> bool:
        """Whether several different names stand more than once ("Total, Men, Women, Total, Men, Women"), as under groups; what
        stands in for missing values is one text."""
        return _repeat_in_turn(self.texts)


def features_of(grid: Grid, candidates: Sequence[int], names: SchemaNames, vocabulary: Vocabulary) -> list[RowFeatures]:
    """Look at some rows, from the top on, as candidates."""
    around = Surroundings(grid, candidates, vocabulary)
    return [_features(grid, row, around, names, vocabulary) for row in candidates]


def _features(grid: Grid, row: int, around: Surroundings, names: SchemaNames, vocabulary: Vocabulary) -> RowFeatures:
    cells, filled = grid.cells[row], grid.filled(row)
    below = around.body(row)
    body = below.rows
    texts = [cells[position] for position in filled]
    folded = [text.casefold() for text in texts]
    count, positions = max(1, len(filled)), set(filled)
    literal, named, similar = named_fields(texts, names, vocabulary)
    with_data = [position for position, values in enumerate(below.values) if values]
    kinds = grid.kinds[row]
    contrasting = below.contrasting(kinds)
    contrasts = len(contrasting)
    return RowFeatures(
        row=row,
        filled=len(filled),
        named_fields=named,
        similar_fields=similar,
        literal_fields=literal,
        known_share=around.known_share([row]),
        name_share=len([kind for kind in kinds if kind not in NEVER_NAMES and kind is not Kind.EMPTY]) / count,
        distinct_share=len(set(folded)) / count,
        unnamed=tuple(position for position in with_data if position not in positions),
        coverage=len(positions.intersection(with_data)) / max(1, len(with_data)),
        contrast_share=contrasts / count,
        contrasts=contrasts,
        contrasting=tuple(contrasting),
        recurring_share=len(below.recurring) / count,
        body_rows=len(body),
        wide_above=around.is_wide_below_another(row),
        following=_next_rows(grid, body),
        body=body,
        texts=folded,
        around=around,
    )


def named_fields(texts: Sequence[str], names: SchemaNames, vocabulary: Vocabulary) -> tuple[int, int, int]:
    """Distinct fields named literally; named at all but for case and the like; and more that are named by meaning."""
    literal: set[str] = set()
    named: set[str] = set()
    similar: set[str] = set()
    as_written, known = names.literal, vocabulary.known_concepts
    for text in texts:
        if text in as_written:
            literal |= as_written[text]
        if not names.begin_figures and is_figure(text):
            continue
        key = header_key(text)
        if fields := names.normalized.get(key):
            named |= fields
        if key and len(key) <= MAX_NAME_CHARACTERS and (concepts := known(text)) is not None:
            similar |= names.concepts.get(tuple(sorted(concepts)), set())
    named |= literal
    return len(literal), len(named), len(similar - named)


def _is_data(grid: Grid, row: int, contrasting: Sequence[int]) -> bool:
    """Whether a row holds values of data in at least half of the columns that stand in contrast to their header."""
    kinds = [grid.kinds[row][position] for position in contrasting if position < len(grid.kinds[row])]
    data = sum(kind in DATA_KINDS or kind is Kind.MISSING for kind in kinds)
    return len(grid.filled(row)) > 1 and 2 * data >= len(contrasting)


def _next_rows(grid: Grid, body: Sequence[int]) -> list[int]:
    """The next row, and the one below when it holds a lone cell."""
    return list(body[: 2 if body and len(grid.filled(body[0])) == 1 else 1])


def _in_order(years: Sequence[int]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(years)]
    if len(years) == 0:
        return True
    evenly = len(years) >= 3 and len(set(steps)) == 1 and 0 not in steps
    return evenly or (len(years) >= 4 and (min(steps) > 0 or max(steps) < 0))


def _repeat_in_turn(texts: Sequence[str]) -> bool:
    counts = Counter(texts)
    return len(counts) >= 3 and 2 * max(counts.values()) <= len(texts)


def _could_be_names(grid: Grid, row: int, filled: int) -> bool:
    own = grid.filled(row)
    texts = [grid.cells[row][position].casefold() for position in own]
    return (
        2 * len(own) >= filled
        and all(grid.kinds[row][position] in (Kind.TEXT, Kind.YEAR) for position in own)
        and len(set(texts)) == len(texts)
    )

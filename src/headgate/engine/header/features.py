"""What speaks for a row being the header: its names, its shape, and how the rows below differ from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from headgate.engine.header.cells import (
    DATA_KINDS,
    MAX_NAME_CHARACTERS,
    NEVER_NAMES,
    Kind,
    clean,
    is_lettering,
    is_numbering,
    is_units_row,
    kind_of,
)
from headgate.engine.match.vocabulary import Vocabulary, vocabulary_for
from headgate.engine.match.words import LONGEST_NAME, header_key
from headgate.records import dataclass
from headgate.schema import Field

MAX_SHAPE_COLUMNS = 300
"""Columns beyond do not count for the shape."""
MAX_SHAPE_CHARACTERS = LONGEST_NAME + 1
"""Of a longer cell only the beginning is looked at: it is no name, whatever follows."""
BODY_ROWS = 40
KNOWN_ROWS = 5
CONSISTENT = 0.8
_NO_VALUES = (Kind.EMPTY, Kind.MISSING)


@dataclass(frozen=True)
class Grid:
    """The first records of a file, clean, with the shape of each cell."""

    cells: list[list[str]]
    kinds: list[list[Kind]]
    width: int
    filled_columns: list[list[int]]
    values: list[list[tuple[str, Kind] | None]]
    """Each cell that holds a value, with its shape, all rows as wide as the grid."""
    unit_rows: list[bool]
    """Which rows are `is_units_row`."""

    @classmethod
    def of(cls, rows: Sequence[Sequence[str | None]]) -> Grid:
        """The grid of raw records."""
        cells = [[clean(cell and cell[:MAX_SHAPE_CHARACTERS]) for cell in row[:MAX_SHAPE_COLUMNS]] for row in rows]
        kinds = [[kind_of(cell) for cell in row] for row in cells]
        width = max((position + 1 for row in cells for position, cell in enumerate(row) if cell), default=0)
        values: list[list[tuple[str, Kind] | None]] = [
            [None if kind in _NO_VALUES else (cell, kind) for cell, kind in zip(texts[:width], shapes, strict=False)]
            + [None] * (width - len(texts))
            for texts, shapes in zip(cells, kinds, strict=True)
        ]
        filled = [[at for at, cell in enumerate(row) if cell] for row in cells]
        return cls(cells, kinds, width, filled, values, [is_units_row(row) for row in cells])

    def filled(self, row: int) -> list[int]:
        """The columns of a row that are not empty."""
        return self.filled_columns[row]

    def column(self, position: int, rows: Sequence[int]) -> list[tuple[str, Kind]]:
        """The cells of a column in some rows that hold a value."""
        if position >= self.width:
            return []
        return [value for row in rows if (value := self.values[row][position]) is not None]

    def columns(self, rows: Sequence[int]) -> list[list[tuple[str, Kind]]]:
        """All columns, each as `column` gives it."""
        if not rows:
            return [[] for _ in range(self.width)]
        across = zip(*(self.values[row] for row in rows), strict=True)
        return [[value for value in column if value is not None] for column in across]


@dataclass(frozen=True)
class SchemaNames:
    """The names of a schema's visible fields, in the forms that headers are compared in."""

    literal: dict[str, set[str]]
    normalized: dict[str, set[str]]
    concepts: dict[tuple[str, ...], set[str]]
    fields: int

    @classmethod
    def of(cls, fields: Sequence[Field]) -> SchemaNames:
        """The names of the fields that may be matched."""
        visible = [field for field in fields if not field.hidden]
        named = [(name, f.key) for f in visible for name in (f.label, f.key, *f.alternate_matches)]
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
        return cls(literal, normalized, concepts, len(visible))


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
    body_known_share: float
    """The same as `known_share`, in the rows below."""
    body_rows: int
    wide_above: bool
    """Whether a row above is about as wide: a header, or data, may stand there."""
    next_is_similar: bool
    """Whether the next row could be a header as well as this one."""
    next_is_data: bool
    """Whether the next row is data wherever this one stands in contrast to what is below; a lone cell before it names a group."""
    gap: int
    """Blank records between this row and the next filled one."""
    years_in_order: bool
    """Whether the years among the cells, if any, go up or down, evenly if they are only three, as those above a table do."""
    names_repeat_in_turn: bool
    """Whether several different names stand more than once ("Total, Men, Women, Total, Men, Women"), as under groups; what
    stands in for missing values is one text."""


def row_features(grid: Grid, row: int, names: SchemaNames, vocabulary: Vocabulary) -> RowFeatures:
    """Look at one row as a candidate."""
    cells, filled = grid.cells[row], grid.filled(row)
    below = [r for r in range(row + 1, len(grid.cells)) if grid.filled(r)]
    body = list(islice((r for r in below if not grid.unit_rows[r] and grid.cells[r] != cells), BODY_ROWS))
    texts = [cells[position] for position in filled]
    count = max(1, len(filled))
    literal, named, similar = named_fields(texts, names, vocabulary)
    columns = grid.columns(body)
    with_data = [position for position, values in enumerate(columns) if values]
    contrasting = [position for position in filled if _contrasts(grid.kinds[row][position], columns[position])]
    contrasts = len(contrasting)
    recurring = sum(any(value == cells[p] for value, _ in columns[p]) for p in filled)
    return RowFeatures(
        row=row,
        filled=len(filled),
        named_fields=named,
        similar_fields=similar,
        literal_fields=literal,
        known_share=_known(texts, vocabulary) / count,
        name_share=sum(grid.kinds[row][p] not in NEVER_NAMES for p in filled) / count,
        distinct_share=len({text.casefold() for text in texts}) / count,
        unnamed=tuple(position for position in with_data if position not in set(filled)),
        coverage=len(set(filled) & set(with_data)) / max(1, len(with_data)),
        contrast_share=contrasts / count,
        contrasts=contrasts,
        contrasting=tuple(contrasting),
        recurring_share=recurring / count,
        body_known_share=_body_known(grid, body[:KNOWN_ROWS], vocabulary),
        body_rows=len(body),
        wide_above=any(2 * len(grid.filled(above)) > len(filled) and not is_frame(grid, above) for above in range(row)),
        next_is_similar=any(_could_be_names(grid, r, len(filled)) for r in _next_rows(grid, body)),
        next_is_data=bool(body) and _is_data(grid, _next_rows(grid, body)[-1], contrasting),
        gap=below[0] - row - 1 if below else 0,
        years_in_order=_in_order([int(cells[p]) for p in filled if grid.kinds[row][p] is Kind.YEAR]),
        names_repeat_in_turn=_repeat_in_turn([text.casefold() for text in texts]),
    )


def is_frame(grid: Grid, row: int) -> bool:
    """Whether a row is no rival of a header below it: it only counts the columns, or repeats a few groups side by side."""
    cells = [grid.cells[row][at] for at in grid.filled(row)]
    if is_numbering(cells) or is_lettering(cells):
        return True
    runs = 1 + sum(left != right for left, right in pairwise(cells))
    texts = all(grid.kinds[row][at] is Kind.TEXT for at in grid.filled(row))
    return texts and len(cells) >= 4 and runs == len(set(cells)) and 2 * runs <= len(cells)


def named_fields(texts: Sequence[str], names: SchemaNames, vocabulary: Vocabulary) -> tuple[int, int, int]:
    """Distinct fields named literally; named at all but for case and the like; and more that are named by meaning."""
    literal: set[str] = set()
    named: set[str] = set()
    similar: set[str] = set()
    for text in texts:
        literal |= names.literal.get(text, set())
        key = header_key(text)
        named |= names.literal.get(text, set()) | names.normalized.get(key, set())
        meaning = vocabulary.meaning(text) if key and len(key) <= MAX_NAME_CHARACTERS else None
        if meaning is not None and meaning.known:
            similar |= names.concepts.get(tuple(sorted(meaning.concepts)), set())
    return len(literal), len(named), len(similar - named)


def _known(texts: Sequence[str], vocabulary: Vocabulary) -> int:
    return sum(vocabulary.meaning(text).known for text in texts)


def _body_known(grid: Grid, body: Sequence[int], vocabulary: Vocabulary) -> float:
    texts = [cell for row in body for cell in grid.cells[row] if cell]
    return _known(texts, vocabulary) / max(1, len(texts))


def _contrasts(kind: Kind, values: Sequence[tuple[str, Kind]]) -> bool:
    """Whether a name-like cell stands above values that are mostly numbers, dates or the like."""
    if kind not in (Kind.TEXT, Kind.CODE, Kind.YEAR) or len(values) < 2:
        return False
    if kind is Kind.YEAR and any(value is Kind.YEAR for _, value in values):
        return False
    return sum(value in DATA_KINDS for _, value in values) >= CONSISTENT * len(values)


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


def vocabulary_of(grid: Grid) -> Vocabulary:
    """The vocabulary for the languages that the first filled rows seem to be written in."""
    rows = [row for row in range(len(grid.cells)) if len(grid.filled(row)) > 1][:10]
    return vocabulary_for([cell for row in rows for cell in grid.cells[row] if cell])

"""Which records around the row with the names belong to the header, and how their texts become names.

A header of several records is taken only where what it becomes is clear: group names above repeated or missing names; names
whose words stand below each other, where together they name more than one row does alone; and records that hold units, numbers
of columns or remarks between the names and the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any, Literal

from headgate.engine.explanations import because
from headgate.engine.header.cells import DATA_KINDS, Kind, is_lettering, is_numbering, is_units_row
from headgate.engine.header.features import RowFeatures, SchemaNames, named_fields
from headgate.engine.header.grid import Grid, is_frame
from headgate.engine.match.vocabulary import Vocabulary
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

Join = Literal["groups", "words"]
"""`groups`: a name above counts up to the next one; `words`: it is the beginning of the name below it."""

_IDENTIFIER = late_pattern(r"[^\W\d]\w*[._]\w+|[A-Z][A-Z0-9_]{1,30}|[a-z]+(?:[A-Z][a-z0-9]*)+")
_MIN_REMARKS = 4
_FEW_REMARKS = 3
_CONSISTENT = 0.8
_BODY_ROWS = 40
_TEXTS = (Kind.TEXT, Kind.CODE)


@dataclass(frozen=True)
class HeaderBlock:
    """The records of a header. `row` has the names (the last part of them); `clear` is False when one is in doubt."""

    row: int
    rows: tuple[int, ...]
    join: Join = "groups"
    clear: bool = True
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Names:
    """What speaks for texts being the names of the columns, the strongest first."""

    fields: int
    known: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.fields, self.known


def header_block(grid: Grid, best: RowFeatures, names: SchemaNames, vocabulary: Vocabulary) -> HeaderBlock:
    """The records that belong to the header whose names stand in `best.row`, or begin there."""
    block = _above(grid, best, names, vocabulary)
    for _ in range(2):
        grown = _with_next(grid, block, names, vocabulary)
        if grown is block or not grown.clear:
            return grown
        block = grown
    return block


def joined_names(above: Sequence[str], names: Sequence[str], join: Join) -> list[str]:
    """The names of the columns when a row of the header stands above the row with the names."""
    width = max(len(above), len(names))
    upper, lower = [*above, *[""] * (width - len(above))], [*names, *[""] * (width - len(names))]
    if join == "words":
        return [f"{first} {second}".strip() for first, second in zip(upper, lower, strict=True)]
    filled = [name.casefold() for name in lower if name]
    if len(set(filled)) == len(filled):
        return [name or group for group, name in zip(upper, lower, strict=True)]
    joined, current = [], ""
    for group, name in zip(upper, lower, strict=True):
        current = group or current
        joined.append(f"{current} {name}".strip() if name or group else "")
    return joined


def is_group_row(grid: Grid, row: int, leaf: int) -> bool:
    """Whether a row holds the names of groups of the columns that `leaf` names."""
    filled = grid.filled(row)
    return (
        len(filled) >= 2
        and (len(filled) < len(grid.filled(leaf)) or is_frame(grid, row))
        and all(grid.kinds[row][position] in (Kind.TEXT, Kind.YEAR) for position in filled)
        and (len({grid.cells[row][position].casefold() for position in filled}) == len(filled) or is_frame(grid, row))
    )


def _above(grid: Grid, best: RowFeatures, names: SchemaNames, vocabulary: Vocabulary) -> HeaderBlock:
    """A row of groups, or of the first words of names, above the row with the names."""
    alone = HeaderBlock(best.row, (best.row,))
    above = best.row - 1
    if above < 0 or not _only_texts(grid, above) or len(grid.filled(above)) < 2 or is_lettering(grid.cells[above]):
        return alone
    upper, lower = grid.cells[above], grid.cells[best.row]
    own = _names(lower, names, vocabulary)
    words = _names(joined_names(upper, lower, "words"), names, vocabulary)
    groups = _names(joined_names(upper, lower, "groups"), names, vocabulary)
    missing = any(place < len(upper) and upper[place] for place in best.unnamed)
    rows = (above, best.row)
    if words.rank > own.rank and words.rank > groups.rank:
        return HeaderBlock(best.row, rows, "words", True, [because("names_in_two_rows", row=best.row)])
    if (best.distinct_share < 1 or missing) and is_group_row(grid, above, best.row):
        return HeaderBlock(best.row, rows, "groups", True, [because("group_row_joined", row=above)])
    return alone


def _with_next(grid: Grid, block: HeaderBlock, names: SchemaNames, vocabulary: Vocabulary) -> HeaderBlock:
    """The block with the record below it, if that belongs to the header as well."""
    below = max(block.rows) + 1
    if below >= len(grid.cells) or not grid.filled(below):
        return block
    cells = grid.cells[below]
    rows = (*block.rows, below)
    if is_units_row(cells):
        return replace(block, rows=rows, evidence=[*block.evidence, because("units_row", row=below)])
    if is_numbering(cells):
        return _noted(block, below)
    if not _only_texts(grid, below):
        return block
    body = [row for row in range(below + 1, len(grid.cells)) if grid.filled(row)][:_BODY_ROWS]
    strange = _not_data(grid, below, body)
    known = sum(vocabulary.meaning(cell).known for cell in cells if cell)
    texts = [cell for cell in cells if cell]
    recurs = any(cells[at] in {value for value, _ in grid.column(at, body)} for at in grid.filled(below))
    named = 2 * known >= len(texts) >= 2 and not recurs
    if len(block.rows) == 1 and 2 * len(texts) < len(grid.filled(block.row)) and body:
        bracketed = [cell for cell in texts if cell.startswith("(") and cell.endswith(")")]
        if len(bracketed) == len(texts):
            return _in_two_rows(block, below)
        if len(bracketed) + strange >= len(texts):
            return replace(block, clear=False)
    if strange < 2 and not named:
        return block
    return _texts_below(grid, block, below, names, vocabulary, strange)


def _texts_below(
    grid: Grid, block: HeaderBlock, below: int, names: SchemaNames, vocabulary: Vocabulary, strange: int
) -> HeaderBlock:
    """A record of texts that is hardly data: the rest of the names, remarks, or something nobody can tell."""
    cells = grid.cells[below]
    texts = [cell for cell in cells if cell]
    upper = grid.cells[block.row]
    own = _names(upper, names, vocabulary)
    words = _names(joined_names(upper, cells, "words"), names, vocabulary)
    single = len(block.rows) == 1
    if single and words.rank > own.rank and words.rank > _names(cells, names, vocabulary).rank:
        return _in_two_rows(block, below)
    remarks = len(texts) >= _MIN_REMARKS and len(set(texts)) <= _FEW_REMARKS and strange >= 2
    technical = len(texts) >= _MIN_REMARKS and strange >= 2 and all(_IDENTIFIER.fullmatch(cell) for cell in texts)
    if remarks or (technical and own.fields >= _names(cells, names, vocabulary).fields):
        return _noted(block, below)
    return replace(block, clear=False)


def _in_two_rows(block: HeaderBlock, below: int) -> HeaderBlock:
    evidence = [*block.evidence, because("names_in_two_rows", row=below)]
    return HeaderBlock(below, (*block.rows, below), "words", True, evidence)


def _noted(block: HeaderBlock, below: int) -> HeaderBlock:
    evidence = [*block.evidence, because("row_without_names", row=below)]
    return replace(block, rows=(*block.rows, below), evidence=evidence)


def _only_texts(grid: Grid, row: int) -> bool:
    return bool(grid.filled(row)) and all(grid.kinds[row][at] in (*_TEXTS, Kind.YEAR) for at in grid.filled(row))


def _not_data(grid: Grid, row: int, body: Sequence[int]) -> int:
    """In how many columns the row's text stands where the rows below hold numbers, dates or the like."""
    count = 0
    for at in grid.filled(row):
        values = grid.column(at, body)
        data = sum(kind in DATA_KINDS for _, kind in values)
        count += len(values) >= 2 and data >= _CONSISTENT * len(values)
    return count


def _names(cells: Sequence[str], names: SchemaNames, vocabulary: Vocabulary) -> _Names:
    texts = [cell for cell in cells if cell]
    _, named, similar = named_fields(texts, names, vocabulary)
    return _Names(named + similar, sum(vocabulary.meaning(text).known for text in texts))

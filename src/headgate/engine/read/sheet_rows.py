"""A sheet's cells on their way out of the process that reads it: some thousand rows at a time, column by column, as bytes.

Texts are joined while they are in the processor's cache, numbers stay as they are: whoever gets them (`sheet_frames`) makes columns
of them without Python's lock, and this process need not load what that takes.
"""

from __future__ import annotations

import json
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

from headgate.engine.parallel import ahead
from headgate.engine.read.cell_texts import cell_kind, cell_texts
from headgate.engine.read.sheet_details import Position, SheetDetails
from headgate.records import dataclass

if TYPE_CHECKING:
    import python_calamine as calamine

    Piece = str | array[float] | tuple[Any, ...]
    """Some cells of a column: joined texts, numbers, or as they are."""

SEPARATOR = "\x1f"
"""Between texts that are joined. A text that has it itself is not joined."""

_CELLS_AT_ONCE = 200_000
_CHARACTERS_AT_ONCE = 8 << 20
_FEWEST_ROWS = 256
"""So many rows become columns at once, while their cells are in the processor's cache."""
_FEW_CELLS = 25_000
"""So few are made texts one by one: steps over columns take longer to begin."""

Form = Literal["texts", "numbers", "mixed", "list"]
"""What the bytes of a column are. `texts`: joined. `numbers`: doubles. `mixed`: texts joined, empty where there are numbers; doubles; a
byte a cell, 1 for a number. `list`: texts as JSON."""


@dataclass(frozen=True)
class Rows:
    """The next `count` rows of a sheet from column A on: `left` columns without a cell, then the others."""

    count: int
    left: int
    columns: list[tuple[Form, list[bytes]]] = field(default_factory=list)


def sheet_rows(sheet: calamine.CalamineSheet, details: SheetDetails, *, kinds: bool) -> Iterator[Rows]:
    """The sheet's rows from its first on. `kinds`: every text begins with a letter that says what its cell is."""
    if sheet.start is None or sheet.end is None:
        return iter(())
    width = sheet.start[1] + sheet.width
    few = (sheet.end[0] + 1) * width <= _FEW_CELLS
    turned = _turned(sheet.iter_rows(), max(_FEWEST_ROWS, _CELLS_AT_ONCE // width))
    rows = _packed_rows(turned, sheet.start[1], details, one_by_one=few or kinds, kinds=kinds)
    # One thread makes the bytes and the other has nothing to do but to send them: two that make them would wait for Python's lock.
    return rows if few else ahead(rows)


def _packed_rows(
    turned: Iterator[tuple[int, list[list[Piece]]]], left: int, details: SheetDetails, *, one_by_one: bool, kinds: bool
) -> Iterator[Rows]:
    integers = deque(sorted(details.integers.items()))
    first = 0
    for count, columns in turned:
        exact = _within(integers, first, count)
        rows = Rows(count, left)
        for at, pieces in enumerate(columns, start=left):
            form = None if one_by_one or at in exact else _packed(pieces)
            rows.columns.append(form or _listed(pieces, exact.get(at, {}), kinds=kinds))
        yield rows
        first += count


def piece_of(cells: tuple[Any, ...]) -> Piece:
    """The cells, as the workbook library gives them (`''` for none)."""
    try:
        joined = SEPARATOR.join(cells)
    except TypeError:  # not all are texts
        return array("d", cells) if set(map(type, cells)) == {float} else cells
    return joined if joined.count(SEPARATOR) == len(cells) - 1 else cells


def _turned(rows: Iterator[list[Any]], height: int) -> Iterator[tuple[int, list[list[Piece]]]]:
    """The rows as columns, `height` of them at once, or fewer of long texts; and how many."""
    columns: list[list[Piece]] = []
    count = size = 0
    while some := list(islice(rows, min(_FEWEST_ROWS, height - count))):
        pieces = list(map(piece_of, zip(*some, strict=True)))
        columns = columns or [[] for _ in pieces]
        for column, piece in zip(columns, pieces, strict=True):
            column.append(piece)
        count += len(some)
        size += sum(map(_characters, pieces))
        if count == height or size >= _CHARACTERS_AT_ONCE:
            yield count, columns
            columns, count, size = [], 0, 0
    if columns:
        yield count, columns


def _characters(piece: Piece) -> int:
    if isinstance(piece, tuple):
        return sum(len(cell) for cell in piece if type(cell) is str)
    return len(piece)


def _packed(pieces: Sequence[Piece]) -> tuple[Form, list[bytes]] | None:
    """A column of texts and numbers; None for one that has anything else."""
    if all(type(piece) is str for piece in pieces):
        return "texts", [SEPARATOR.join(pieces).encode()]  # type: ignore[arg-type]  # mypy does not see the condition
    if all(type(piece) is array for piece in pieces):
        return "numbers", [b"".join(pieces)]  # type: ignore[arg-type]  # as above
    cells = _cells(pieces)
    if not {str, float}.issuperset(map(type, cells)):
        return None
    texts = piece_of(tuple([cell if type(cell) is str else "" for cell in cells]))
    if not isinstance(texts, str):
        return None
    numbers = array("d", [cell if type(cell) is float else 0.0 for cell in cells])
    return "mixed", [texts.encode(), numbers.tobytes(), bytes([type(cell) is float for cell in cells])]


def _listed(pieces: Sequence[Piece], exact: Mapping[int, str], *, kinds: bool) -> tuple[Form, list[bytes]]:
    """Any column. `exact`: texts that are known better, by their places."""
    cells = _cells(pieces)
    texts = cell_texts(cells)
    for at, text in exact.items():
        texts[at] = text
    if kinds:
        texts = [None if text is None else cell_kind(cell) + text for cell, text in zip(cells, texts, strict=True)]
    return "list", [json.dumps(texts).encode()]


def _cells(pieces: Sequence[Piece]) -> list[Any]:
    return list(chain.from_iterable(piece.split(SEPARATOR) if isinstance(piece, str) else piece for piece in pieces))


def _within(texts: deque[tuple[Position, str]], first: int, count: int) -> dict[int, dict[int, str]]:
    """Take those of the next `count` rows: column → place behind row `first` → text."""
    found: dict[int, dict[int, str]] = {}
    while texts and texts[0][0][0] < first + count:
        (row, column), text = texts.popleft()
        found.setdefault(column, {})[row - first] = text
    return found

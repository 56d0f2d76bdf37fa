"""What the XML of a sheet says about it before the workbook library has it, found out while it is unpacked block by block.

These patterns run over every byte of a sheet, whoever wrote it: none of them looks at the same bytes again and again. What may repeat
ends at the next `<`, which stands nowhere within a tag, or gives nothing back (`*+`, `(?>…)`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from headgate.records import dataclass

_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'row [^>]*?r="(\d{1,9})"')
_FILLED = re.compile(rb'<(?:\w+:)?c\b(?>[^<>]*?\br="([A-Z]{1,3})(\d{1,9})")[^<>]*+(?<!/)>\s*+<(?!/)')
_LONG_INTEGER = re.compile(rb"v>-?\d{16,}</")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?>[^<>]*?\bhidden=["\'](?:1|true)["\'])[^<>]*+>')
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt="str")[^<>]*+>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*+>[^<]*+</(?:\w+:)?f>)\s*+'
    rb"(?:(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)\s*+)?</(?:\w+:)?c>"
)
"""A formula whose result is a text may well have an empty one; any other has a value, unless the program that wrote it works out none."""
_MUCH = 1 << 20
_TAIL = 512
"""So much of a block is seen again with the next one: longer than the XML of any cell that these patterns look for."""


@dataclass
class SheetScan:
    """What the XML of one sheet holds: the corners of its cells, and whether it needs a second look.

    `last_column` is counted from 0, -1 where there is none; `last_row` from 1.
    `has_errors`: cells such as `#REF!`. `has_long_integers`: integers that a floating point number cannot hold.
    """

    last_column: int = -1
    last_row: int = 0
    has_errors: bool = False
    has_long_integers: bool = False
    hidden_rows: int = 0
    formulas_without_values: int = 0
    _tail: bytes = b""

    @property
    def cells(self) -> int:
        """Cells of the rectangle from A1 to the last row and column, empty ones included."""
        return (self.last_column + 1) * self.last_row

    def take(self, block: bytes) -> None:
        """Take in the next block of the sheet's XML."""
        before = len(self._tail)
        data = self._tail + block
        if holds(data, b'hidden="'):
            # Those that ended in the last block were counted there.
            self.hidden_rows += sum(found.end() > before for found in _HIDDEN_ROW.finditer(data))
        if holds(data, b"f>"):
            found_formulas = _FORMULA_WITHOUT_VALUE.finditer(data)
            self.formulas_without_values += sum(found.end() > before for found in found_formulas)
        if _column_beyond(self.last_column).search(data):
            self.last_column = max(map(column_number, set(_COLUMN.findall(data))))
        self.last_row = max(_last_row(data), self.last_row)
        # One byte is found a hundred times as fast as six, and few sheets have this one.
        self.has_errors = self.has_errors or holds(data, b' t="e"') or (b"'" in data and b" t='e'" in data)
        self.has_long_integers = self.has_long_integers or _LONG_INTEGER.search(data) is not None
        self._tail = data[-_TAIL:]


@dataclass
class FilledScan:
    """The corners of the cells that have something in them: `far` is the last of those in the last row."""

    last_column: int = -1
    last_row: int = 0
    far: bytes = b"A1"
    _tail: bytes = b""

    @property
    def cells(self) -> int:
        """Cells of the rectangle from A1 to the last row and column."""
        return (self.last_column + 1) * self.last_row

    def take(self, block: bytes) -> None:
        """Take in the next block of the sheet's XML."""
        data = self._tail + block
        columns = set()
        for letters, digits in _FILLED.findall(data):
            columns.add(letters)
            if (row := int(digits)) >= self.last_row:
                self.last_row, self.far = row, letters + digits
        self.last_column = max(self.last_column, *map(column_number, columns), -1)
        self._tail = data[-2 * _TAIL :]


def holds(data: bytes, mark: bytes) -> bool:
    """Whether `mark` stands in `data`: of much of it several times as fast as `in` where parts of the mark are everywhere."""
    if len(data) < _MUCH:
        return mark in data
    import polars as pl  # takes longer to load than a small sheet to read

    return bool(pl.Series([data], dtype=pl.Binary).bin.contains(mark).item())


def column_letters(number: int) -> str:
    """0 → `A`, 16383 → `XFD`."""
    letters = ""
    while number >= 0:
        number, letter = divmod(number, 26)
        letters = chr(65 + letter) + letters
        number -= 1
    return letters


def column_number(letters: bytes) -> int:
    """`A` → 0, `XFD` → 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


@lru_cache(maxsize=64)
def _column_beyond(number: int) -> re.Pattern[bytes]:
    """Finds a cell of a column behind `number`. Most cells are of none, so that looking for it is all that a block costs."""
    letters = column_letters(number)
    beyond = [f"{letters[:at]}[{chr(ord(letter) + 1)}-Z]" + "[A-Z]" * (len(letters) - at - 1)
              for at, letter in enumerate(letters) if letter < "Z"]  # fmt: skip
    longer = [f"[A-Z]{{{len(letters) + 1},3}}"] if len(letters) < 3 else []
    return re.compile(rf' r="(?:{"|".join(beyond + longer) or "(?!)"})\d'.encode())


def _last_row(data: bytes) -> int:
    """The number of the last row that begins in a piece of a sheet's XML; 0 where none does."""
    end, at = len(data), data.rfind(b"row ")
    while at >= 0:
        # What a later place did not find, an earlier one does not find behind it either.
        if found := _ROW.match(data, at, end):
            return int(found[1])
        end, at = at, data.rfind(b"row ", 0, at)
    return 0

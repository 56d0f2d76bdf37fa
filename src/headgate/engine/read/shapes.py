"""What the cells of a column usually look like, to tell whether another way of splitting a damaged row is right."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from operator import itemgetter

from headgate.late_patterns import late_pattern
from headgate.records import dataclass

MOST_ROWS = 200
_FIRM = 0.9
"""Share of a column's cells that must look alike before the column speaks."""
_MIN_CELLS = 3
_LONGEST_NAME = 60
_LONGEST_VALUE = 40
_ONE_DIGIT = str.maketrans("123456789", "0" * 9)

_NUMBER = late_pattern(r"[-+(]?[$€£¥]?\d[\d.,']*\s?[%€$£¥)]?-?")
_ASCII_DIGIT = late_pattern("[0-9]")
_MOMENT = late_pattern(r"\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?Z?)?")


class Shape(Enum):
    """A coarse look of a cell."""

    __hash__ = object.__hash__  # Enum's own is Python's, and it is asked for every cell

    EMPTY = auto()
    NUMBER = auto()
    MOMENT = auto()
    LINK = auto()
    TEXT = auto()


def shape_of(cell: str) -> Shape:
    """The look of a cell."""
    text = cell.strip()
    if not text:
        return Shape.EMPTY
    if text.isalpha():
        return Shape.TEXT
    if text.startswith(("http://", "https://", "www.")):
        return Shape.LINK
    if len(text) > _LONGEST_VALUE or not _has_digit(text):
        return Shape.TEXT
    return _shape_of_value(text.translate(_ONE_DIGIT))


@lru_cache(maxsize=4096)
def _shape_of_value(text: str) -> Shape:
    """The look of a short text, the same whichever ASCII digits stand in it."""
    if _MOMENT.fullmatch(text) and not text.replace(".", "", 1).isdigit():
        return Shape.MOMENT
    return Shape.NUMBER if _NUMBER.fullmatch(text) else Shape.TEXT


def _has_digit(text: str) -> bool:
    if text.isascii():
        return _ASCII_DIGIT.search(text) is not None
    return any(character.isdigit() for character in text)


_NONE_YET = dict.fromkeys(Shape, 0)


@dataclass(frozen=True)
class ColumnShapes:
    """The columns whose cells all look alike and are not just text, by position; and whether data follows row 0."""

    firm: dict[int, Shape]
    data_after_first: bool = False

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], width: int) -> ColumnShapes:
        """Look at the records of the usual width in a sample, the first record left out."""
        usual = [row for row in rows[1:] if len(row) == width][:MOST_ROWS]
        firm: dict[int, Shape] = {}
        for position, cells in enumerate(zip(*usual, strict=True)):
            if (shape := _firm_shape(cells)) is not None:
                firm[position] = shape
        shapes = cls(firm)
        return cls(firm, len(rows) > 1 and len(rows[1]) == width and shapes.agreeing(rows[1]) >= 1)

    def agreeing(self, row: Sequence[str]) -> int:
        """How many cells look as their columns do; -1 when one contradicts."""
        count = 0
        for position, shape in self.firm.items():
            found = shape_of(row[position])
            if found not in (shape, Shape.EMPTY):
                return -1
            count += found is shape
        return count


def _firm_shape(cells: Sequence[str]) -> Shape | None:
    """What nearly all cells of a column look like, if they do and it is not just text."""
    counts = _NONE_YET.copy()
    for cell in cells:
        shape = shape_of(cell)
        counts[shape] += 1
        if shape is Shape.TEXT and len(cells) - counts[shape] < _FIRM * len(cells):
            return None  # whatever follows: most columns are text, and that is soon seen
    filled = len(cells) - counts.pop(Shape.EMPTY)
    shape, most = max(counts.items(), key=itemgetter(1))
    return shape if shape is not Shape.TEXT and most >= max(_MIN_CELLS, _FIRM * filled) else None


def are_names(row: Sequence[str]) -> bool:
    """Whether all cells could be the names of columns: there, short, different, and no values."""
    texts = [cell.strip() for cell in row]
    return len(set(texts)) == len(texts) and all(
        0 < len(text) <= _LONGEST_NAME and shape_of(text) is Shape.TEXT for text in texts
    )

"""Other readings of a record that has the wrong number of cells: tried on that record alone, and taken only if one fits.

- Quotes that nobody escaped (`"3"", red",`): the cheapest way to join the pieces between delimiters into the usual number of
  cells, if no other way is as cheap.
- Blanks before quotes (`a, "b, c"`), in a file that has none elsewhere.
- Another delimiter in this record alone (`a;b;c`), where the cells then look as their columns do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from headgate.engine.read.dialect import Dialect
from headgate.engine.read.shapes import ColumnShapes, are_names

OTHER_DELIMITERS = (";", "\t", "|", ",", " ")
_BLANK_NEEDS = 3
"""Blanks stand in any text: so many cells must look as their columns do before they count as delimiters."""
_MOST_PIECES = 400
_UNCLEAN, _UNDOUBLED = 2, 1
_TIE = -1


def joined_pieces(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """The cells of a line whose inner quotes nobody escaped; None unless exactly one way is the cheapest.

    A cell of several pieces begins and ends with a quote. A cell of one piece with a quote at one end only costs
    most, one whose inner quotes are not doubled less.
    """
    quote = dialect.quote
    pieces = line.split(dialect.delimiter)
    if quote is None or dialect.escape or not width < len(pieces) <= _MOST_PIECES:
        return None
    if not _can_be_joined(pieces, quote, len(pieces) - width + 1):
        return None
    cheapest = _cheapest(pieces, dialect.delimiter, quote, width)
    cells: list[str] = []
    end = len(pieces)
    for reached in reversed(cheapest[1:]):
        begin = reached.get(end, (0, _TIE))[1]
        if begin == _TIE:
            return None
        cells.append(_unquoted(dialect.delimiter.join(pieces[begin:end]), quote))
        end = begin
    return cells[::-1]


def _cheapest(pieces: list[str], delimiter: str, quote: str, width: int) -> list[dict[int, tuple[int, int]]]:
    """For each number of cells and end among the pieces: the cost of the best way, and where its last cell begins, or a tie."""
    most_joined = len(pieces) - width + 1
    cheapest: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for _ in range(width):
        reached: dict[int, tuple[int, int]] = {}
        for begin, (cost, _) in cheapest[-1].items():
            for end in range(begin + 1, min(begin + most_joined, len(pieces)) + 1):
                added = _cost(pieces[begin:end], delimiter, quote)
                if added is None:
                    continue
                known = reached.get(end)
                if known is None or cost + added < known[0]:
                    reached[end] = (cost + added, begin)
                elif cost + added == known[0]:
                    reached[end] = (known[0], _TIE)
        cheapest.append(reached)
    return cheapest


def _can_be_joined(pieces: list[str], quote: str, most_joined: int) -> bool:
    """Whether any piece that begins with a quote has one that ends with a quote close enough behind it."""
    closing = [at for at, piece in enumerate(pieces) if piece.endswith(quote)]
    opening = [at for at, piece in enumerate(pieces) if piece.startswith(quote)]
    return any(0 < end - begin < most_joined for begin in opening for end in closing)


def _cost(pieces: list[str], delimiter: str, quote: str) -> int | None:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        opens, closes = first.startswith(quote), first.endswith(quote)
        if not opens and not closes:
            return 0
        if not (opens and closes and len(first) > 1):
            return _UNCLEAN
    elif not (first.startswith(quote) and last.endswith(quote)):
        return None
    content = delimiter.join(pieces)[1:-1]
    return 0 if quote not in content.replace(quote + quote, "") else _UNDOUBLED


def _unquoted(cell: str, quote: str) -> str:
    if len(cell) < 2 or not (cell.startswith(quote) and cell.endswith(quote)):
        return cell
    content = cell[1:-1]
    return content.replace(quote + quote, quote) if quote not in content.replace(quote + quote, "") else content


def other_dialects(dialect: Dialect, line: str, cells: int, width: int) -> Iterator[Dialect]:
    """The dialects that a record of `cells` instead of `width` cells may be written in, by its first line."""
    quote = dialect.quote
    if quote is not None and not dialect.spaced_quotes and f"{dialect.delimiter} {quote}" in line:
        yield replace(dialect, spaced_quotes=True)
    if 2 * cells > width:
        return
    for delimiter in OTHER_DELIMITERS:
        found = line.count(delimiter)
        # A quoted cell may go on behind the line's end, and take delimiters with it.
        if delimiter != dialect.delimiter and (
            found >= width - 1 or (found >= 2 and _may_go_on(line, _with_delimiter(dialect, delimiter)))
        ):
            yield _with_delimiter(dialect, delimiter)


@cache
def _with_delimiter(dialect: Dialect, delimiter: str) -> Dialect:
    """The dialect of a record with another delimiter than its file."""
    return replace(dialect, delimiter=delimiter, spaced_quotes=False)


def _may_go_on(line: str, dialect: Dialect) -> bool:
    """Whether a quoted cell may be open at the line's end: its first quote has no single one behind it."""
    quote = dialect.quote
    if quote is None or dialect.escape:
        return quote is not None and quote in line
    end = len(line)
    while (last := line.rfind(quote, 0, end)) >= 0:
        begin = len(line[: last + 1].rstrip(quote))
        if (last - begin) % 2 == 0:
            return begin == 0 or line[begin - 1] == dialect.delimiter
        end = begin
    return False


def looks_right(row: list[str], dialect: Dialect, shapes: ColumnShapes, *, first: bool) -> bool:
    """Whether cells that another delimiter gave look like a row of this table, or `first` as the names above it."""
    if first and shapes.data_after_first and are_names(row):
        return True
    agreeing = shapes.agreeing(row)
    if dialect.delimiter == " ":
        return agreeing >= _BLANK_NEEDS
    return agreeing >= 1 or (agreeing == 0 and not shapes.firm)

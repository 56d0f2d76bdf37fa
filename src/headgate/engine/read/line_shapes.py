"""Doubtful records of one line, decided once a shape.

Which pieces of a line are joined, and which quotes are text, depends on where its delimiters, quotes and blanks before quotes stand, and
not on the texts between them. So a line is read with stand-ins for these texts, and what comes of it is a template for all lines of
its shape.
"""

from __future__ import annotations

import re

from headgate.engine.read.records import RecordParser
from headgate.records import dataclass

MOST_SHAPES = 10_000
"""So many are remembered; a file of more has hardly two lines alike."""
LONGEST = 10_000
"""Bytes of a line that is worth it."""


@dataclass(frozen=True)
class Template:
    """`text` with `%b` for each text of the line, the number of cells, and whether the record counts as mended.

    `open`: some way of reading it has a quote that is open at the line's end, and this holds only where it is never closed.
    """

    text: bytes
    cells: int
    mended: bool
    open: bool


class LineShapes:
    """The templates of one reader."""

    def __init__(self, parser: RecordParser) -> None:
        dialect = parser.dialect
        self._trial = RecordParser(dialect, parser.expected_width)
        delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\0")
        text = rf"[^{delimiter}{quote}\r\n\ ]"
        gap = rf"\ ++(?!{quote}|{delimiter}|[\r\n])"
        if dialect.delimiter == " ":
            gap = r"(?!)"
        self._texts = re.compile(rf"{text}++(?:{gap}{text}++)*+".encode())
        self._known: dict[bytes, Template | None] = {}

    def read(self, line: bytes) -> tuple[bytes, Template] | None:
        """The regular text of a line without its line feed; None where the shape does not decide.

        The line must be a whole record, as it stands, and in no other dialect than its file.
        """
        if len(line) > LONGEST:
            return None
        shape = b"\n".join(self._texts.split(line))
        if shape in self._known:
            template = self._known[shape]
        elif len(self._known) >= MOST_SHAPES:
            return None
        else:
            template = self._known[shape] = self._template(shape)
        return (template.text % tuple(self._texts.findall(line)), template) if template else None

    def _template(self, shape: bytes) -> Template | None:
        parts = shape.decode().split("\n")
        # No text holds a NUL, so the stand-ins are found again.
        line = parts[0] + "".join(f"\0{number}\0{part}" for number, part in enumerate(parts[1:]))
        trial = self._trial
        mended = trial.repairs.count
        row, end = trial.next_record(line + "\n", final=False)
        is_open = row is None
        if is_open:
            row, end = trial.next_record(line + f"\nx{trial.dialect.quote}x\n", final=False)
        if row is None or end != len(line) + 1:
            return None
        text = written(row, trial).decode().replace("%", "%%")
        for number in range(len(parts) - 1):
            text = text.replace(f"\0{number}\0", "%b")
        return Template(text.encode(), len(row), trial.repairs.count > mended, is_open)


def written(row: list[str], parser: RecordParser) -> bytes:
    """A record as regular text."""
    delimiter, quote = parser.dialect.delimiter, parser.dialect.quote or ""
    line = delimiter.join(row)
    if quote not in line and "\n" not in line and "\r" not in line and line.count(delimiter) == len(row) - 1:
        return line.encode() + b"\n"
    cells = [f"{quote}{cell.replace(quote, quote + quote)}{quote}" for cell in row]
    return delimiter.join(cells).encode() + b"\n"

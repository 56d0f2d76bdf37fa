"""Traces of data that was lost before the file came here: nothing can bring it back, but people should know.

- Long numbers that a spreadsheet wrote as `1.23457E+12`.
- A table that ends exactly at the last row of a spreadsheet, and cells of exactly as many characters as one may have.

Codes that lost their leading zeros are looked for where names are known (`engine/lost_zeros.py`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from headgate.engine.explanations import warning
from headgate.libraries import numpy as np

LAST_ROWS = (65_536, 1_048_576)
LONGEST_CELL = 32_767
"""What Excel keeps: rows of a sheet (before and since 2007), and characters of a cell."""

_E, _PLUS = b"E+"
_FEW_BYTES = 1 << 12
_SCIENTIFIC = re.compile(rb"(?<![\w.])-?\d[.,]\d{2,}E\+(?:0[89]|[12]\d)(?![\w.])")


def scientific_notation(path: Path) -> list[dict[str, Any]]:
    """A warning when a text file holds long numbers as `1.23457E+12`: their last digits are gone."""
    # Only text is searched, and the process that reads a workbook needs this module, too, but not NumPy.
    from headgate.engine.read.encoding import lines_of

    count = sum(len(_SCIENTIFIC.findall(lines)) for lines in lines_of(path) if _has_exponent(lines))
    return [warning("digits_lost_in_exponents", cells=count)] if count else []


def _has_exponent(lines: bytes) -> bool:
    """Whether `E+` stands there: looked for in three steps over all bytes, a third of what a search for the two takes."""
    if len(lines) < _FEW_BYTES:
        return b"E+" in lines
    data = np.frombuffer(lines, np.uint8)
    return bool(((data[:-1] == _E) & (data[1:] == _PLUS)).any())


def spreadsheet_limits(rows: int, cells_of_limit: int) -> list[dict[str, Any]]:
    """Warnings for a table of `rows` records, so many cells of which are as long as a spreadsheet's cell may be."""
    warnings = []
    if rows in LAST_ROWS:
        warnings.append(warning("ends_at_last_row", rows=rows))
    if cells_of_limit:
        warnings.append(warning("cells_at_longest", cells=cells_of_limit, characters=LONGEST_CELL))
    return warnings

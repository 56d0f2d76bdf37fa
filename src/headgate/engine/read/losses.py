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
from headgate.engine.read.encoding import blocks_of

LAST_ROWS = (65_536, 1_048_576)
LONGEST_CELL = 32_767
"""What Excel keeps: rows of a sheet (before and since 2007), and characters of a cell."""

_SCIENTIFIC = re.compile(rb"(?<![\w.])-?\d[.,]\d{2,}E\+(?:0[89]|[12]\d)(?![\w.])")


def scientific_notation(path: Path) -> list[dict[str, Any]]:
    """A warning when a text file holds long numbers as `1.23457E+12`: their last digits are gone."""
    count = 0
    rest = b""
    for block in blocks_of(path):
        end = block.rfind(b"\n") + 1
        lines, rest = rest + block[:end], (rest if not end else b"") + block[end:]
        count += len(_SCIENTIFIC.findall(lines)) if b"E+" in lines else 0
    count += len(_SCIENTIFIC.findall(rest)) if b"E+" in rest else 0
    return [warning("digits_lost_in_exponents", cells=count)] if count else []


def spreadsheet_limits(rows: int, cells_of_limit: int) -> list[dict[str, Any]]:
    """Warnings for a table of `rows` records, so many cells of which are as long as a spreadsheet's cell may be."""
    warnings = []
    if rows in LAST_ROWS:
        warnings.append(warning("ends_at_last_row", rows=rows))
    if cells_of_limit:
        warnings.append(warning("cells_at_longest", cells=cells_of_limit, characters=LONGEST_CELL))
    return warnings

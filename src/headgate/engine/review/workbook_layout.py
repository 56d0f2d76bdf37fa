"""The workbook in which people correct rows outside of the review: what stands where, so that it finds its way back.

Row 1 is hidden: it names the review (A1) and the columns, and records behind them which rows were written. Row 2 tells what to
do, row 3 holds the names of the columns, data follows. Column A is hidden and holds the rows' numbers.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.hooked_table import HookedSlot, displayed_cells
from headgate.engine.masking import masked_texts
from headgate.records import dataclass

ROWS_SHEET, OPTIONS_SHEET = "Rows", "Options"
IDENTITY_ROW, TELLING_ROW, HEADER_ROW, FIRST_DATA_ROW = 0, 1, 2, 3
"""0-based rows of the sheet."""

WORKBOOK_MESSAGES = {
    "instruction": "Correct the coloured cells, save this file and give it back on the page that it came from. You may sort, "
    "filter, add and delete rows; leave the hidden first column as it is.",
}

MAX_CELL_CHARACTERS = 32_767
"""What an Excel cell holds."""

_MARK = "headgate review"
_RECORD_MARK, _PART = "headgate rows ", 32_000
_LOST_IN_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"

RowIds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Identity:
    """Which review a workbook belongs to, and the version (log number) of the rows that it shows."""

    import_id: str
    version: int

    def to_text(self) -> str:
        """What stands in A1."""
        return f"{_MARK} 1 {self.version} {self.import_id}"

    @classmethod
    def of_text(cls, text: str | None) -> Self | None:
        """The identity that A1 holds, None where there is none."""
        mark, _, rest = (text or "").rpartition(f"{_MARK} 1 ")
        version, _, import_id = rest.partition(" ")
        return cls(import_id, int(version)) if not mark and version.isdecimal() and import_id else None


def cell_texts(frame: pl.DataFrame, hooked: HookedSlot) -> pl.Series:
    """What a slot's cells show, as a workbook can hold it (String, null = empty); of a masked field what its mask leaves."""
    shown = masked_texts(displayed_cells(frame, hooked), hooked.slot.field.mask)
    return comparable(shown).str.slice(0, MAX_CELL_CHARACTERS).replace("", None)


def comparable(texts: pl.Series) -> pl.Series:
    """Texts without what XML cannot hold or changes: control characters, and line ends other than a line feed."""
    return texts.str.replace_all("\r\n?", "\n").str.replace_all(_LOST_IN_XML, "")


def record_cells(ids: RowIds) -> list[str]:
    """The numbers of rows as texts for cells: what stands between them, compressed, cut into parts that are numbered."""
    between = np.diff(np.sort(ids), prepend=0).astype("<i8")
    packed = base64.b64encode(zlib.compress(between.tobytes(), 9)).decode()
    parts = [packed[start : start + _PART] for start in range(0, len(packed), _PART)]
    return [f"{_RECORD_MARK}{number}/{len(parts)} {part}" for number, part in enumerate(parts, start=1)]


def recorded_ids(cells: Iterable[str | None], limit: int) -> RowIds | None:
    """What `record_cells` wrote, from cells of which some may be others; None when it is not whole. At most `limit` numbers."""
    parts: dict[str, str] = {}
    for cell in cells:
        if cell is not None and cell.startswith(_RECORD_MARK):
            name, _, part = cell.removeprefix(_RECORD_MARK).partition(" ")
            parts[name] = part
    whole = [f"{number}/{len(parts)}" for number in range(1, len(parts) + 1)]
    if not parts or set(whole) != parts.keys():
        return None
    unpacked = zlib.decompressobj()
    try:
        data = unpacked.decompress(
            base64.b64decode("".join(parts[name] for name in whole), validate=True), limit * 8 + 1
        )
    except (ValueError, zlib.error):
        return None
    if not unpacked.eof or len(data) % 8 or len(data) > limit * 8:
        return None
    return np.cumsum(np.frombuffer(data, "<i8"))

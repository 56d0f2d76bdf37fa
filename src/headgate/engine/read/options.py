"""What a caller may decide about reading a file, and what the operator allows it to cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING

from headgate.engine.read.xml_structure import XmlOptions
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.read.kept_reading import KeptReading

MEGABYTE = 1 << 20

Progress = Callable[[int, int], None]
"""Called with the bytes handled so far and the bytes in all (the total may be an estimate for packed files)."""


@dataclass(frozen=True)
class ReadLimits:
    """Limits that keep a hostile or broken file from exhausting the machine. Sizes are in bytes, times in seconds."""

    max_columns: int = 18_000
    max_cells: int = 4_000_000_000
    """Rows times columns, the padding of short rows included. Below 2³², because rows are numbered in 32 bits."""
    max_padding: float = 10.0
    """Rows times columns over the cells that are there; only looked at beyond `padding_floor_cells`."""
    padding_floor_cells: int = 50_000_000
    max_cell_bytes: int = 32 * MEGABYTE
    """A cell is copied several times on its way; a longer one is a file that lost its line ends or its quotes."""
    max_unfolded_bytes: int = 4096 * MEGABYTE
    max_unfold_ratio: float = 250.0
    """Unfolded size over packed size; only looked at beyond `ratio_floor_bytes`."""
    ratio_floor_bytes: int = 64 * MEGABYTE
    max_archive_members: int = 10_000
    max_sheet_cells: int = 50_000_000
    """Cells in the rectangle from A1 to the last value of a sheet: the workbook library keeps most of them in memory."""
    memory_bytes: int = 3072 * MEGABYTE
    cpu_seconds: int = 300
    """`memory_bytes` and `cpu_seconds` bind the child process that reads a workbook."""


@dataclass(frozen=True)
class ReadOptions:
    """The caller's decisions: `encoding` (a Python codec, of delimited text), `delimiter` and `sheet` (name or 0-based
    index) are used as given when set.

    `cell_kinds`: every text of a workbook begins with a letter that says what its cell is (sheet_cells.py).
    `large_from`: bytes beyond which a file (unpacked) is large, so that its table is compressed; None: none is. `plain_bytes`: how
    much of it is not, because there is room.
    `kept`: where the reading of large delimited text notes how far it came.
    """

    filename: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | int | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)
    xml: XmlOptions = field(default_factory=XmlOptions)
    cell_kinds: bool = False
    large_from: int | None = None
    plain_bytes: int = 0
    kept: KeptReading | None = None


@dataclass(frozen=True)
class SheetPreview:
    """The first records of a visible sheet, for choosing among several. `index` counts all sheets of the workbook."""

    name: str
    index: int
    rows: list[list[str | None]]
    visible: bool = True


ChooseSheet = Callable[[list[SheetPreview]], int]
"""Given the visible sheets with data, answers the `index` of the one to read."""

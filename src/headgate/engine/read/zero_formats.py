"""Leading zeros that a workbook shows by a number format only: 2138 with the format `00000` is the postal code 02138.

The library gives the number. Formats of nothing but zeros are looked up in the workbook's styles, and their cells in the sheet's own
XML; workbooks without such a format cost nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from defusedxml import ElementTree

from headgate.engine.read.containers import BLOCK
from headgate.engine.read.sheet_scan import column_number

_STYLES = "xl/styles.xml"
_LARGEST_STYLES = 16 << 20
_ZEROS = re.compile(r"(0{2,15})(?:;@)?")
_TAIL = 4096
"""Longer than the XML of any cell with a whole number and a formula that is not absurd."""

Position = tuple[int, int]


def zero_widths(path: Path) -> Mapping[int, int]:
    """Style of cells → digits that it shows at least. Empty for formats other than XLSX."""
    with zipfile.ZipFile(path) as archive:
        if _STYLES not in archive.namelist() or archive.getinfo(_STYLES).file_size > _LARGEST_STYLES:
            return {}
        try:
            root = ElementTree.fromstring(archive.read(_STYLES))
        except ElementTree.ParseError:
            return {}  # the library complains where it matters
    widths = {
        element.get("numFmtId"): len(found.group(1))
        for element in root.iter()
        if element.tag.endswith("}numFmt") and (found := _ZEROS.fullmatch(element.get("formatCode", "")))
    }
    styles = next((element for element in root if element.tag.endswith("}cellXfs")), ())
    return {at: widths[style.get("numFmtId")] for at, style in enumerate(styles) if style.get("numFmtId") in widths}


def shown_with_zeros(path: Path, member: str, widths: Mapping[int, int]) -> dict[Position, str]:
    """The texts of a sheet's whole numbers that their formats show with leading zeros."""
    if not widths:
        return {}
    with zipfile.ZipFile(path) as archive, archive.open(member) as file:
        return dict(cells_shown_with_zeros(iter(partial(file.read, BLOCK), b""), widths))


def cells_shown_with_zeros(xml: Iterable[bytes], widths: Mapping[int, int]) -> Iterator[tuple[Position, str]]:
    """The same of a sheet's XML, block by block. A cell may come twice."""
    named = b"|".join(b"%d" % style for style in widths)
    cells = re.compile(
        rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})" s="(' + named + rb')"(?: t="n")?>\s*+'
        rb"(?:<(?:\w+:)?f\b[^<>]*?(?:/>|>[^<]*+</(?:\w+:)?f>)\s*+)?<(?:\w+:)?v>(\d{1,15})</"
    )
    tail = b""
    for block in xml:
        data = tail + block
        for column, row, style, digits in cells.findall(data):
            width = widths[int(style)]
            if len(digits) < width:
                yield (int(row) - 1, column_number(column)), digits.decode().zfill(width)
        tail = data[-_TAIL:]

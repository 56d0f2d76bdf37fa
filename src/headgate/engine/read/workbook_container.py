"""Checks a zip-based workbook before any library touches it: sizes, checksums, document types, passwords, extents.

The workbook library accepts wrong checksums, keeps the whole rectangle that a sheet's values span in memory, and aborts
the process when that rectangle does not fit. All that is found out here, streaming. The rectangle is counted from A1,
because columns and records keep the positions that they have in the sheet.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from defusedxml import ElementTree

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.containers import BLOCK, Unfolding, archive_members, corrupt_archive_is_reported
from headgate.engine.read.options import ReadLimits
from headgate.records import dataclass

_PROLOG = 64 << 10
_ENCRYPTED_FLAG = 0x1
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")
# These run over every byte of a sheet: each begins with a literal, which the regex engine looks for fast.
_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'row [^>]*?r="(\d{1,9})"')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,9})"[^>]*(?<!/)>\s*<(?!/)')
_LONG_INTEGER = re.compile(rb"v>-?\d{16,}</")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden=["\'](?:1|true)["\'][^>]*>')
_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula whose result is a text may well have an empty one; any other has a value, unless the program that wrote it works out none."""
_ERRORS = (b' t="e"', b'value-type="error"')
_ERROR = b" t='e'"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass
class SheetScan:
    """What the XML of one sheet holds: the corners of its cells, and whether it needs a second look.

    `has_errors`: cells such as `#REF!`. `has_long_integers`: integers that a floating point number cannot hold.
    """

    columns: set[bytes] = field(default_factory=set)
    last_row: int = 0
    has_errors: bool = False
    has_long_integers: bool = False
    hidden_rows: int = 0
    formulas_without_values: int = 0

    @property
    def cells(self) -> int:
        """Cells of the rectangle from A1 to the last row and column, empty ones included."""
        return (max(map(column_number, self.columns), default=-1) + 1) * self.last_row


@dataclass(frozen=True)
class ContainerScan:
    """The sheets' scans by member name, and in the workbook's order of sheets their member names (if known)."""

    scans: dict[str, SheetScan]
    sheet_members: list[str]

    def of_sheet(self, index: int) -> SheetScan | None:
        """The scan of the workbook's sheet `index`; None when the format keeps its sheets in no XML of their own."""
        if index < len(self.sheet_members):
            return self.scans.get(self.sheet_members[index])
        return None


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


def scan_container(path: Path, limits: ReadLimits) -> ContainerScan:
    """Read every member once. Raises ImportFailedError `file_hostile`, `file_corrupt`, `file_encrypted`."""
    unfolding = Unfolding(path.stat().st_size, limits)
    scans: dict[str, SheetScan] = {}
    with corrupt_archive_is_reported("workbook"), zipfile.ZipFile(path) as archive:
        members = archive_members(archive, limits)
        declared = Unfolding(path.stat().st_size, limits)
        for member in members:
            declared.add(member.file_size)
        for member in members:
            if member.flag_bits & _ENCRYPTED_FLAG:
                raise encrypted()
            scan = SheetScan() if is_sheet(member.filename) else None
            previous = b""
            for number, block in enumerate(_blocks(archive, member, unfolding)):
                if number == 0:
                    _refuse_document_type(member.filename, block)
                if scan is not None:
                    previous = _look(scan, previous, block)
            if scan is not None:
                scans[member.filename] = scan
            if member.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(member):
                raise encrypted()
        return ContainerScan(scans, _sheet_members(archive))


def refuse_absurd_extent(path: Path, member: str, scan: SheetScan, sheet: str, limits: ReadLimits) -> None:
    """Raise ImportFailedError `file_hostile` when the values of a sheet span more cells than the limit.

    Empty formatted cells do not count: they are common far outside the data, and the library skips them.
    """
    if scan.cells <= limits.max_sheet_cells:
        return
    exact = SheetScan()
    far = b"A1"
    unfolding = Unfolding(path.stat().st_size, limits)
    with corrupt_archive_is_reported("workbook"), zipfile.ZipFile(path) as archive:
        rest = b""
        for block in _blocks(archive, archive.getinfo(member), unfolding):
            data = rest + block
            for letters, digits in _FILLED.findall(data):
                exact.columns.add(letters)
                row = int(digits)
                if row >= exact.last_row:
                    exact.last_row, far = row, letters + digits
            rest = data[-1024:]
    refuse_extent(exact.cells, far.decode(), sheet, limits)


def refuse_extent(cells: int, last: str, sheet: str, limits: ReadLimits) -> None:
    """Raise ImportFailedError `file_hostile` when a sheet of so many cells, the last of them at `last`, is too large."""
    if cells > limits.max_sheet_cells:
        raise ImportFailedError(
            "file_hostile",
            f"The values of the sheet {sheet!r} span {cells:,} cells (down to {last}), more than the "
            f"{limits.max_sheet_cells:,} allowed. "
            "Delete stray cells far outside the table and save the workbook again.",
            sheet=sheet,
        )


def is_sheet(member: str) -> bool:
    """Whether the member holds a sheet's cells as XML."""
    return (member.startswith("xl/worksheets/") and member.endswith(".xml")) or member == "content.xml"


def encrypted() -> ImportFailedError:
    """The failure of a file that needs a password."""
    return ImportFailedError(
        "file_encrypted", "The workbook is protected by a password. Remove the password in Excel and send it again."
    )


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, unfolding: Unfolding) -> Iterator[bytes]:
    # Reading to the end makes zipfile compare the checksum.
    with archive.open(member) as file:
        while block := file.read(BLOCK):
            unfolding.add(len(block))
            yield block


def _refuse_document_type(name: str, start: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    prolog = start[:_PROLOG].replace(b"\0", b"")
    root = _ROOT.search(prolog)
    if _DOCTYPE.search(prolog, 0, root.start() if root else len(prolog)):
        raise ImportFailedError(
            "file_hostile",
            f"The workbook's part {name!r} declares an XML document type or entities, which workbooks never need. "
            "Save it anew in Excel or LibreOffice and send it again.",
        )


def _look(scan: SheetScan, previous: bytes, block: bytes) -> bytes:
    """Take in a block of a sheet's XML; the answer is the tail to be seen together with the next block."""
    data = previous + block
    if b'hidden="' in data:
        # Those that ended in the last block were counted there.
        scan.hidden_rows += sum(found.end() > len(previous) for found in _HIDDEN_ROW.finditer(data))
    if b"f>" in data:
        found_formulas = _FORMULA_WITHOUT_VALUE.finditer(data)
        scan.formulas_without_values += sum(found.end() > len(previous) for found in found_formulas)
    scan.columns.update(_COLUMN.findall(data))
    scan.last_row = max(_last_row(data), scan.last_row)
    # One byte is found a hundred times as fast as six, and few sheets have this one.
    has_single_quotes = b"'" in data
    scan.has_errors = scan.has_errors or any(mark in data for mark in _ERRORS) or (has_single_quotes and _ERROR in data)
    scan.has_long_integers = scan.has_long_integers or _LONG_INTEGER.search(data) is not None
    return data[max(0, len(data) - 512) :]


def _last_row(data: bytes) -> int:
    """The number of the last row that begins in a piece of a sheet's XML; 0 where none does."""
    at = data.rfind(b"row ")
    while at >= 0:
        if found := _ROW.match(data, at):
            return int(found[1])
        at = data.rfind(b"row ", 0, at)
    return 0


def _sheet_members(archive: zipfile.ZipFile) -> list[str]:
    """The member of each sheet, in the workbook's order; empty for formats without such a list."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return []
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except ElementTree.ParseError as error:
        raise ImportFailedError(
            "file_corrupt", "The workbook's table of contents is damaged. Save it anew in Excel and send it again."
        ) from error
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    members = []
    for element in workbook.iter():
        if element.tag.rsplit("}", 1)[-1] == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "") or ""
            members.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}"))
    return members

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
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.containers import BLOCK, Unfolding, archive_members, corrupt_archive_is_reported
from headgate.engine.read.ods_content import CONTENT, ContentScan
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.sheet_scan import FilledScan, SheetScan

_PROLOG = 64 << 10
_ENCRYPTED_FLAG = 0x1
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class ContainerScan:
    """The sheets' scans by member name, and in the workbook's order of sheets their member names (if known).

    `content`: that of the one member which holds all sheets of an ODS file. `may_have_errors`: of a binary workbook, whether the
    library that tells cells with errors is to be asked.
    """

    scans: dict[str, SheetScan]
    sheet_members: list[str]
    content: ContentScan | None = None
    may_have_errors: bool = True

    def of_sheet(self, index: int) -> SheetScan | None:
        """The scan of the workbook's sheet `index`; None when the format keeps its sheets in no XML of their own."""
        if index < len(self.sheet_members):
            return self.scans.get(self.sheet_members[index])
        return None


def scan_container(path: Path, limits: ReadLimits) -> ContainerScan:
    """Read every member once. Raises ImportFailedError `file_hostile`, `file_corrupt`, `file_encrypted`."""
    unfolding = Unfolding(path.stat().st_size, limits)
    scans: dict[str, SheetScan] = {}
    content: ContentScan | None = None
    with corrupt_archive_is_reported("workbook"), zipfile.ZipFile(path) as archive:
        members = archive_members(archive, limits)
        declared = Unfolding(path.stat().st_size, limits)
        for member in members:
            declared.add(member.file_size)
        for member in members:
            if member.flag_bits & _ENCRYPTED_FLAG:
                raise encrypted()
            scan: SheetScan | ContentScan | None = None
            if member.filename == CONTENT:
                scan = content = ContentScan()
            elif _is_sheet(member.filename):
                scan = scans[member.filename] = SheetScan()
            for number, block in enumerate(_blocks(archive, member, unfolding)):
                if number == 0:
                    _refuse_document_type(member.filename, block)
                if scan is not None:
                    scan.take(block)
            if member.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(member):
                raise encrypted()
        return ContainerScan(scans, _sheet_members(archive), content)


def absurd_extent(path: Path, member: str, scan: SheetScan, limits: ReadLimits) -> FilledScan | None:
    """What is filled of a sheet, when that spans more cells than the limit; None when it does not.

    Empty formatted cells do not count: they are common far outside the data, and the library skips them.
    """
    if scan.cells <= limits.max_sheet_cells:
        return None
    filled = FilledScan()
    unfolding = Unfolding(path.stat().st_size, limits)
    with corrupt_archive_is_reported("workbook"), zipfile.ZipFile(path) as archive:
        for block in _blocks(archive, archive.getinfo(member), unfolding):
            filled.take(block)
    return filled if filled.cells > limits.max_sheet_cells else None


def refuse_absurd_extent(path: Path, member: str, scan: SheetScan, sheet: str, limits: ReadLimits) -> None:
    """Raise ImportFailedError `file_hostile` when the values of a sheet span more cells than the limit."""
    if filled := absurd_extent(path, member, scan, limits):
        refuse_extent(filled.cells, filled.far.decode(), sheet, limits)


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


def _is_sheet(member: str) -> bool:
    """Whether the member holds one sheet's cells as XML."""
    return member.startswith("xl/worksheets/") and member.endswith(".xml")


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

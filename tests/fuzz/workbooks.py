"""Workbooks: what our own code makes of their parts, and what of whole files, without the child process around it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine
import xlsxwriter

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.sheet_frames import frame_of_rows
from headgate.engine.read.sheet_rows import sheet_rows
from headgate.engine.read.workbook_check import ContainerCheck
from headgate.engine.read.workbook_child import _Workbook
from headgate.engine.read.workbook_opening import Opening
from headgate.engine.read.workbook_request import Request
from tests.fuzz.harness import Harness, Input
from tests.fuzz.reading import LIMITS, failure_of, read

MAX_MEMBERS = 30
SEED_WORKBOOK = Path(__file__).parents[1] / "data" / "old.xls"


def _xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, ["id", "name", "when"])
        sheet.write_row(1, 0, [1, "Ana"])
        sheet.write_number(1, 2, 45000.5, workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.merge_range(3, 0, 4, 1, "m")
        sheet.set_row(5, None, None, {"hidden": True})
        workbook.add_worksheet("Other").hide()
    return buffer.getvalue()


def _ods() -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="A"><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return _packed({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest/>", "content.xml": content.encode(),
    })  # fmt: skip


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BASES = {"xlsx": _members(_xlsx()), "ods": _members(_ods())}
PARTS = [(form, name) for form, members in BASES.items() for name in members if name.endswith((".xml", ".rels"))]


def check_part(data: bytes) -> None:
    """A workbook one part of which is anything: read, or refused as the child process refuses."""
    options = Input(data)
    form, name = PARTS[options.number(len(PARTS))]
    _read(_packed(BASES[form] | {name: options.rest()}), form)


def check_workbook(data: bytes) -> None:
    """Whole files of any form by their content, through the process that may be killed: damaged ones ask for much memory."""
    read(data, "data.xlsx")


def _read(content: bytes, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"workbook.{form}"
        path.write_bytes(content)
        request = Request(str(path), form, None, False, LIMITS)
        try:
            check = ContainerCheck(request, lambda: None, _unexpected)
            _look(_Workbook(request, Opening(request), check))
        except ImportFailedError as error:
            failure_of(error)
        except (calamine.CalamineError, OSError, ValueError):
            return  # which the child process tells as a damaged workbook
        except BaseException as error:
            # A panic of the library ends the child process, which its parent tells as a damaged workbook too.
            if type(error).__name__ != "PanicException":
                raise


def _unexpected(error: ImportFailedError | None) -> None:
    raise AssertionError("so small a file is checked at once")


def _look(workbook: _Workbook) -> None:
    for index in workbook.visible()[:MAX_MEMBERS]:
        workbook.may_have_data(index)
        sheet = workbook.sheet(index)
        details: Any = workbook.details(index, sheet)
        rows = list(sheet_rows(sheet, details, kinds=False))
        assert sum(some.count for some in rows) == (0 if sheet.end is None else sheet.end[0] + 1)
        for some in rows:
            assert frame_of_rows(some.left, some.count, some.columns).height == some.count
        workbook.traces(index, sheet)


def check_old_container(data: bytes) -> None:
    """OLE2 containers as the check has them: refused by a plain failure, or passed on."""
    from headgate.engine.read.containers import OLE_MAGIC
    from headgate.engine.read.xls_container import check_xls

    content = OLE_MAGIC + data if not data.startswith(OLE_MAGIC) else data
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        path.write_bytes(content)
        try:
            check_xls(path)
        except ImportFailedError as error:
            failure_of(error)


def part_seeds() -> Iterator[bytes]:
    """Each part as it stands in a good workbook."""
    for number, (form, name) in enumerate(PARTS):
        yield bytes([number]) + BASES[form][name]


def workbook_seeds() -> Iterator[bytes]:
    """Good workbooks."""
    yield SEED_WORKBOOK.read_bytes()
    yield from map(_packed, BASES.values())


HARNESSES = (
    Harness("workbook-part", "readers", check_part, part_seeds, (
        b"<row r=", b"<c r=\"XFD1048576\"", b"<v>", b"</v>", b"t=\"s\"", b"t=\"inlineStr\"", b"t=\"e\"", b"#REF!", b"<mergeCell ref=",
        b"number-rows-repeated=", b"number-columns-repeated=", b"<!DOCTYPE", b"hidden=\"1\"", b"<sheet name=", b"r:id=", b"xml:space",
    )),
    Harness("workbook", "readers", check_workbook, workbook_seeds, (b"PK\3\4", b"PK\1\2", b"PK\5\6"), max_bytes=65_536),
    Harness("old-container", "readers", check_old_container, lambda: (SEED_WORKBOOK.read_bytes(),), max_bytes=65_536),
)  # fmt: skip

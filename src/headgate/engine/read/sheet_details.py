"""What the workbook library hides: the texts of error cells, and integers too long for a floating point number."""

from __future__ import annotations

import re
import zipfile
from dataclasses import field
from pathlib import Path
from xml.parsers import expat

from headgate.engine.read.containers import BLOCK
from headgate.engine.read.sheet_scan import column_number
from headgate.records import dataclass

_LONG_INTEGER = re.compile(r"-?\d{16,}")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_LIBRARY_ERROR = re.compile(r"Error\((\w+)\)")
_ERROR_TEXTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}

Position = tuple[int, int]
"""0-based row and column in the sheet."""


@dataclass
class SheetDetails:
    """Texts of error cells, and exact digits of long integers, by position."""

    errors: dict[Position, str] = field(default_factory=dict)
    integers: dict[Position, str] = field(default_factory=dict)


def xlsx_details(path: Path, member: str) -> SheetDetails:
    """Read the sheet's own XML."""
    collector = _XlsxCollector()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    _feed(parser, path, member)
    return collector.details


def ods_details(path: Path, sheet: str) -> SheetDetails:
    """Read the error cells of one table of `content.xml`."""
    collector = _OdsCollector(sheet)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    _feed(parser, path, "content.xml")
    return collector.details


def library_details(path: Path, sheet: int, start: Position) -> SheetDetails:
    """Ask the library that reports error cells; for binary workbooks, whose sheets start at `start`."""
    import fastexcel  # some milliseconds to load, for binary workbooks only

    loaded = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string")
    details = SheetDetails()
    _, found = loaded.to_arrow_with_errors()
    for error in found.errors if found is not None else []:
        name = _LIBRARY_ERROR.search(error.detail)
        if name is not None:
            row, column = error.position
            details.errors[start[0] + row, start[1] + column] = _ERROR_TEXTS.get(name.group(1), "#ERROR!")
    return details


def _feed(parser: expat.XMLParserType, path: Path, member: str) -> None:
    with zipfile.ZipFile(path) as archive, archive.open(member) as file:
        while block := file.read(BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)


class _XlsxCollector:
    def __init__(self) -> None:
        self.details = SheetDetails()
        self._row = self._column = -1
        self._type = ""
        self._value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit("}", 1)[-1]
        if tag == "c":
            self._type = attributes.get("t", "n")
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            if reference:
                self._column, self._row = column_number(reference.group(1).encode()), int(reference.group(2)) - 1
            else:
                self._column += 1
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
        elif tag == "v" and self._type in ("e", "n"):
            self._value = []

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value.append(data)

    def end(self, name: str) -> None:
        if self._value is None or name.rsplit("}", 1)[-1] != "v":
            return
        text, self._value = "".join(self._value).strip(), None
        if self._type == "e":
            self.details.errors[self._row, self._column] = text or "#ERROR!"
        elif _LONG_INTEGER.fullmatch(text):
            self.details.integers[self._row, self._column] = text


class _OdsCollector:
    def __init__(self, sheet: str) -> None:
        self.details = SheetDetails()
        self._sheet = sheet
        self._active = False
        self._row, self._column, self._rows, self._columns = -1, 0, 1, 1
        self._error: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit("}", 1)[-1]
        values = {key.rsplit("}", 1)[-1]: value for key, value in attributes.items()} if tag.startswith("table") else {}
        if tag == "table":
            self._active = values.get("name") == self._sheet
            self._row, self._rows = -1, 1
        elif tag == "table-row":
            self._row += self._rows
            self._rows = int(values.get("number-rows-repeated", 1))
            self._column, self._columns = 0, 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += self._columns
            self._columns = int(values.get("number-columns-repeated", 1))
            if self._active and any(
                key.endswith("}value-type") and value == "error" for key, value in attributes.items()
            ):
                self._error = []

    def text(self, data: str) -> None:
        if self._error is not None:
            self._error.append(data)

    def end(self, name: str) -> None:
        if self._error is None or name.rsplit("}", 1)[-1] != "table-cell":
            return
        text, self._error = "".join(self._error).strip() or "#ERROR!", None
        for row in range(self._row, self._row + min(self._rows, 65_536)):
            for column in range(self._column, self._column + min(self._columns, 1024)):
                self.details.errors[row, column] = text

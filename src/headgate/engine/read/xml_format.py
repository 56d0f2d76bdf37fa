"""XML as a format: its shape is learned first, then the elements that are rows become records."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.chunks import ChunkWriter, frame_of_columns
from headgate.engine.read.json_cursor import MAX_VALUE_CHARACTERS, compact
from headgate.engine.read.markup_text import markup_text
from headgate.engine.read.source import Format, Source
from headgate.engine.read.xml_parser import parse
from headgate.engine.read.xml_structure import Node, XmlOptions, choose_rows, local
from headgate.engine.table import FileDescription, RawTable, rows_per_chunk

_DECLARATION = re.compile(rb"\s*<\?xml[\s?]")
_ELEMENT = re.compile(
    rb"""\s*(?:<!--.{0,2000}?-->\s*)*<[A-Za-z_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*>\s*<[A-Za-z_!?/]""",
    re.S,
)
_DOCTYPE = re.compile(rb"\s*<!DOCTYPE\s", re.I)
_OTHER_FORMATS = {
    "svg": "an SVG image",
    "html": "an XHTML page",
    "Workbook": "an XML spreadsheet of Excel 2003; open it in Excel and save it as XLSX",
    "package": "an Office document in XML",
    "wordDocument": "a Word document in XML",
    "document": "an office document in XML",
    "document-content": "an office document in XML",
}
_OFFICE = ("package", "document", "document-content", "wordDocument", "Workbook")
_CHARACTERS_AT_ONCE = 16 << 20


def _recognizes(source: Source) -> bool:
    head = source.head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if _DECLARATION.match(head) or _DOCTYPE.match(head):
        return True
    return _ELEMENT.match(head[:16_384]) is not None and b"</" in head


def _read(source: Source) -> RawTable:
    options = source.options.xml
    text = markup_text(source)
    shape = _Shape(source.limits.max_columns)
    parse(text, shape)
    root = next(iter(shape.top.children.values()))
    root.parent = None
    rows = _Rows(source, root, choose_rows(root, options), options)
    size = source.path.stat().st_size
    progress = source.progress
    parse(text, rows, None if progress is None else lambda done: progress(min(done, size), size))
    warnings = [*text.warnings, *rows.warnings()]
    if source.packing:
        warnings.append(unpacked(source.packing))
    return rows.finish(FileDescription("xml", encoding=text.encoding, warnings=warnings))


def _values(attributes: list[str]) -> list[tuple[str, str]]:
    """The attributes that are data: no namespaces, no notes for validators."""
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    return [(name, value) for name, value in pairs if not name.startswith(("xmlns", "xsi:", "xml:"))]


class _Shape:
    """Gathers the nodes of a document, and how often each stands below one parent."""

    def __init__(self, max_columns: int) -> None:
        self.top = Node("")
        self._limit = max_columns
        self._nodes = 0
        self._at = self.top
        self._counts: list[dict[str, int]] = [{}]

    def start(self, name: str, attributes: list[str]) -> None:
        node = self._at.children.get(name)
        if node is None:
            if self._at is self.top:
                _refuse_other_formats(name, attributes)
            node = self._at.children[name] = Node(name, self._at if self._at is not self.top else None)
            self._grow(1)
        node.count += 1
        counts = self._counts[-1]
        counts[name] = seen = counts.get(name, 0) + 1
        if seen > node.most:
            node.most = seen
        if attributes:
            new = [key for key, _ in _values(attributes) if key not in node.attributes]
            node.attributes.update(dict.fromkeys(new))
            self._grow(len(new))
        self._counts.append({})
        self._at = node

    def end(self, name: str) -> None:
        self._counts.pop()
        self._at = self._at.parent or self.top

    def text(self, text: str) -> None:
        if not self._at.has_text and not text.isspace():
            self._at.has_text = True

    def _grow(self, count: int) -> None:
        self._nodes += count
        if self._nodes > self._limit:
            raise ImportFailedError(
                "too_many_columns",
                f"The XML document has more than {self._limit:,} different elements and attributes. "
                "Names that hold data (such as ids) cannot be columns; use one name for all rows.",
            )


def _refuse_other_formats(name: str, attributes: list[str]) -> None:
    found = _OTHER_FORMATS.get(local(name))
    is_office = any("office" in value or "opendocument" in value for value in attributes[1::2])
    if found is not None and (local(name) not in _OFFICE or is_office):
        raise ImportFailedError(
            "file_format_unknown", f"The file is {found}. Send CSV, Excel, ODS, JSON, or XML with one element a row."
        )


class _Rows:
    """Gathers the elements below the chosen node and writes them in chunks."""

    def __init__(self, source: Source, root: Node, chosen: Node, options: XmlOptions) -> None:
        self._writer = ChunkWriter(source.workdir / "cells", source.limits, compressed_after=source.compressed_after)
        self._chosen = chosen
        self._root = root
        self._columns: dict[str, int] = {}
        self._forced = set(options.force_array_tags)
        self._places(chosen, "")
        self._writer.widen(max(1, len(self._columns)), record=0)
        self._aliases = dict(options.header_alias)
        self._stack: list[_Element] = []
        self._trail: list[Node | None] = []
        self._cells: list[list[str | None]] = [[] for _ in self._columns]
        self._pending = self._characters = self._record = 0

    def start(self, name: str, attributes: list[str]) -> None:
        if self._stack:
            self._stack.append(_Element(name, _values(attributes)))
            self._add(64 + sum(map(len, attributes)))
            return
        above = self._trail[-1] if self._trail else None
        node = self._root if not self._trail else above.children.get(name) if above else None
        self._trail.append(node)
        if node is self._chosen:
            self._stack.append(_Element(name, _values(attributes)))
            self._record = 0

    def end(self, name: str) -> None:
        if not self._stack:
            self._trail.pop()
            return
        element = self._stack.pop()
        if self._stack:
            self._stack[-1].take(element)
            return
        self._trail.pop()
        self._row(element)

    def text(self, text: str) -> None:
        if self._stack:
            self._stack[-1].add_text(text)
            self._add(len(text))

    def warnings(self) -> list[dict[str, Any]]:
        """Which elements became rows, and which data stand outside of them."""
        outside = [
            node.path
            for node in self._root.all()
            if node is not self._chosen and not node.is_below(self._chosen) and (node.has_text or node.attributes)
        ]
        found: list[dict[str, Any]] = [warning("xml_rows", element=self._chosen.path)]
        if outside:
            found.append(warning("xml_elements_outside_rows", elements=outside[:50]))
        return found

    def finish(self, description: FileDescription) -> RawTable:
        """Write what is left and give the table."""
        self._flush()
        return self._writer.finish("json", description, self._header())

    def _places(self, node: Node, path: str) -> None:
        """Columns for the node's own attributes and text, then for what is below it."""
        own = path or node.name
        if node.has_text or (not node.children and not node.attributes):
            self._columns.setdefault(own, len(self._columns))
        for attribute in node.attributes:
            self._columns.setdefault(f"{path}@{attribute}", len(self._columns))
        for child in node.children.values():
            below = f"{path}.{child.name}" if path else child.name
            if child.repeats or child.name in self._forced:
                self._columns.setdefault(below, len(self._columns))
            else:
                self._places(child, below)

    def _header(self) -> list[str]:
        """Names without prefixes and signs, as far as that keeps them apart."""
        short = {key: ".".join(map(local, key.replace("@", ".").strip(".").split("."))) for key in self._columns}
        taken = list(short.values())
        names = {key: name if taken.count(name) == 1 else key for key, name in short.items()}
        return [self._aliases.get(name, self._aliases.get(key, name)) for key, name in names.items()]

    def _row(self, element: _Element) -> None:
        row: list[str | None] = [None] * len(self._columns)
        self._fill(row, element, self._chosen, "")
        for column, value in zip(self._cells, row, strict=True):
            column.append(value)
        self._pending += 1
        if self._pending >= rows_per_chunk(max(16, len(row))) // 2 or self._characters > _CHARACTERS_AT_ONCE:
            self._flush()

    def _fill(self, row: list[str | None], element: _Element, node: Node, path: str) -> None:
        # An element without a column of its own never has more than white space.
        own = self._columns.get(path or node.name)
        if own is not None:
            row[own] = element.own_text
        for name, value in element.attributes:
            row[self._columns[f"{path}@{name}"]] = value
        lists: dict[str, list[Any]] = {}
        for child in element.children:
            below = f"{path}.{child.name}" if path else child.name
            if below in self._columns and (node.children[child.name].repeats or child.name in self._forced):
                lists.setdefault(below, []).append(child.value())
            else:
                self._fill(row, child, node.children[child.name], below)
        for below, values in lists.items():
            row[self._columns[below]] = compact(values)

    def _add(self, characters: int) -> None:
        self._characters += characters
        self._record += characters
        if self._record > MAX_VALUE_CHARACTERS:
            raise ImportFailedError(
                "file_hostile",
                f"A single row of the XML document is larger than {MAX_VALUE_CHARACTERS >> 20} million characters. "
                "If the element inside of it is the row, name that in `settings.xmlParsingOptions.forceArrayTags`.",
            )

    def _flush(self) -> None:
        if not self._pending:
            return
        frame: pl.DataFrame = frame_of_columns(self._cells)
        self._writer.add(frame)
        self._cells = [[] for _ in self._columns]
        self._pending = self._characters = 0


class _Element:
    """An element of the record at hand. Where text and elements are mixed, its text holds that of those inside too."""

    __slots__ = ("_has_own", "_parts", "attributes", "children", "name")

    def __init__(self, name: str, attributes: list[tuple[str, str]]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[_Element] = []
        self._parts: list[str] = []
        self._has_own = False

    def add_text(self, text: str) -> None:
        """More of its own text."""
        self._parts.append(text)
        if not self._has_own and not text.isspace():
            self._has_own = True

    def take(self, child: _Element) -> None:
        """An element inside of it has ended."""
        self.children.append(child)
        self._parts.extend(child._parts)

    @property
    def own_text(self) -> str | None:
        """The text, None where there is only the white space between elements."""
        if self.children and not self._has_own:
            return None
        return "".join(self._parts)

    def value(self) -> Any:
        """A text, or an object of attributes, text and elements."""
        if not self.attributes and not self.children:
            return self.own_text or None
        members: dict[str, Any] = dict(self.attributes)
        if text := self.own_text:
            members["#text"] = text
        for child in self.children:
            name, value = local(child.name), child.value()
            if name not in members:
                members[name] = value
            elif isinstance(members[name], list):
                members[name].append(value)
            else:
                members[name] = [members[name], value]
        return members


XML = Format("xml", _recognizes, _read)

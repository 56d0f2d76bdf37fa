"""HTML as a format: pages that programs export as `.xls` or `.html`; the table that fits best is read."""

from __future__ import annotations

import re
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.chunks import ChunkWriter, frame_of_columns
from headgate.engine.read.html_tables import Row, TableParser, TakeRow
from headgate.engine.read.markup_text import MarkupText, markup_text
from headgate.engine.read.options import SheetPreview
from headgate.engine.read.source import Format, Source
from headgate.engine.table import FileDescription, RawTable, rows_per_chunk

_PREVIEW_ROWS = 50
_PREVIEW_CELLS = 500
_PREVIEW_CHARACTERS = 200
_CHARACTERS_AT_ONCE = 16 << 20
_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|table|head|body|meta|style)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def _recognizes(source: Source) -> bool:
    return _START.match(source.head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")) is not None


def _read(source: Source) -> RawTable:
    text = markup_text(source)
    overview = _Overview()
    names = _parse(text, overview.take, source)
    chosen = _chosen(overview, names, source)
    rows = _Rows(source, chosen)
    _parse(text, rows.take, source)
    others = [names[n] for n, count in sorted(overview.filled.items()) if n != chosen and count > 1]
    warnings: list[dict[str, Any]] = list(text.warnings)
    if others:
        warnings.append(warning("other_sheets_not_read", sheets=others[:50]))
    if source.packing:
        warnings.append(unpacked(source.packing))
    description = FileDescription("html", encoding=text.encoding, sheet=names[chosen], warnings=warnings)
    return rows.finish(description)


def _parse(text: MarkupText, take: TakeRow, source: Source) -> list[str]:
    parser = TableParser(take, source.path.stat().st_size, source.limits)
    for block in text.blocks():
        parser.feed(block)
    parser.close()
    return parser.names


def _chosen(overview: _Overview, names: list[str], source: Source) -> int:
    """The number of the table to read: the one that is asked for, that fits best, or that is largest."""
    wanted = source.options.sheet
    if wanted is not None:
        position = wanted if isinstance(wanted, int) else names.index(wanted) if wanted in names else -1
        if 0 <= position < len(names):
            return position
        raise ImportFailedError(
            "sheet_not_found",
            f"The HTML page has no table {wanted!r}; it has {', '.join(map(repr, names[:20])) or 'none'}. "
            "Correct `settings.uploadStep.sheetOverride` or leave it out.",
            sheet=wanted,
            sheets=names[:100],
        )
    found = sorted(overview.filled, key=lambda number: -overview.sizes[number])
    if not found:
        raise ImportFailedError(
            "file_format_unknown",
            "The HTML page has no table with content. Send the page that holds the table, or CSV, Excel, ODS or JSON.",
        )
    if len(found) == 1 or source.choose_sheet is None:
        return found[0]
    # The largest first: it is taken where none fits better.
    chosen = source.choose_sheet([SheetPreview(names[number], number, overview.heads[number]) for number in found])
    if chosen not in found:
        raise ValueError(f"choose_sheet answered {chosen}, which is the index of none of the tables")
    return chosen


class _Overview:
    """The first rows and the size of each table: `filled` rows with text, `sizes` cells with text."""

    def __init__(self) -> None:
        self.heads: dict[int, list[list[str | None]]] = {}
        self.filled: dict[int, int] = {}
        self.sizes: dict[int, int] = {}

    def take(self, number: int, row: Row) -> None:
        head = self.heads.setdefault(number, [])
        if len(head) < _PREVIEW_ROWS:
            head.append([cell and cell[:_PREVIEW_CHARACTERS] for cell in row[:_PREVIEW_CELLS]])
        filled = len(row) - row.count(None)
        if filled:
            self.filled[number] = self.filled.get(number, 0) + 1
            self.sizes[number] = self.sizes.get(number, 0) + filled


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, source: Source, chosen: int) -> None:
        self._writer = ChunkWriter(source.workdir / "cells", source.limits, compressed_after=source.compressed_after)
        self._chosen = chosen
        self._source = source
        self._pending: list[Row] = []
        self._characters = self._count = 0

    def take(self, number: int, row: Row) -> None:
        if number != self._chosen:
            return
        characters = sum(len(cell) for cell in row if cell)
        self._writer.widen(len(row), record=self._count)
        self._count += 1
        self._pending.append(row)
        self._characters += characters
        many = len(self._pending) >= rows_per_chunk(max(16, self._writer.width)) // 2
        if many or self._characters > _CHARACTERS_AT_ONCE:
            self._flush()

    def finish(self, description: FileDescription) -> RawTable:
        """Write what is left and give the table."""
        self._flush()
        if self._source.progress is not None:
            size = self._source.path.stat().st_size
            self._source.progress(size, size)
        return self._writer.finish("text", description)

    def _flush(self) -> None:
        rows, self._pending, self._characters = self._pending, [], 0
        width = max(1, max(map(len, rows), default=0))
        if rows:
            cells = [[*row, *[None] * (width - len(row))] for row in rows]
            self._writer.add(frame_of_columns(list(zip(*cells, strict=True))))


HTML = Format("html", _recognizes, _read)

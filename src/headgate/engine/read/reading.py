"""Bytes of any file → raw table: unpack, recognize the format by content, hand over to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.binary import refuse_known_binary
from headgate.engine.read.containers import GZIP_MAGIC, ZIP_MAGICS, unpack_gzip, unpack_single_file
from headgate.engine.read.formats import formats_of
from headgate.engine.read.options import ChooseSheet, Progress, ReadOptions
from headgate.engine.read.source import Source
from headgate.engine.table import RawTable


def read_source(
    path: Path,
    workdir: Path,
    options: ReadOptions,
    *,
    choose_sheet: ChooseSheet | None = None,
    progress: Progress | None = None,
    begun: Callable[[], object] = lambda: None,
) -> RawTable:
    """Read a file on local disk into a raw table whose chunks lie in `workdir` (keep it with the table).

    The content decides what the file is; its name is a hint. `choose_sheet` picks among the visible sheets with data of
    a workbook (default: the first); `options.sheet` goes before it. `begun` is told as soon as other work may go on beside. Raises
    ImportFailedError.
    """
    name = options.filename or path.name
    source = _unpacked(Source(path, name, workdir, options, choose_sheet, progress, begun=begun))
    if not source.head:
        raise ImportFailedError("file_empty", "The file has no content. Send a file with at least one row.")
    refuse_known_binary(source)
    for known in formats_of(source):
        if known.recognizes(source):
            if not known.elsewhere:
                begun()
            return known.read(source)
    raise ImportFailedError(
        "file_format_unknown",
        "The content is none of the formats that can be read. Send CSV, Excel, ODS, JSON, XML, an HTML table or Parquet.",
    )


def _unpacked(source: Source) -> Source:
    """The source without a gzip or zip around it. One layer only: a table has no reason to be packed twice."""
    if source.head.startswith(GZIP_MAGIC):
        target = source.place("unpacked")
        unpack_gzip(source.path, target, source.limits)
        inner = replace(source, path=target, name=source.name.removesuffix(".gz"), packing="gzip")
    elif source.head.startswith(ZIP_MAGICS) and not _is_document(source):
        target = source.place("unpacked")
        name = unpack_single_file(source.path, target, source.limits)
        inner = replace(source, path=target, name=name, packing="zip")
    else:
        return source
    if inner.head.startswith(GZIP_MAGIC) or (inner.head.startswith(ZIP_MAGICS) and not _is_document(inner)):
        raise ImportFailedError(
            "archive_not_single_file", "The archive holds another archive. Send the file itself, packed once at most."
        )
    return inner


def _is_document(source: Source) -> bool:
    """Whether a zip is an office document rather than an archive."""
    names = source.member_names
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)

"""Delimited text as a format: prepare the text, find the dialect, read, and describe what was decided."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read import blocks
from headgate.engine.read.binary import refuse_binary
from headgate.engine.read.blocks import NotPlainTextError
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import Mended, read_delimited
from headgate.engine.read.detect import Detection, detect_dialect, unused_character
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.encoding import start_of_utf8, valid_utf8, wide_encoding
from headgate.engine.read.fixed_width import FixedWidth, delimited, fixed_width
from headgate.engine.read.losses import scientific_notation
from headgate.engine.read.signs import TextSigns
from headgate.engine.read.source import Format, Source
from headgate.engine.read.text import PreparedText, plain_text, prepare_text
from headgate.engine.table import FileDescription, RawTable

_FIXED_WIDTH_CONFIDENCE = 0.95
_SPELLED = {"\\t": "\t", "tab": "\t"}


def _recognizes(source: Source) -> bool:
    """Any text at all is a table of at least one column."""
    return bool(source.head)


def _read(source: Source) -> RawTable:
    wanted = _wanted_delimiter(source)
    refuse_binary(source, wide=_is_wide(source.head))
    if (table := _read_at_once(source, wanted)) is not None:
        return table
    stand_in = unused_character(source.path) if wanted and not _is_one_byte(wanted) else None
    text = prepare_text(
        source.path, source.workdir, encoding=source.options.encoding, delimiter=wanted, stand_in=stand_in
    )
    detection = detect_dialect(text.path, stand_in or wanted)
    columns = fixed_width(text.path) if wanted is None and detection.may_be_fixed_width else None
    if columns is not None:
        return _read_fixed_width(source, text, columns)
    restore = (stand_in, wanted) if stand_in and wanted else None
    writer, mended = _read_cells(source, text.path, detection, restore=restore)
    table = writer.finish("text", _description(source, text, detection, mended, wanted))
    if text.path != source.path:
        text.path.unlink()
    return table


def _read_at_once(source: Source, wanted: str | None) -> RawTable | None:
    """Read what is probably UTF-8 and find out on the way whether it is.

    None where it is not, where it has to be changed first or to be cut at fixed places, and where it cannot be read: nothing is left
    then, and to find all that out first tells what is wrong. One pass over the file is as long as all others together.
    """
    bom_bytes = start_of_utf8(source.head)
    of_several_bytes = wanted is not None and not _is_one_byte(wanted)
    short = source.path.stat().st_size <= blocks.STRICT_BLOCK
    if short or source.large or source.options.encoding or bom_bytes is None or of_several_bytes:
        return None
    signs = TextSigns()
    try:
        detection = detect_dialect(source.path, wanted)
        if wanted is None and detection.may_be_fixed_width:
            return None
        writer, mended = _read_cells(source, source.path, detection, signs=signs)
        text = plain_text(source.path, valid_utf8(signs, bom_bytes))
        if text is not None:
            return writer.finish("text", _description(source, text, detection, mended, wanted))
    except (ImportFailedError, NotPlainTextError):
        pass
    shutil.rmtree(_cells_directory(source), ignore_errors=True)
    return None


def _read_cells(
    source: Source,
    path: Path,
    detection: Detection,
    *,
    restore: tuple[str, str] | None = None,
    signs: TextSigns | None = None,
) -> tuple[ChunkWriter, Mended]:
    """Read the text in the file `path`."""
    # One thread reads ahead and one writes, the text is parsed between them; in a single block there is nothing to be done side by side.
    several = path.stat().st_size > blocks.STRICT_BLOCK
    with ThreadPoolExecutor(2, thread_name_prefix="read") if several else nullcontext() as worker:
        writer = ChunkWriter(
            _cells_directory(source),
            source.limits,
            restore=restore,
            compressed_after=source.compressed_after,
            worker=worker,
        )
        mended = read_delimited(
            path,
            detection.dialect,
            writer,
            expected_width=detection.width,
            shapes=detection.shapes,
            progress=source.progress,
            kept=source.options.kept if source.large else None,
            signs=signs,
            worker=worker,
        )
        writer.flushed()
    return writer, mended


def _cells_directory(source: Source) -> Path:
    return source.workdir / "cells"


def _read_fixed_width(source: Source, text: PreparedText, columns: FixedWidth) -> RawTable:
    delimiter = unused_character(text.path)
    target = source.place("columns.utf8")
    delimited(text.path, target, columns, delimiter)
    writer = ChunkWriter(_cells_directory(source), source.limits, compressed_after=source.compressed_after)
    read_delimited(
        target, Dialect(delimiter, None), writer, expected_width=len(columns.starts), progress=source.progress
    )
    target.unlink()
    warnings = [*text.warnings, warning("fixed_width_read", columns=len(columns.starts))]
    if source.packing:
        warnings.append(unpacked(source.packing))
    return writer.finish(
        "text",
        FileDescription(
            format="fixed-width",
            encoding=text.encoding.name,
            confidence=round(min(text.encoding.confidence, _FIXED_WIDTH_CONFIDENCE), 3),
            runners_up=text.encoding.runners_up,
            warnings=warnings,
        ),
    )


def _wanted_delimiter(source: Source) -> str | None:
    wanted = source.options.delimiter
    if not wanted:
        return None
    wanted = _SPELLED.get(wanted.lower(), wanted)
    if any(character in wanted for character in '"\r\n\0'):
        raise ImportFailedError(
            "file_format_unknown",
            f"The delimiter {wanted!r} cannot be used: it holds a quote or a line end. "
            "Set `settings.delimiter` to another or to null.",
        )
    return wanted


def _is_one_byte(delimiter: str) -> bool:
    return len(delimiter) == 1 and delimiter.isascii()


def _is_wide(head: bytes) -> bool:
    """Whether NULs are UTF-16 or UTF-32 at work rather than a sign of binary content."""
    return wide_encoding(head) is not None


def _description(
    source: Source, text: PreparedText, detection: Detection, mended: Mended, wanted: str | None
) -> FileDescription:
    exponents = text.signs is None or text.signs.exponents
    warnings: list[dict[str, Any]] = [*text.warnings, *(scientific_notation(text.path) if exponents else ())]
    if mended.quotes.count:
        warnings.append(warning("broken_quotes", rows=mended.quotes.count, firstRow=mended.quotes.first))
    if mended.delimiters.count:
        warnings.append(
            warning("rows_with_another_delimiter", rows=mended.delimiters.count, firstRow=mended.delimiters.first)
        )
    if detection.dialect.spaced_quotes:
        warnings.append(warning("spaces_around_quotes_removed"))
    if source.packing:
        warnings.append(unpacked(source.packing))
    return FileDescription(
        format="tsv" if detection.dialect.delimiter == "\t" else "csv",
        encoding=text.encoding.name,
        delimiter=wanted or (detection.dialect.delimiter if detection.width > 1 else None),
        quote=detection.dialect.quote,
        escape=detection.dialect.escape or detection.dialect.quote,
        confidence=round(min(text.encoding.confidence, detection.confidence), 3),
        runners_up=[*detection.runners_up, *text.encoding.runners_up],
        warnings=warnings,
    )


DELIMITED = Format("delimited", _recognizes, _read)

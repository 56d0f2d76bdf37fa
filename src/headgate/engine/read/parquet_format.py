"""Parquet as a format: checked by its footer, then read in batches, each value as the text that people know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.arrow_text import is_binary, texts_of
from headgate.engine.read.chunks import ChunkWriter, empty_to_null
from headgate.engine.read.containers import Unfolding
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.source import Format, Source
from headgate.engine.table import FileDescription, RawTable, cell_column, rows_per_chunk

MAGIC, _ENCRYPTED_MAGIC = b"PAR1", b"PARE"
_FOOTER_BYTES = 8
_MAX_DEPTH = 32
_BUFFER_BYTES = 1 << 20
_BATCH_BYTES = 64 << 20
_THRIFT_BYTES = 256 << 20


def _recognizes(source: Source) -> bool:
    head = source.head[:4]
    if head not in (MAGIC, _ENCRYPTED_MAGIC):
        return False
    # A text may begin with these letters: control characters follow them in every file of this format.
    return any(byte < 9 or 13 < byte < 32 or byte > 126 for byte in source.head[4:64]) or _tail(source) == head


def _tail(source: Source) -> bytes:
    with source.path.open("rb") as file:
        file.seek(max(0, source.path.stat().st_size - 4))
        return file.read()


def _read(source: Source) -> RawTable:
    if _tail(source) == _ENCRYPTED_MAGIC:
        raise _encrypted()
    with _damage_is_reported(), source.path.open("rb") as file, _opened(file) as parquet:
        _check_sizes(parquet, source)
        reader = _Reader(parquet, source)
        for batch in reader.batches():
            reader.add(batch)
        return reader.finish()


def _opened(file: Any, dictionaries: list[str] | None = None) -> pq.ParquetFile:
    return pq.ParquetFile(
        file,
        read_dictionary=dictionaries,
        buffer_size=_BUFFER_BYTES,
        pre_buffer=False,
        thrift_string_size_limit=_THRIFT_BYTES,
        thrift_container_size_limit=10_000_000,
        page_checksum_verification=True,
    )


def _check_sizes(parquet: pq.ParquetFile, source: Source) -> None:
    """Refuse what the footer itself declares to be beyond the limits."""
    limits, metadata = source.limits, parquet.metadata
    if metadata.num_columns > limits.max_columns:
        raise ImportFailedError(
            "too_many_columns",
            f"The Parquet file has {metadata.num_columns:,} columns, more than the {limits.max_columns:,} allowed. "
            "Export only the columns that are needed.",
        )
    if metadata.num_rows * metadata.num_columns > limits.max_cells:
        raise ImportFailedError(
            "file_hostile",
            f"The Parquet file declares {metadata.num_rows:,} rows of {metadata.num_columns:,} columns, more cells "
            f"than the {limits.max_cells:,} allowed. Split the file.",
        )
    if any(parquet.schema.column(n).path.count(".") > _MAX_DEPTH for n in range(metadata.num_columns)):
        raise ImportFailedError(
            "file_hostile", f"A column of the Parquet file is nested deeper than {_MAX_DEPTH} levels. Flatten it."
        )
    declared = Unfolding(source.path.stat().st_size, limits)
    for group in range(metadata.num_row_groups):
        declared.add(max(0, metadata.row_group(group).total_byte_size))


class _Reader:
    """One file on its way into the raw table."""

    def __init__(self, parquet: pq.ParquetFile, source: Source) -> None:
        self._parquet = parquet
        self._source = source
        self._schema: pa.Schema = parquet.schema_arrow
        self._unfolding = Unfolding(source.path.stat().st_size, _without_ratio(source.limits))
        self._writer = ChunkWriter(source.workdir / "cells", source.limits, compressed_after=source.compressed_after)
        self._writer.widen(len(self._schema), record=0)
        self._nuls = 0
        self._is_text = [not _holds_binary(field.type) or self._all_utf8(field.name) for field in self._schema]

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """All rows; texts that repeat come as dictionaries, so that a batch is small before it is unfolded."""
        dictionaries = [field.name for field in self._schema if pa.types.is_string(field.type) or is_binary(field.type)]
        with self._source.path.open("rb") as file, _opened(file, dictionaries) as parquet:
            size = min(16_384, rows_per_chunk(len(self._schema)))
            yield from parquet.iter_batches(size, columns=columns, use_threads=False)

    def add(self, batch: pa.RecordBatch) -> None:
        """Append a batch, in halves where its texts are very long."""
        size = sum(_unfolded_size(column) for column in batch.columns)
        if size > _BATCH_BYTES and batch.num_rows > 1:
            half = batch.num_rows // 2
            self.add(batch.slice(0, half))
            self.add(batch.slice(half))
            return
        self._unfolding.add(size)
        pairs = zip(batch.columns, self._is_text, strict=True)
        texts = [texts_of(column, binary_is_text=is_text) for column, is_text in pairs]
        columns = [self._without_nuls(text).alias(cell_column(n)) for n, text in enumerate(texts)]
        self._writer.add(empty_to_null(pl.DataFrame(columns)))
        if self._source.progress is not None:
            size = self._source.path.stat().st_size
            self._source.progress(size * self._writer.rows // max(1, self._parquet.metadata.num_rows), size)

    def finish(self) -> RawTable:
        """The table. Raises ImportFailedError `file_corrupt` when rows are missing."""
        if self._writer.rows != self._parquet.metadata.num_rows:
            raise _corrupt()
        warnings: list[dict[str, Any]] = []
        if self._nuls:
            warnings.append(warning("nul_characters_removed", count=self._nuls))
        hexadecimal = [field.name for field, text in zip(self._schema, self._is_text, strict=True) if not text]
        if hexadecimal:
            warnings.append(warning("binary_read_as_hexadecimal", columns=hexadecimal[:50]))
        if self._source.packing:
            warnings.append(unpacked(self._source.packing))
        return self._writer.finish("json", FileDescription("parquet", warnings=warnings), list(self._schema.names))

    def _all_utf8(self, name: str) -> bool:
        """Whether all binary values of a column are text: looked at first, for a column has one form throughout."""
        try:
            for batch in self.batches([name]):
                for column in batch.columns:
                    texts_of(column.dictionary if isinstance(column, pa.DictionaryArray) else column)
        except pa.ArrowInvalid as error:
            if "UTF8" not in str(error):
                raise
            return False
        return True

    def _without_nuls(self, texts: pl.Series) -> pl.Series:
        if not texts.str.contains("\0", literal=True).any():
            return texts
        self._nuls += int(texts.str.count_matches("\0", literal=True).sum() or 0)
        return texts.str.replace_all("\0", "", literal=True)


def _holds_binary(kind: pa.DataType) -> bool:
    if isinstance(kind, pa.BaseExtensionType):
        return kind.extension_name != "arrow.uuid" and _holds_binary(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return _holds_binary(kind.value_type)
    return is_binary(kind) or any(_holds_binary(kind.field(n).type) for n in range(kind.num_fields))


def _unfolded_size(column: pa.Array) -> int:
    """The bytes of a column's values once a dictionary is written out."""
    if not isinstance(column, pa.DictionaryArray):
        return int(column.nbytes)
    if not (pa.types.is_string(column.dictionary.type) or is_binary(column.dictionary.type)):
        return int(column.nbytes)
    import pyarrow.compute as pc  # slow to load, and only Parquet files need it

    lengths = pc.binary_length(column.dictionary).cast(pa.int64())
    return int(pc.sum(pc.take(lengths, column.indices)).as_py() or 0)


def _without_ratio(limits: ReadLimits) -> ReadLimits:
    """A column of one repeated value is dense by right: only the size counts."""
    return replace(limits, max_unfold_ratio=float("inf"))


@contextmanager
def _damage_is_reported() -> Iterator[None]:
    """Turn what damaged files make the library raise into ImportFailedError."""
    try:
        yield
    except MemoryError as error:
        raise ImportFailedError(
            "memory_limit_exceeded",
            "Reading the Parquet file needs more memory than there is. Write it with smaller row groups and pages, or split it.",
        ) from error
    except (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        if "ncrypt" in str(error):
            raise _encrypted() from error
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _corrupt() from error


def _encrypted() -> ImportFailedError:
    return ImportFailedError("file_encrypted", "The Parquet file is encrypted. Send it again without encryption.")


def _corrupt() -> ImportFailedError:
    return ImportFailedError(
        "file_corrupt", "The Parquet file is damaged or incomplete. Write it anew and send it again."
    )


PARQUET = Format("parquet", _recognizes, _read)

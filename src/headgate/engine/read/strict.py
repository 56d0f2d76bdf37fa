"""The strict reader: Polars on blocks that `structure` proves regular."""

from __future__ import annotations

import codecs

import polars as pl

from headgate.engine.read.chunks import cell_schema
from headgate.engine.read.dialect import Dialect


def strict_frame(dialect: Dialect, data: bytes, width: int) -> pl.DataFrame:
    """Regular records, none wider than `width`, as cells; an empty cell is null or empty."""
    # Polars would leave out a byte order mark, which is a character of the first cell here: a blank record before it keeps it.
    marked = data.startswith(codecs.BOM_UTF8)
    frame = pl.scan_csv(
        b"\n" + data if marked else data,
        has_header=False,
        separator=dialect.delimiter,
        quote_char=dialect.quote,
        schema=cell_schema(width),
        missing_columns="insert",
        extra_columns="raise",
    ).collect()
    return frame.slice(1) if marked else frame

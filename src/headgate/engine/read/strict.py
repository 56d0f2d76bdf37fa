"""The strict reader: Polars on blocks that `structure` proves regular."""

from __future__ import annotations

import codecs

import polars as pl

from headgate.engine.read.chunks import cell_schema
from headgate.engine.read.dialect import Dialect

_TAKEN_FOR_SOMETHING_ELSE = (codecs.BOM_UTF8, b"x^", b"x\x01")
"""What Polars would leave out of a text, or take for the beginning of compressed data: gzip's and Zstandard's are no UTF-8, but
these two of zlib are."""


def strict_frame(dialect: Dialect, data: bytes, width: int) -> pl.DataFrame:
    """Regular records, none wider than `width`, as cells; an empty cell is null or empty."""
    # All of it is characters of the first cell here: a blank record before them keeps them.
    marked = data.startswith(_TAKEN_FOR_SOMETHING_ELSE)
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

"""The strict reader: Polars on blocks that `structure` proves regular."""

from __future__ import annotations

import codecs

import numpy as np
import polars as pl

from headgate.engine.read.chunks import cell_schema
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.mending import OTHER_DELIMITERS
from headgate.engine.read.structure import BlockStructure, block_structure


def structure_of(dialect: Dialect, block: bytes, *, final: bool) -> BlockStructure:
    """Where the records of a block end that begins with one. `final`: the file ends with it."""
    return block_structure(block, ord(dialect.delimiter), ord(dialect.quote) if dialect.quote else None, final=final)


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


def may_have_other_delimiters(dialect: Dialect, expected_width: int, block: bytes, structure: BlockStructure) -> bool:
    """Whether a record of few cells might have all of them with another delimiter: the careful reader finds out."""
    wanted = expected_width - 1
    if wanted < 1:
        return False
    starts = np.concatenate(([0], structure.ends[:-1]))
    narrow = (2 * structure.widths <= wanted + 1) & (structure.ends - starts > wanted)
    others = [other.encode() for other in OTHER_DELIMITERS if other != dialect.delimiter]
    return any(
        block.count(other, start, end) >= min(wanted, 2)
        for start, end in zip(starts[narrow].tolist(), structure.ends[narrow].tolist(), strict=True)
        for other in others
    )

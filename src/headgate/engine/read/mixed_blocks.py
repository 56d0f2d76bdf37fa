"""Blocks with damaged records among regular ones: each is read by the reader that can, and all are put back into their order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from headgate.engine.read.chunks import cell_schema, empty_to_null, frame_of_columns
from headgate.engine.read.records import Outline, RecordParser
from headgate.engine.read.strict import may_have_other_delimiters, strict_frame, structure_of


@dataclass(frozen=True)
class MixedBlock:
    """The records of a block as cells, how many cells each has, and how many characters of the text they took."""

    frame: pl.DataFrame
    widths: list[int]
    taken: int


def mixed_block(parser: RecordParser, text: str, *, final: bool) -> MixedBlock | None:
    """Read a block so; None where the careful reader should have it all, and then nothing has happened."""
    before = parser.state
    outline = parser.outline(text, final=final)
    found = _put_together(parser, text, outline) if outline is not None else None
    if found is None:
        parser.state = before
    return found


def _put_together(parser: RecordParser, text: str, outline: Outline) -> MixedBlock | None:
    block = "".join(text[start:end] for start, end in outline.runs).encode()
    structure = structure_of(parser.dialect, block, final=True)
    if not structure.regular or may_have_other_delimiters(parser.dialect, parser.expected_width, block, structure):
        return None
    width = max([int(structure.widths.max(initial=0)), *map(len, outline.rows)])
    regular = strict_frame(parser.dialect, block, max(width, 1)) if block else _nothing(width)
    if regular.height != len(structure.ends):
        return None
    careful = (
        _padded(frame_of_columns(list(itertools.zip_longest(*outline.rows))), width)
        if outline.rows
        else _nothing(width)
    )
    order = _order(outline, len(structure.ends))
    widths = np.concatenate((structure.widths, [len(row) for row in outline.rows])).astype(np.int64)[order]
    together = pl.concat([empty_to_null(regular), careful], rechunk=True)[order]
    return MixedBlock(together, widths.tolist(), outline.taken)


def _order(outline: Outline, regular: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each record its place among the regular records with the careful ones behind them."""
    places: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    next_regular, next_careful = 0, regular
    for lines, rows in outline.counts:
        places.append(np.arange(next_regular, next_regular + lines))
        places.append(np.arange(next_careful, next_careful + rows))
        next_regular += lines
        next_careful += rows
    return np.concatenate(places) if places else np.empty(0, np.int64)


def _padded(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    names: Sequence[str] = list(cell_schema(width))
    return frame.with_columns([pl.lit(None, dtype=pl.String).alias(name) for name in names[frame.width :]]).select(
        names
    )


def _nothing(width: int) -> pl.DataFrame:
    return pl.DataFrame(schema=cell_schema(width))

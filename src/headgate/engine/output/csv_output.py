"""Result rows as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

import polars as pl

from headgate.engine.output.result_table import ResultColumn, value_column

_STARTS_A_FORMULA = r"^[=+\-@\t\r]"
_PLAIN_SIGNED_NUMBER = r"^[+-][0-9][0-9 ().,]*(?:[eE][+-]?[0-9]+)?$"
"""A phone number or amount: a spreadsheet program shows it as it stands, and a quote mark before it would damage it."""


def without_formulas(texts: pl.Series) -> pl.Series:
    """`texts` with an apostrophe before each text that a spreadsheet program would run (OWASP, "CSV Injection")."""
    if not texts.str.contains(_STARTS_A_FORMULA).any():
        return texts
    dangerous = texts.str.contains(_STARTS_A_FORMULA) & ~texts.str.contains(_PLAIN_SIGNED_NUMBER)
    marked = ("'" + texts).alias(texts.name)  # the sum has a name of its own, and so would two columns have the same
    return marked.zip_with(dangerous.fill_null(value=False), texts)


def write_csv(chunks: Iterable[pl.DataFrame], columns: Sequence[ResultColumn], target: IO[bytes]) -> None:
    """A header line with the keys, then a line a row. Lists stand as JSON."""
    names = [value_column(position) for position in range(len(columns))]
    header = pl.DataFrame(
        {name: without_formulas(pl.Series([column.key])) for name, column in zip(names, columns, strict=True)}
    )
    for chunk in (header, *()) if not columns else _with_header(header, chunks):
        safe = chunk.select(without_formulas(chunk[name]) for name in names)
        safe.write_csv(target, include_header=False, line_terminator="\r\n", quote_style="necessary")


def _with_header(header: pl.DataFrame, chunks: Iterable[pl.DataFrame]) -> Iterable[pl.DataFrame]:
    yield header
    yield from chunks

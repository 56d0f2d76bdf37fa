"""What other libraries take for the delimiter and the header of a file, asked as their documentation says."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path

import chardet
import clevercsv
import duckdb

Answer = tuple[str | None, int | None]
"""The delimiter, and the 0-based line of the header (None: there is none)."""
_SAMPLE = 100_000


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(str(chardet.detect(data)["encoding"] or "cp1252"), "replace")


def by_csv_sniffer(data: bytes) -> Answer:
    """The standard library. It can only say whether the first line is a header."""
    text = _decoded(data)[:_SAMPLE]
    sniffer = csv.Sniffer()
    try:
        return sniffer.sniff(text).delimiter, 0 if sniffer.has_header(text) else None
    except csv.Error:
        return None, None


def by_duckdb(data: bytes) -> Answer:
    """DuckDB's sniffer: the lines that it skips come before the header."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "file.csv"
        path.write_text(_decoded(data), encoding="utf-8", newline="")
        try:
            with duckdb.connect() as connection:
                query = "select Delimiter, HasHeader, SkipRows from sniff_csv(?)"
                found = connection.execute(query, [str(path)]).fetchall()
        except duckdb.Error:
            return None, None
    return (found[0][0], int(found[0][2]) if found[0][1] else None) if found else (None, None)


def by_clevercsv(data: bytes) -> Answer:
    """CleverCSV, which looks for consistent rows and types."""
    text = _decoded(data)[:_SAMPLE]
    sniffer = clevercsv.Sniffer()
    try:
        dialect = sniffer.sniff(text)
        if dialect is None:
            return None, None
        return dialect.delimiter or None, 0 if sniffer.has_header(text) else None
    except clevercsv.Error:
        return None, None


BASELINES: dict[str, Callable[[bytes], Answer]] = {
    "csv.Sniffer": by_csv_sniffer,
    "DuckDB": by_duckdb,
    "CleverCSV": by_clevercsv,
}

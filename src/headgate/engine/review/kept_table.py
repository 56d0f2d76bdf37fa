"""A raw table on disk together with what describes it, so that a source need be read once only."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from headgate.engine.table import FileDescription, RawTable, Spool

_DESCRIPTION, _ERRORS = "table.json", "cell_errors.arrow"
_SPOOL = "cells"
_UNPACKED = "unpacked"


def keep_table(table: RawTable, directory: Path, unpacked: Path | None = None) -> RawTable:
    """Move the table's files into `directory`, which must not exist, and give the table as it stands there.

    `unpacked`: the source without the archive around it, kept too so that it can be looked at again.
    """
    directory.mkdir(parents=True)
    if table.large:
        table.spool.compress()
    shutil.move(table.spool.directory, directory / _SPOOL)
    if unpacked is not None and unpacked.exists():
        shutil.move(unpacked, directory / _UNPACKED)
    if table.cell_errors is not None:
        table.cell_errors.write_ipc(directory / _ERRORS)
    document = {
        **table_document(table),
        "cellErrors": table.cell_errors is not None,
        "files": _sizes(directory / _SPOOL),
    }
    (directory / _DESCRIPTION).write_bytes(orjson.dumps(document))
    return replace(table, spool=_spool(document, directory / _SPOOL))


def kept_table(directory: Path) -> RawTable | None:
    """The table that `keep_table` left; None when it is not there or not whole."""
    try:
        document = orjson.loads((directory / _DESCRIPTION).read_bytes())
        if document["files"] != _sizes(directory / _SPOOL):
            return None
        errors = pl.read_ipc(directory / _ERRORS) if document["cellErrors"] else None
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        return None
    return described_table(document, directory / _SPOOL, errors)


def table_document(table: RawTable) -> dict[str, Any]:
    """All of a table but its cells, as JSON."""
    return {
        "width": table.width,
        "rows": table.rows,
        "kind": table.kind,
        "description": asdict(table.description),
        "header": table.header,
        "headWidths": table.head_widths,
        "large": table.large,
        "padded": table.spool.width is not None,
    }


def described_table(document: dict[str, Any], spool: Path, errors: pl.DataFrame | None) -> RawTable:
    """The table whose cells stand in the directory `spool`, as `table_document` described it."""
    description: dict[str, Any] = document["description"]
    return RawTable(
        _spool(document, spool),
        document["width"],
        document["rows"],
        document["kind"],
        FileDescription(**{**description, "by_person": tuple(description["by_person"])}),
        document["header"],
        errors,
        tuple(document["headWidths"]),
        document["large"],
    )


def _spool(document: dict[str, Any], directory: Path) -> Spool:
    return Spool(
        directory,
        compressed_after=0 if document["large"] else None,
        width=document["width"] if document["padded"] else None,
    )


def unpacked_source(directory: Path) -> Path | None:
    """The source without its archive, where it came in one and was kept."""
    path = directory / _UNPACKED
    return path if path.exists() else None


def _sizes(directory: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(directory.glob("*.arrow"))}

"""Delivered rows in every output format, all written from one file of delivered rows."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from headgate.engine.output.csv_output import write_csv
from headgate.engine.output.files import linked, replaced_when_complete
from headgate.engine.output.json_output import ROWS_BETWEEN, ROWS_OPENING, JsonWriter, write_json, write_ndjson
from headgate.engine.output.parquet_output import write_parquet
from headgate.engine.output.result_table import ResultColumn, ResultTable, ResultTableWriter
from headgate.engine.output.xlsx_output import FormatCannotHoldError, write_xlsx

OutputFormat = Literal["json", "ndjson", "csv", "xlsx", "parquet"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)

MEDIA_TYPES: dict[OutputFormat, str] = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}

_STREAMS = {"json": write_json, "ndjson": write_ndjson, "csv": write_csv}


def write_output(result: Path, target: Path, output_format: OutputFormat) -> None:
    """Write the delivered rows in the file `result` to `target`.

    Raises FormatCannotHoldError when the format cannot hold them without loss.
    """
    table = ResultTable(result)
    if output_format == "xlsx":
        write_xlsx(table.chunks(), table.columns, target)
    elif output_format == "parquet":
        write_parquet(table, target)
    else:
        with target.open("wb") as stream:
            _STREAMS[output_format](table.chunks(), table.columns, stream)


__all__ = [
    "MEDIA_TYPES",
    "OUTPUT_FORMATS",
    "ROWS_BETWEEN",
    "ROWS_OPENING",
    "FormatCannotHoldError",
    "JsonWriter",
    "OutputFormat",
    "ResultColumn",
    "ResultTable",
    "ResultTableWriter",
    "linked",
    "replaced_when_complete",
    "write_output",
]

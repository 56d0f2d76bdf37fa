"""Delivered rows in every format: nothing lost, nothing run by a spreadsheet program, the same bytes every time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.output import (
    OUTPUT_FORMATS,
    FormatCannotHoldError,
    OutputFormat,
    ResultColumn,
    ResultTable,
    ResultTableWriter,
    json_output,
    write_output,
)
from headgate.engine.output.csv_output import without_formulas
from headgate.engine.output.json_output import escaped, quoted, row_objects, write_json, write_ndjson
from headgate.engine.output.result_table import original_column, value_column

TEXT = ResultColumn("text", "string", "string", '""')
NUMBER = ResultColumn("number", "raw", "number")
DATE = ResultColumn("date", "string", "date")
FLAG = ResultColumn("flag", "raw", "checkbox")
LIST = ResultColumn("list", "raw", "multi-select")


def result_file(path: Path, columns: list[ResultColumn], *chunks: list[tuple[str | None, ...]]) -> Path:
    file = path / "result.parquet"
    schema = {f"f{n}": pl.String for n in range(len(columns))}
    with ResultTableWriter(file, columns, with_originals=False) as writer:
        for chunk in chunks:
            writer.write(pl.DataFrame(chunk, schema=schema, orient="row"))
    return file


def written(file: Path, output_format: OutputFormat) -> bytes:
    target = file.with_name(f"out.{output_format}")
    write_output(file, target, output_format)
    return target.read_bytes()


@pytest.mark.parametrize(("rows", "packing"), [(100, "SNAPPY"), (2_000, "ZSTD")])
def test_a_table_of_few_rows_is_packed_quickly_and_a_longer_one_well(tmp_path: Path, rows: int, packing: str) -> None:
    texts = ["often", "seldom"] * (rows // 2)
    file = result_file(tmp_path, [TEXT], [(text,) for text in texts], [("last",)])
    column = pq.read_metadata(file).row_group(0).column(0)
    assert (column.compression, column.has_dictionary_page) == (packing, packing == "ZSTD")
    assert [text for chunk in ResultTable(file).chunks() for text in chunk["f0"]] == [*texts, "last"]


def test_json_keeps_key_order_kinds_and_every_digit(tmp_path: Path) -> None:
    columns = [TEXT, NUMBER, DATE, FLAG, LIST]
    rows = [
        ("a", "12345678901234567890.123456789", "2024-02-29", "true", '["x","y"]'),
        (None, None, None, "false", "[]"),
    ]
    text = written(result_file(tmp_path, columns, rows), "json").decode()
    assert text == (
        '[\n{"text":"a","number":12345678901234567890.123456789,"date":"2024-02-29","flag":true,"list":["x","y"]},\n'
        '{"text":"","number":null,"date":null,"flag":false,"list":[]}\n]\n'
    )


def test_json_without_rows_is_an_empty_array(tmp_path: Path) -> None:
    assert json.loads(written(result_file(tmp_path, [TEXT]), "json")) == []


def test_several_chunks_make_one_document(tmp_path: Path) -> None:
    file = result_file(tmp_path, [TEXT], [("a",), ("b",)], [("c",)])
    assert json.loads(written(file, "json")) == [{"text": "a"}, {"text": "b"}, {"text": "c"}]
    assert [json.loads(line) for line in written(file, "ndjson").splitlines()] == json.loads(written(file, "json"))


_TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\x00\x1f\x7f'))


@given(st.lists(_TEXTS))
def test_any_text_becomes_a_json_string_that_reads_back(texts: list[str | None]) -> None:
    literals = quoted(pl.Series(texts, dtype=pl.String)).to_list()
    assert [None if literal is None else json.loads(literal) for literal in literals] == texts


@given(st.lists(st.tuples(_TEXTS, _TEXTS)))
def test_rows_are_written_as_any_json_library_writes_them(cells: list[tuple[str | None, str | None]]) -> None:
    frame = pl.DataFrame(cells, schema={"f0": pl.String, "f1": pl.String}, orient="row")
    rows = row_objects(frame, [TEXT, DATE], "\n").to_list()
    expected = [{"text": first or "", "date": second} for first, second in cells]
    assert rows == [f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in expected]


@pytest.mark.parametrize("with_originals", [False, True])
def test_few_rows_and_many_are_the_same_bytes(with_originals: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [None, "", *(chr(code) + "é" for code in range(0x100)), "\u2028\ufeff\uffff", "100 %s"]
    columns = [
        TEXT,
        DATE,
        NUMBER,
        ResultColumn('a "%s" b', "raw", "number"),
        ResultColumn("%", "string", "string", "null"),
    ]
    numbers = [None if at % 3 else str(at) for at in range(len(texts))]
    frame = pl.DataFrame(dict(zip(map(value_column, range(5)), [texts, texts, numbers, numbers, texts], strict=True)))
    if with_originals:
        marks = pl.Series([at % 2 == 0 for at in range(len(texts))])
        frame = frame.with_columns(marks.alias(original_column(at)) for at in range(5))
    written = []
    for most in (-1, len(texts)):
        monkeypatch.setattr(json_output, "FEW_CELLS", most)
        target = io.BytesIO()
        write_json([frame, frame.head(1)], columns, target)
        write_ndjson([frame], columns, target)
        write_json([frame], [], target)
        written.append(target.getvalue())
    assert written[0] == written[1]


def test_every_character_of_json_is_escaped_in_a_column_of_others() -> None:
    texts = [chr(code) + "é" for code in range(0x100)] * 2
    frame = pl.DataFrame({"f0": texts})
    assert [json.loads(row)["text"] for row in row_objects(frame, [TEXT]).to_list()] == texts
    assert escaped(frame["f0"])[0] == "\\u0000é"
    assert frame["f0"].to_list() == texts  # what was given stays as it is


def test_keys_are_escaped_in_json(tmp_path: Path) -> None:
    key = 'a"\\\n{}é'
    file = result_file(tmp_path, [ResultColumn(key, "string", "string", '""')], [("x",)])
    assert json.loads(written(file, "json")) == [{key: "x"}]


def test_original_texts_of_failed_cells_are_strings_in_a_number_column(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    with ResultTableWriter(file, [NUMBER], with_originals=True) as writer:
        writer.write(pl.DataFrame({"f0": ["1", "n/a"], "o0": [False, True]}))
    assert json.loads(written(file, "json")) == [{"number": 1}, {"number": "n/a"}]
    assert pl.read_parquet(io.BytesIO(written(file, "parquet")))["number"].to_list() == ["1", "n/a"]
    sheet = openpyxl.load_workbook(io.BytesIO(written(file, "xlsx")))["Rows"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [1, "n/a"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']
)
def test_csv_texts_that_would_run_are_made_harmless(text: str) -> None:
    assert without_formulas(pl.Series([text])).to_list() == ["'" + text]


@pytest.mark.parametrize(
    "text", ["-5", "+12128675309", "+1 212 867 5309", "-1234.50", "-2.5e-7", "-1e+21", "a=b", "", "é"]
)
def test_csv_texts_that_do_not_run_stay_as_they_are(text: str) -> None:
    assert without_formulas(pl.Series([text])).to_list() == [text]


def test_csv_may_have_texts_that_would_run_in_several_columns(tmp_path: Path) -> None:
    columns = [ResultColumn(key, "string", "string", '""') for key in ("a", "b", "=c")]
    file = result_file(tmp_path, columns, [("=1+1", "@x", "-y"), ("plain", "=2", None)])
    assert written(file, "csv").decode().splitlines() == ["a,b,'=c", "'=1+1,'@x,'-y", "plain,'=2,"]


def test_csv_reads_back_with_quotes_commas_and_newlines(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [('say "hi", twice', "1.5"), ("two\nlines", None), ("", "-3")]
    text = written(result_file(tmp_path, [TEXT, NUMBER], rows), "csv").decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["text", "number"],
        ['say "hi", twice', "1.5"],
        ["two\nlines", ""],
        ["", "-3"],
    ]


def test_xlsx_has_real_numbers_dates_and_booleans_and_no_formula(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [
        ("=1+1", "1.5", "2024-02-29", "true"),
        ("0012", "12345678901234567890", "1850-01-01", "false"),
    ]
    content = written(result_file(tmp_path, [TEXT, NUMBER, DATE, FLAG], rows), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Rows"]
    cells: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0] == ["=1+1", 1.5, dt.datetime(2024, 2, 29), True]  # noqa: DTZ001 - a sheet has no time zone
    assert cells[1] == ["0012", "12345678901234567890", "1850-01-01", False]
    assert sheet["A2"].data_type == "s"


def test_xlsx_refuses_a_text_that_a_cell_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(FormatCannotHoldError, match="32768 characters"):
        written(result_file(tmp_path, [TEXT], [("x" * 32768,)]), "xlsx")


def test_parquet_types_numbers_only_where_no_digit_is_lost(tmp_path: Path) -> None:
    columns = [ResultColumn(key, "raw", "number") for key in ("whole", "double", "long")]
    rows: list[tuple[str | None, ...]] = [
        ("1", "0.1", "0.1"),
        (None, "12.25", "12345678901234567890"),
        ("-7", None, None),
    ]
    frame = pl.read_parquet(io.BytesIO(written(result_file(tmp_path, columns, rows), "parquet")))
    assert frame.dtypes == [pl.Int64, pl.Float64, pl.String]
    assert frame["long"].to_list() == ["0.1", "12345678901234567890", None]
    assert frame["double"].to_list() == [0.1, 12.25, None]


def test_parquet_looks_at_all_rows_before_it_chooses_a_type(tmp_path: Path) -> None:
    file = result_file(tmp_path, [NUMBER], [("123456789012345678",)], [("0.5",)])
    frame = pl.read_parquet(io.BytesIO(written(file, "parquet")))
    assert frame["number"].to_list() == ["123456789012345678", "0.5"]


def test_numbers_with_an_exponent_are_numbers_while_a_double_holds_them(tmp_path: Path) -> None:
    texts = ["1e-7", "1e+21", "-2.5e-7", "1.5"]
    file = result_file(tmp_path, [NUMBER], [(text,) for text in texts])
    assert pl.read_parquet(io.BytesIO(written(file, "parquet")))["number"].to_list() == [1e-7, 1e21, -2.5e-7, 1.5]
    sheet = openpyxl.load_workbook(io.BytesIO(written(file, "xlsx")))["Rows"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [1e-7, 1e21, -2.5e-7, 1.5]
    beyond = result_file(tmp_path, [NUMBER], [("1e-400",)])
    assert pl.read_parquet(io.BytesIO(written(beyond, "parquet")))["number"].to_list() == ["1e-400"]
    assert openpyxl.load_workbook(io.BytesIO(written(beyond, "xlsx")))["Rows"]["A2"].value == "1e-400"


def test_parquet_types_dates_and_booleans(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [("2024-02-29", "true"), (None, "false")]
    frame = pl.read_parquet(io.BytesIO(written(result_file(tmp_path, [DATE, FLAG], rows), "parquet")))
    assert frame.rows() == [(dt.date(2024, 2, 29), True), (None, False)]


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, output_format: OutputFormat) -> None:
    file = result_file(tmp_path, [TEXT, NUMBER, DATE], [("a", "1", "2024-01-01")], [(None, "2.5", None)])
    assert written(file, output_format) == written(file, output_format)


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_results_without_rows_or_columns_can_be_written(tmp_path: Path, output_format: OutputFormat) -> None:
    without_rows = written(result_file(tmp_path, [TEXT, NUMBER]), output_format)
    assert bool(without_rows) == (output_format != "ndjson")
    without_columns = written(result_file(tmp_path, []), output_format)
    assert (without_columns in {b"[]\n", b""}) == (output_format in {"json", "ndjson", "csv"})


def test_a_result_of_texts_that_repeat_and_texts_that_do_not_reads_back(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [(f"order {n}", ("new", "paid", None)[n % 3]) for n in range(5_000)]
    table = ResultTable(result_file(tmp_path, [TEXT, DATE], rows, rows[:10]))
    assert [row for chunk in table.chunks() for row in chunk.iter_rows()] == rows + rows[:10]


def test_a_result_of_an_earlier_version_is_read_and_taken_up(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [("a", "1.50"), ("a text that is no short one", None)]
    description = json.dumps([asdict(TEXT), asdict(NUMBER)]).encode()
    schema = pa.schema([("f0", pa.large_string()), ("f1", pa.large_string())], {b"headgate.columns": description})
    earlier = tmp_path / "earlier.parquet"
    pq.write_table(pa.Table.from_arrays([list(texts) for texts in zip(*rows, strict=True)], schema=schema), earlier)
    assert written(earlier, "csv") == written(result_file(tmp_path, [TEXT, NUMBER], rows), "csv")
    grown = tmp_path / "grown.parquet"
    with ResultTableWriter(grown, [TEXT, NUMBER], with_originals=False) as writer:
        writer.write(pl.DataFrame([("first", "2")], schema=["f0", "f1"], orient="row"))
        writer.take_over(ResultTable(earlier))
    assert [row for chunk in ResultTable(grown).chunks() for row in chunk.iter_rows()] == [("first", "2"), *rows]


def test_rows_without_columns_are_still_counted(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    with ResultTableWriter(file, [], with_originals=False) as writer:
        writer.write(pl.DataFrame({"none": [None, None]}))
    assert ResultTable(file).rows == 2
    assert json.loads(written(file, "json")) == [{}, {}]


@pytest.mark.parametrize(
    "texts", [["", "a", '"'], ["x" * 20, None, "é" * 9], ["x" * 50 + '"\n'] * 40_000, ["x" * 9_000] * 900]
)
def test_rows_are_written_whole_wherever_polars_has_put_their_bytes(tmp_path: Path, texts: list[str | None]) -> None:
    file = result_file(tmp_path, [ResultColumn("", "string", "string", '""')], [(text,) for text in texts])
    assert [row[""] for row in json.loads(written(file, "json"))] == [text or "" for text in texts]
    assert [json.loads(line)[""] for line in written(file, "ndjson").splitlines()] == [text or "" for text in texts]

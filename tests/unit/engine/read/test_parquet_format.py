"""Parquet keeps every value, and damaged or hostile files end in a plain failure."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
import tempfile
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.arrow_text import texts_of
from headgate.engine.read.options import ReadLimits, ReadOptions
from headgate.engine.read.reading import read_source

from .conftest import Read, cells


def parquet(columns: dict[str, Any] | pa.Table, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), buffer, **options)
    return buffer.getvalue()


def failure(read: Read, content: bytes, **options: object) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    return caught.value


def test_columns_keep_names_and_values_as_text(read: Read) -> None:
    content = parquet(
        {"id": [1, None, 2**62], "name": ["Ana", "", None], "ok": [True, False, None], "empty": pa.nulls(3)}
    )
    table = read(content, name="data.csv")
    assert (table.kind, table.header, table.description.format) == ("json", ["id", "name", "ok", "empty"], "parquet")
    assert cells(table) == [["1", "Ana", "true", None], [None, None, "false", None], [str(2**62), None, None, None]]
    packed = read(gzip.compress(content))
    assert cells(packed) == cells(table)
    assert packed.description.warnings == [{"code": "unpacked", "from": "gzip"}]


@pytest.mark.parametrize(
    ("array", "texts"),
    [
        (pa.array([1.0, 0.1, 1e16, 1e-7, 1e30, None]), ["1", "0.1", "10000000000000000", "0.0000001", "1E+30", None]),
        (pa.array([0.1, 16777216.0], pa.float32()), ["0.1", "16777216"]),
        (pa.array([0.1, 2.0], pa.float16()), ["0.1", "2"]),
        (pa.array([float("nan"), float("inf")]), ["NaN", "inf"]),
        (pa.array([2**64 - 1], pa.uint64()), [str(2**64 - 1)]),
        (pa.array([Decimal("1.10"), Decimal("-0.05")], pa.decimal128(38, 2)), ["1.10", "-0.05"]),
        (pa.array([Decimal("1E-10")], pa.decimal256(60, 10)), ["0.0000000001"]),
        (pa.array([dt.date(2024, 2, 29), dt.date(1, 1, 1), None]), ["2024-02-29", "0001-01-01", None]),
        (pa.array([2**31 - 1], pa.int32()).cast(pa.date32()), [str(2**31 - 1)]),
        (pa.array([0, 1500], pa.timestamp("us")), ["1970-01-01T00:00:00", "1970-01-01T00:00:00.001500"]),
        (pa.array([0], pa.timestamp("s")), ["1970-01-01T00:00:00"]),
        (pa.array([1, None], pa.timestamp("ns")), ["1970-01-01T00:00:00.000000001", None]),
        (pa.array([2**63 - 1], pa.timestamp("s")), [str(2**63 - 1)]),
        (pa.array([0], pa.timestamp("us", "Europe/Berlin")), ["1970-01-01T01:00:00+01:00"]),
        (pa.array([0], pa.timestamp("us", "Nowhere/Land")), ["1970-01-01T00:00:00+00:00"]),
        (pa.array([dt.time(9, 5), dt.time(9, 5, 0, 1)]), ["09:05:00", "09:05:00.000001"]),
        (pa.array([2**62], pa.time64("us")), [str(2**62)]),
        (pa.array([[1, None], None, []]), ["[1,null]", None, "[]"]),
        (pa.array([{"a": 'x"', "b": [1.0]}, None]), ['{"a":"x\\"","b":[1]}', None]),
        (pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int8())), ['[{"key":"k","value":1}]', None]),
        (pa.array([[float("nan")]]), ['["NaN"]']),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array([b"ab"], pa.binary(2)), ["ab"]),
    ],
)
def test_values_of_each_type_have_one_exact_text(array: pa.Array, texts: list[str | None]) -> None:
    assert texts_of(array).to_list() == texts


def test_uuids_and_binary(read: Read) -> None:
    one = uuid.UUID(int=5)
    table = read(parquet({"u": pa.array([one.bytes], pa.uuid()), "t": [b"text"], "x": [b"\xff\x00"], "l": [[b"\xfe"]]}))
    assert cells(table) == [[str(one), "text", "ff00", '["fe"]']]
    assert table.description.warnings == [{"code": "binary_read_as_hexadecimal", "columns": ["x", "l"]}]


def test_a_binary_column_has_one_form_throughout(read: Read) -> None:
    values = [b"plain"] * 40_000 + [b"\xff"]
    assert cells(read(parquet({"x": values})))[0] == [b"plain".hex()]


def test_a_file_without_rows_keeps_its_columns(read: Read) -> None:
    table = read(parquet({"a": pa.array([], pa.string()), "b": pa.array([], pa.int8())}))
    assert (table.header, table.rows, table.width) == (["a", "b"], 0, 2)


def test_many_row_groups_stay_in_order(read: Read) -> None:
    table = read(parquet({"n": list(range(100_000))}, row_group_size=7000))
    assert [row[0] for row in cells(table)] == [str(n) for n in range(100_000)]


def test_nul_characters_are_removed_and_counted(read: Read) -> None:
    table = read(parquet({"a": ["x\0y", "\0"]}))
    assert cells(table) == [["xy"], [None]]
    assert table.description.warnings == [{"code": "nul_characters_removed", "count": 2}]


def test_cut_and_scrambled_files_are_corrupt(read: Read) -> None:
    content = parquet({"a": [f"value {n}" for n in range(1000)]}, write_page_checksum=True)
    flipped = bytearray(content)
    flipped[200] ^= 0xFF
    scrambled = b"PAR1\x15\x04" + random.Random(3).randbytes(5000) + b"PAR1"  # noqa: S311 — test data
    for damaged in (content[:-10], content[: len(content) // 2], bytes(flipped), scrambled):
        assert failure(read, damaged).code == "file_corrupt"


def test_a_text_that_begins_like_parquet_is_text(read: Read) -> None:
    assert cells(read(b"PAR1,PAR2\n1,2\n")) == [["PAR1", "PAR2"], ["1", "2"]]


def test_declared_sizes_are_within_the_limits(read: Read) -> None:
    content = parquet({f"c{n}": [1] * 100 for n in range(50)})
    assert failure(read, content, limits=ReadLimits(max_columns=40)).code == "too_many_columns"
    assert failure(read, content, limits=ReadLimits(max_cells=4999)).code == "file_hostile"


def test_a_long_text_that_repeats_is_hostile_before_it_is_unfolded(read: Read) -> None:
    content = parquet(bomb())
    assert len(content) < 2_000_000
    assert failure(read, content, limits=ReadLimits(max_unfolded_bytes=256 << 20)).code == "file_hostile"


def bomb() -> pa.Table:
    codes = pa.array([0] * 5000, pa.int32())
    return pa.table({"a": pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 1_000_000]))})


@given(st.integers(0, 400), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_one_wrong_byte_gives_a_table_or_a_plain_failure(position: int, byte: int) -> None:
    content = bytearray(parquet({"a": ["x", "y"], "n": [1, 2]}, compression="none"))
    content[4 + position % (len(content) - 4)] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(content)
        try:
            read_source(path, Path(folder) / "work", ReadOptions())
        except ImportFailedError:
            return

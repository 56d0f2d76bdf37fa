"""Runs of regular records: what the csv module reads of them is what the careful reader and the strict one do."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.read.chunks import empty_to_null, frame_of_records
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.records import RecordParser
from headgate.engine.read.regular_blocks import regular_records
from headgate.engine.read.regular_runs import FEW_BYTES, few_records
from headgate.engine.read.strict import strict_frame
from headgate.engine.read.structure import whole_lines

PIECES = st.sampled_from(
    ['"', '"', ",", ",", "\n", "\r", "\r\n", '""', ',"', '",', '"\n', '\n"', "a", "é", " ", "'", "\\", "x" * 61]
)
RECORDS = st.lists(
    st.lists(st.sampled_from(["", "a", '""', '"a,b"', '"a\nb"', '"a\r\nb"', '"a""b"', 'a"b', " a"]), min_size=1),
    max_size=12,
).map(lambda rows: [",".join(row) + "\n" for row in rows])
TEXTS = (st.lists(PIECES, max_size=60) | RECORDS).map("".join)


@settings(deadline=None)
@given(TEXTS, st.booleans(), st.sampled_from(['"', "'", None]))
@example("a,b\r\nc", True, '"')
@example('a,"b\nc"\n\nd', True, '"')
@example('"a",' + '"' + "\n" * 8 + '"\n', True, '"')
def test_few_records_are_those_of_a_regular_block(text: str, final: bool, quote: str | None) -> None:
    block = whole_lines(text.encode(), final=final)
    records = few_records(block, Dialect(",", quote))
    if records is None:
        return
    found = regular_records(block, ord(","), ord(quote) if quote else None, final=final)
    assert found is not None
    assert (int(found.ends[-1]), found.open_width) == (len(block), 0)
    assert [len(record) for record in records] == found.widths.tolist()
    width = max(map(len, records))
    assert frame_of_records(records).equals(empty_to_null(strict_frame(Dialect(",", quote), block, width)))


@settings(deadline=None)
@given(RECORDS.map("".join))
def test_regular_records_of_several_lines_are_few_records(text: str) -> None:
    block = whole_lines(text.encode(), final=True)
    found = regular_records(block, ord(","), ord('"'), final=True) if block else None
    assert (few_records(block, Dialect()) is None) == (found is None)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b'a"b",c"\n',
        b'"a" ,b\n',
        b'"a\n',
        b"a\rb\n",
        b'"a\rb",c\rd\n',
        b'"' + b"a,b\n" * 9 + b'"\n',
        b"a,b\n" * FEW_BYTES,
    ],
)
def test_what_is_not_surely_regular_or_not_few_is_left_to_others(block: bytes) -> None:
    assert few_records(block, Dialect()) is None


def test_empty_and_missing_cells_are_null() -> None:
    frame = frame_of_records([["a", "", "c"], ["d"], [""]])
    assert frame.rows() == [("a", None, "c"), ("d", None, None), (None, None, None)]
    assert frame.schema == {"c0": pl.String, "c1": pl.String, "c2": pl.String}


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([",", " ", ";"]))
def test_records_read_in_runs_are_those_read_one_by_one(text: str, delimiter: str) -> None:
    dialect = Dialect(delimiter)
    in_runs, one_by_one = RecordParser(dialect), RecordParser(dialect)
    rows, taken = in_runs.parse(text, final=True)
    position, expected = 0, []
    while position < len(text):
        row, position, broken = one_by_one.record_at(text, position, final=True)
        expected.append(row)
        one_by_one.repairs.count += broken
    assert (rows, taken) == (expected, len(text))
    assert in_runs.repairs.count == one_by_one.repairs.count

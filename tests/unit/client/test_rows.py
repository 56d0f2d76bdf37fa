from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headgate.client.rows import RowDecoder


def decode(data: bytes, size: int, **options: Any) -> list[dict[str, Any]]:
    decoder = RowDecoder(**options)
    rows = [row for at in range(0, len(data), size) for row in decoder.feed(data[at : at + size])]
    return rows + list(decoder.finish())


@given(
    st.lists(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=4), max_size=8),
    st.integers(1, 50),
    st.booleans(),
)
def test_rows_come_out_as_they_went_in_wherever_the_chunks_are_cut(
    rows: list[dict[str, Any]], size: int, ends_with_line_feed: bool
) -> None:
    data = b"\n".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") for row in rows)
    if ends_with_line_feed:
        data += b"\n"
    assert decode(data, size) == rows


def test_line_separators_inside_a_text_end_no_row() -> None:
    row = {"a": "one\u2028two\u2029three\x85four"}
    assert decode(json.dumps(row, ensure_ascii=False).encode() + b"\n", 7) == [row]


def test_whole_numbers_keep_every_digit() -> None:
    assert decode(b'{"n":123456789012345678901234567890}', 5) == [{"n": 123456789012345678901234567890}]


def test_decimals_keep_every_digit_when_asked() -> None:
    assert decode(b'{"n":0.12345678901234567890}', 5, parse_float=Decimal) == [{"n": Decimal("0.12345678901234567890")}]

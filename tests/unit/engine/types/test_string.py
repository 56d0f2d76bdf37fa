"""Strings: every character stays."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.string import StringType
from headgate.schema import parse_schema

READER = StringType(parse_schema([{"label": "S", "key": "s"}]).fields[0], TypeContext()).reader()


def test_an_empty_cell_is_the_empty_text() -> None:
    assert READER.read(None) == Reading("")
    assert READER.read_column(pl.Series([None, "", "a"], dtype=pl.String)).value.to_list() == ["", "", "a"]


def test_white_space_alone_keeps_its_text() -> None:
    assert READER.read(" \t\u00a0") == Reading(" \t\u00a0")


@given(st.lists(st.text(min_size=1), min_size=1))
def test_any_text_is_its_own_result(texts: list[str]) -> None:
    column = READER.read_column(pl.Series(texts))
    assert column.value.to_list() == texts
    assert column.code.is_null().all()
    assert [READER.read(text).value for text in texts] == texts

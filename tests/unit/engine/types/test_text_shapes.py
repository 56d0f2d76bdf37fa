"""Shapes of texts: which are the same is told as comparing them one by one tells it."""

from __future__ import annotations

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.cell_bytes import Texts
from headgate.engine.types.text_shapes import Shapes

ANY = st.lists(st.one_of(st.none(), st.text("0189.-/é", max_size=12), st.text(max_size=60)), max_size=30)
LONG = st.lists(st.sampled_from(["1" * 100, "a1" * 50, "b" * 100]), min_size=1, max_size=5)
EVEN = st.lists(st.text("019a-", min_size=11, max_size=11), min_size=1, max_size=40)
FEW = st.lists(
    st.sampled_from(["01/02/2022 AM", "11/12/1999 PM", "1.12.1999 20h", "ab/cd/2022 AM"]), min_size=1, max_size=40
)


@given(st.one_of(ANY, EVEN, FEW, LONG), st.integers(0, 5), st.sampled_from([0, 1]))
def test_shapes_have_a_nine_for_each_digit_and_tell_which_texts_are_alike(
    cells: list[str | None], start: int, lowest: int
) -> None:
    texts = pl.Series(cells, dtype=pl.String).slice(start)
    shapes = Shapes.of(Texts.of(texts), lowest)
    expected = [re.sub(f"[{lowest}-9]", "9", cell or "") for cell in cells[start:]]
    assert [shapes.distinct[place] for place in shapes.at.tolist()] == expected
    assert shapes.distinct == list(dict.fromkeys(expected))
    assert shapes.counts().tolist() == [expected.count(shape) for shape in shapes.distinct]
    assert shapes.firsts().tolist() == [expected.index(shape) for shape in shapes.distinct]
    places = [[at for at, one in enumerate(expected) if one == shape] for shape in shapes.distinct]
    assert [rows.tolist() for rows in shapes.rows()][: len(places)] == places

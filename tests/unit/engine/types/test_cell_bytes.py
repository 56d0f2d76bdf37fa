"""Texts as bytes: what goes in comes out, and a column that repeats reads like one that does not."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headgate.engine.types.base import WHITE_SPACE, TypeContext, trimmed
from headgate.engine.types.cell_bytes import FEWEST, Repeated, Texts, may_have_edges, owned, repeats
from headgate.engine.types.registry import FIELD_TYPES, build_type
from headgate.schema.fields import parse_field
from headgate.schema.problems import Problems

CELLS = st.lists(
    st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["", " ", "a", "\xa0b", "c\u3000"])), max_size=30
)


@given(CELLS, st.integers(0, 5))
def test_bytes_are_those_of_the_texts(cells: list[str | None], start: int) -> None:
    texts = pl.Series(cells, dtype=pl.String)
    assert Texts.of(texts.slice(start)).series().to_list() == [cell or "" for cell in cells[start:]]
    nulled = texts.set(pl.Series([n % 2 == 0 for n in range(len(cells))], dtype=pl.Boolean), None)
    assert Texts.of(nulled).series().to_list() == [cell or "" if n % 2 else "" for n, cell in enumerate(cells)]


@given(CELLS)
def test_different_texts_come_with_their_places_counts_and_first_cells(cells: list[str | None]) -> None:
    repeated = Repeated.of(pl.Series(cells, dtype=pl.String))
    assert repeated.distinct.gather(repeated.at).to_list() == cells
    filled = [cell for cell in cells if cell is not None]
    assert repeated.counts().tolist() == [filled.count(text) for text in repeated.distinct.to_list()]
    assert repeated.firsts().tolist() == [cells.index(text) for text in repeated.distinct.to_list()]


@given(CELLS)
def test_no_white_space_is_overlooked(cells: list[str | None]) -> None:
    texts = pl.Series(cells, dtype=pl.String)
    assert trimmed(texts).to_list() == [cell if cell is None else cell.strip(WHITE_SPACE) for cell in cells]


@given(CELLS)
@example(["\x1f"])
@example(["é\x7f"])
@example(["a\tb", None, ""])
@example(["a\n"])
def test_few_texts_may_have_edges_where_many_would(cells: list[str | None]) -> None:
    few = may_have_edges(pl.Series(cells, dtype=pl.String))
    assert few == may_have_edges(pl.Series(cells + ["a"] * FEWEST, dtype=pl.String))


@pytest.mark.parametrize("type_name", sorted(FIELD_TYPES))
def test_a_column_that_repeats_reads_like_its_cells(type_name: str) -> None:
    document = {"label": "A", "key": "a", "type": type_name}
    if type_name.endswith("select"):
        document["selectOptions"] = [{"label": "Yes", "value": "yes"}, {"label": "Nein", "value": "no"}]
    field = parse_field(document, "", Problems())
    assert field is not None
    reader = build_type(field, TypeContext()).reader()
    cells = [
        "yes",
        " yes ",
        "",
        None,
        "1,234.5",
        "2024-03-01",
        "12:30",
        "a@example.com",
        "https://example.com",
        "CA",
        "no, yes",
        "02134",
    ]
    column = pl.Series(cells * (FEWEST // len(cells) + 1), dtype=pl.String)
    assert repeats(column)
    read = reader.read_column(column)
    expected = [reader.read(cell) for cell in cells]
    assert read.value.head(len(cells)).to_list() == [reading.value for reading in expected]
    assert read.code.tail(len(cells)).to_list() == [reading.code for reading in expected]


def test_texts_that_are_all_different_do_not_repeat() -> None:
    assert not repeats(pl.Series([f"text {n}" for n in range(5000)]))
    assert not repeats(pl.Series(["same"] * (FEWEST - 1)))


def test_telling_texts_apart_does_not_load_all_of_arrow_s_functions() -> None:
    program = """
import sys
import polars as pl
from headgate.engine.types.cell_bytes import Repeated
repeated = Repeated.of(pl.Series(["a", "b", "a", None]))
print(repeated.distinct.to_list(), repeated.at.to_list(), "pyarrow.compute" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['a', 'b'] [0, 1, 0, None] False"


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1, FEWEST, 3 * FEWEST])
@pytest.mark.parametrize("nothing", [0, 1, 3])
def test_texts_with_bytes_of_their_own_are_the_same_texts(count: int, nothing: int) -> None:
    """`nothing`: every so many cells have no text; 1: none has."""
    cells = [
        None if nothing and number % nothing == 0 else f"a text with no. {number} and é" for number in range(count)
    ]
    texts = pl.Series("name", [*cells, "of another row"], dtype=pl.String).head(count)
    assert owned(texts).equals(texts, check_names=True, check_dtypes=True, null_equal=True)


@pytest.mark.parametrize("count", [FEWEST - 1, 3 * FEWEST])
def test_texts_with_bytes_of_their_own_do_not_keep_those_among_which_they_stood(count: int) -> None:
    texts = pl.Series([f"a text among many others, no. {number}" for number in range(100 * count)])
    few = owned(texts.gather_every(100))
    _, _, *held = few.rechunk().to_arrow(compat_level=pl.CompatLevel.newest()).buffers()
    assert few.to_list() == texts.gather_every(100).to_list()
    assert sum(buffer.size for buffer in held) < 2 * few.str.len_bytes().sum() + (64 << 10)

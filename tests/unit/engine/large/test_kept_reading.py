"""A reading that was cut off at any of its notes gives the table that an undisturbed one gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.delimited import Mended, read_delimited
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.kept_reading import KeptReading
from headgate.engine.read.options import ReadLimits
from headgate.engine.table import FileDescription, Spool
from tests.unit.engine.large.imports import KilledError

pytestmark = pytest.mark.usefixtures("tiny_blocks")

records = st.lists(
    st.one_of(
        st.just("1,2,3"),
        st.lists(st.text('ab",\n\r;é€😀', max_size=12), min_size=1, max_size=5).map(",".join),
        st.lists(st.text('ab"\n\r\n€', max_size=30), min_size=3, max_size=3).map(
            lambda cells: ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        ),
        st.just('1,"never closed,3'),
    ),
    min_size=1,
    max_size=120,
)


class Cut(KeptReading):
    """Ends the process behind its note number `cut`."""

    def __init__(self, path: Path, every: int, cut: int) -> None:
        super().__init__(path, every)
        self._cut = cut

    def note(self, position: int, spool: Spool, state: dict[str, Any]) -> None:
        super().note(position, spool, state)
        self._cut -= 1
        if self._cut == 0:
            raise KilledError


def read(source: Path, directory: Path, kept: KeptReading | None) -> tuple[pl.DataFrame, Mended, list[int]]:
    writer = ChunkWriter(directory / "cells", ReadLimits(), compressed_after=0)
    mended = read_delimited(source, Dialect(), writer, expected_width=3, kept=kept)
    table = writer.finish("text", FileDescription("csv"), header=["there is one"])
    heights = [table.spool.chunk(position).height for position in range(len(table.spool))]
    return pl.concat(table.spool.chunks()), mended, heights


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records, st.sampled_from(["\n", "\r\n"]), st.integers(1, 4))
def test_a_reading_that_is_cut_off_goes_on_as_if_it_was_not(lines: list[str], line_end: str, cut: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        source = root / "source"
        source.write_bytes(line_end.join(lines).encode() + line_end.encode())
        undisturbed = read(source, root / "undisturbed", KeptReading(root / "other", 300))
        try:
            found = read(source, root / "work", Cut(root / "note", 300, cut))
        except KilledError:
            found = read(source, root / "work", KeptReading(root / "note", 300))
        plain = read(source, root / "plain", None)
        assert found[0].equals(undisturbed[0])
        assert found[1:] == undisturbed[1:]
        assert plain[0].equals(undisturbed[0])
        assert plain[1] == undisturbed[1]


def test_nothing_is_taken_up_of_a_text_of_another_length(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"1,2,3\n" * 500)
    with pytest.raises(KilledError):
        read(source, tmp_path / "work", Cut(tmp_path / "note", 300, 2))
    source.write_bytes(b"4,5,6\n" * 501)
    found, _, _ = read(source, tmp_path / "work", KeptReading(tmp_path / "note", 300))
    assert found["c0"].to_list() == ["4"] * 501


def test_a_table_that_turns_out_wider_is_padded_where_it_is_read(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"1,2,3\n" * 500 + b"1,2,3,4,5\n")
    writer = ChunkWriter(tmp_path / "cells", ReadLimits(), compressed_after=0)
    read_delimited(source, Dialect(), writer, expected_width=3)
    table = writer.finish("text", FileDescription("csv"))
    assert table.large
    assert table.spool.directory.name == "narrow"
    assert table.spool.chunk(0).columns == ["row", "c0", "c1", "c2", "c3", "c4"]
    assert table.spool.chunk(0, ["c4", "c0"]).rows()[0] == (None, "1")
    assert pl.concat(table.spool.chunks())["c4"].to_list()[-2:] == [None, "5"]

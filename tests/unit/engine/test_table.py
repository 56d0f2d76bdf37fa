"""Tables kept on disk chunk by chunk."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from headgate.engine.table import HELD_BYTES, Spool


def chunk(start: int, rows: int = 3) -> pl.DataFrame:
    numbers = pl.int_range(start, start + rows, dtype=pl.UInt32, eager=True)
    texts = pl.Series([None if number % 2 else f"text {number}" for number in numbers], dtype=pl.String)
    return pl.DataFrame({"row": numbers, "c0": texts, "c1": texts.str.to_uppercase()})


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("width", [None, 3])
@pytest.mark.parametrize("columns", [None, [], ["c1", "row"], ["c0"], ["c2", "c0"], ["unknown"]])
def test_what_was_just_written_reads_as_what_another_process_wrote(
    tmp_path: Path, columns: list[str] | None, width: int | None, compressed: bool
) -> None:
    written = Spool(tmp_path, compressed=compressed, width=width)
    for start in (0, 3):
        written.append(chunk(start))
    opened = Spool(written.directory, compressed=compressed, width=width)
    for here, there in zip(written.chunks(columns), opened.chunks(columns), strict=True):
        assert here.shape == there.shape
        assert here.equals(there)
        assert here.schema == there.schema


def test_who_adds_a_column_to_a_chunk_adds_it_to_no_other(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append(chunk(0))
    spool.chunk(0).insert_column(0, pl.Series("new", [1, 2, 3]))
    assert spool.chunk(0).columns == ["row", "c0", "c1"]


def test_only_the_beginning_stays_in_memory(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    large = chunk(3, HELD_BYTES // 8)
    for one in (chunk(0), large, chunk(9)):
        spool.append(one)
    for path in spool.files():
        path.unlink()
    assert spool.chunk(0).equals(chunk(0))
    for position in (1, 2):
        with pytest.raises(FileNotFoundError):
            spool.chunk(position)


def test_chunks_that_are_cut_off_are_gone_and_others_take_their_place(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for start in (0, 3, 6):
        spool.append(chunk(start))
    spool.cut(1)
    spool.append(chunk(9))
    assert [one["row"][0] for one in spool.chunks()] == [0, 9]
    assert [one["row"][0] for one in Spool(spool.directory).chunks()] == [0, 9]


def test_a_small_table_has_no_files_until_somebody_asks_where_they_are(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "table")
    for start in (0, 3):
        spool.append(chunk(start))
    assert not (tmp_path / "table").exists()
    assert [one["row"][0] for one in spool.chunks()] == [0, 3]
    assert [path.name for path in spool.files()] == sorted(path.name for path in (tmp_path / "table").iterdir())
    assert Spool(tmp_path / "table").chunk(1).equals(chunk(3))
    spool.append(chunk(6))
    assert [one["row"][0] for one in Spool(spool.directory).chunks()] == [0, 3, 6]


def test_chunks_behind_the_beginning_take_it_to_the_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "table")
    for one in (chunk(0), chunk(3, HELD_BYTES // 8), chunk(9)):
        spool.append(one)
    assert [one["row"][0] for one in Spool(tmp_path / "table").chunks()] == [0, 3, 9]


def test_a_table_without_files_is_removed(tmp_path: Path) -> None:
    for rows in (0, 3):
        spool = Spool(tmp_path / "table")
        spool.append(chunk(0, rows))
        spool.remove()
        assert not (tmp_path / "table").exists()
    spool = Spool(tmp_path / "table")
    spool.append(chunk(0))
    assert spool.directory.exists()
    spool.remove()
    assert not (tmp_path / "table").exists()

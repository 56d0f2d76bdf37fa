"""Tables kept on disk chunk by chunk."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from headgate.engine.table import HELD_BYTES, Spool


def chunk(start: int, rows: int = 3) -> pl.DataFrame:
    numbers = pl.int_range(start, start + rows, dtype=pl.UInt32, eager=True)
    texts = pl.Series([None if number % 2 else f"text {number}" for number in numbers], dtype=pl.String)
    return pl.DataFrame({"row": numbers, "c0": texts, "c1": texts.str.to_uppercase()})


@pytest.mark.parametrize("compressed_after", [None, 0, 1, 1 << 20])
@pytest.mark.parametrize("width", [None, 3])
@pytest.mark.parametrize("columns", [None, [], ["c1", "row"], ["c0"], ["c2", "c0"], ["unknown"]])
def test_what_was_just_written_reads_as_what_another_process_wrote(
    tmp_path: Path, columns: list[str] | None, width: int | None, compressed_after: int | None
) -> None:
    written = Spool(tmp_path, compressed_after=compressed_after, width=width)
    for start in (0, 3):
        written.append(chunk(start))
    opened = Spool(written.directory, compressed_after=compressed_after, width=width)
    for here, there in zip(written.chunks(columns), opened.chunks(columns), strict=True):
        assert here.shape == there.shape
        assert here.equals(there)
        assert here.schema == there.schema


def test_a_chunk_that_is_written_from_where_its_columns_are_reads_as_it_was(tmp_path: Path) -> None:
    numbers = pl.int_range(HELD_BYTES // 16, dtype=pl.UInt32, eager=True)
    texts = pl.select(
        pl.when(numbers % 3 > 0).then(pl.lit("a text of many characters, no. ") + numbers.cast(pl.String))
    )
    frame = pl.DataFrame([numbers.alias("row"), texts.to_series().alias("c0"), numbers.cast(pl.String).alias("c1")])
    spool = Spool(tmp_path)
    for part in (frame, pl.concat([frame[5:20_000], frame[:7]], rechunk=False)):
        spool.append(part)
        found = Spool(tmp_path).chunk(len(spool) - 1)
        assert found.equals(part)
        assert found.n_chunks() == 1
        assert pa.ipc.open_file(str(spool.files()[-1])).schema.field("c0").type == pa.string_view()


def test_of_a_plain_chunk_nothing_is_copied_whatever_is_asked_for(tmp_path: Path) -> None:
    plain = Spool(tmp_path, compressed_after=1 << 30)
    plain.append(chunk(0, HELD_BYTES // 16))
    before = pa.total_allocated_bytes()
    some = Spool(plain.directory, compressed_after=1 << 30).chunk(0, ["c1"])
    assert some.height == HELD_BYTES // 16
    assert pa.total_allocated_bytes() - before < some.estimated_size() // 10


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


def test_chunks_are_compressed_once_those_before_take_their_share(tmp_path: Path) -> None:
    plain = Spool(tmp_path / "plain")
    plain.append(chunk(0, 500))
    size = plain.files()[0].stat().st_size
    spool = Spool(tmp_path / "spool", compressed_after=size + 1)
    for start in (0, 500, 1000, 1500):
        spool.append(chunk(start, 500))
    sizes = [path.stat().st_size for path in spool.files()]
    assert sizes[:2] == [size, size]
    assert max(sizes[2:]) < size / 2
    assert [one["row"].to_list() for one in spool.chunks()] == [
        chunk(n, 500)["row"].to_list() for n in range(0, 2000, 500)
    ]


def test_compressing_what_stays_changes_no_cell(tmp_path: Path) -> None:
    spool = Spool(tmp_path, compressed_after=1 << 20)
    for start in (0, 500, 1000):
        spool.append(chunk(start, 500))
    spool.forget(1)
    before = [path.stat().st_size for path in spool.files()]
    spool.compress()
    once = [path.stat().st_size for path in spool.files()]
    spool.compress()
    assert [path.stat().st_size for path in spool.files()] == once
    assert [now < then / 2 for now, then in zip(once, before, strict=True)] == [True, False, True]
    for position, start in ((0, 0), (2, 1000)):
        assert Spool(tmp_path, compressed_after=0).chunk(position).equals(chunk(start, 500))
    assert {path.suffix for path in tmp_path.iterdir()} == {".arrow"}


@pytest.mark.parametrize("knows_second_names", [True, False])
def test_chunks_of_another_table_follow_ones_own_and_outlive_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows_second_names: bool
) -> None:
    def unable(_path: Path, _target: Path) -> None:
        raise OSError

    if not knows_second_names:
        monkeypatch.setattr(Path, "hardlink_to", unable)
    spool, other = (Spool(tmp_path / name, compressed_after=0) for name in ("own", "other"))
    spool.append(chunk(0))
    for start in (3, 6):
        other.append(chunk(start))
    spool.take_over(other)
    other.remove()
    spool.append(chunk(9))
    for found in (spool, Spool(tmp_path / "own", compressed_after=0)):
        assert [one["row"][0] for one in found.chunks()] == [0, 3, 6, 9]

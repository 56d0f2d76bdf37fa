"""Groups of rows are found where they were moved to, and nothing else about them changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headgate.engine.output.parquet_footer import moved_footer

PLACES = ("file_offset", "data_page_offset", "dictionary_page_offset")
MAGIC = b"PAR1"
ROWS: dict[str, list[Any]] = {
    "text": ["a", "b", None, "a"] * 50,
    "number": list(range(200)),
    "list": [[1, 2], None, [], [3]] * 50,
    "truth": [True, False, None, True] * 50,
}


def footer_of(path: Path) -> bytes:
    data = path.read_bytes()
    return data[-8 - int.from_bytes(data[-8:-4], "little") : -8]


def file_with(footer: bytes, path: Path) -> Path:
    path.write_bytes(MAGIC + footer + len(footer).to_bytes(4, "little") + MAGIC)
    return path


def columns(path: Path) -> Iterator[dict[str, Any]]:
    metadata = pq.read_metadata(path)
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            yield metadata.row_group(group).column(column).to_dict()


@pytest.fixture(
    params=[
        {"use_dictionary": False, "write_statistics": False},
        {"use_dictionary": True, "write_statistics": True, "write_page_index": True},
        {"compression": "zstd", "sorting_columns": [pq.SortingColumn(1)], "write_page_checksum": True},
    ],
    ids=["plain", "with indexes", "sorted"],
)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "file.parquet"
    described = pa.table(ROWS).replace_schema_metadata({"long": "x" * 300})
    pq.write_table(described, path, row_group_size=9, **request.param)
    return path


def test_a_footer_that_is_not_moved_stays_the_same(written: Path) -> None:
    assert moved_footer(footer_of(written), 0) == footer_of(written)


@pytest.mark.parametrize("distance", [1, 127, 1 << 20, 1 << 40])
def test_every_place_is_moved_and_nothing_else(written: Path, tmp_path: Path, distance: int) -> None:
    moved = file_with(moved_footer(footer_of(written), distance), tmp_path / "moved")
    before, after = list(columns(written)), list(columns(moved))
    assert len(before) == len(after) > 40
    for old, new in zip(before, after, strict=True):
        assert new == {**old, **{name: old[name] + distance for name in PLACES if old[name]}}
    assert pq.read_metadata(moved).to_dict().keys() == pq.read_metadata(written).to_dict().keys()
    assert pq.read_schema(moved).equals(pq.read_schema(written), check_metadata=True)


def test_rows_are_read_from_where_the_footer_says(written: Path, tmp_path: Path) -> None:
    data, footer, filling = written.read_bytes(), footer_of(written), b"-" * 5000
    moved = moved_footer(footer, len(filling))
    groups = data[len(MAGIC) : -8 - len(footer)]
    tail = moved + len(moved).to_bytes(4, "little") + MAGIC
    path = tmp_path / "moved"
    path.write_bytes(MAGIC + filling + groups + tail)
    assert pq.read_table(path).equals(pq.read_table(written))


def test_what_is_no_footer_is_refused() -> None:
    with pytest.raises(ValueError, match="kind 13"):
        moved_footer(b"\x1d\x00", 1)

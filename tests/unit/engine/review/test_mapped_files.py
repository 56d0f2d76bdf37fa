"""Mapped files: what was looked at stays right, memory and file handles do not grow, damage is noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import psutil
import pytest

from headgate.engine.review import mapped_files
from headgate.engine.review.mapped_files import MappedFiles, UnusableTableError

ROWS = 500_000


def write(directory: Path, number: int) -> str:
    name = f"file-{number}.arrow"
    texts = pl.select(pl.format("a text of some length, {} of " + str(number), pl.int_range(ROWS))).to_series()
    pl.DataFrame({"text": texts, "n": np.arange(ROWS)}).write_ipc(directory / name, compression="uncompressed")
    return name


def test_memory_does_not_grow_with_the_files_that_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [write(tmp_path, number) for number in range(8)]
    size = (tmp_path / names[0]).stat().st_size
    monkeypatch.setattr(mapped_files, "LOOKED_AT", size)
    files = MappedFiles(tmp_path)
    process = psutil.Process()
    before = process.memory_info().rss
    for _ in range(2):
        for name in names:
            assert files.frame(name)["text"].str.len_bytes().sum() > ROWS
            assert files.frame(name)["text"].hash().n_unique() == ROWS
    assert process.memory_info().rss - before < 4 * size


def test_frames_stay_right_when_what_was_loaded_is_given_back_and_the_file_deleted(tmp_path: Path) -> None:
    files = MappedFiles(tmp_path)
    name = write(tmp_path, 1)
    frame = files.frame(name)
    few = frame[pl.Series([7, ROWS - 1], dtype=pl.UInt32)]
    files.let_go()
    files.forget(name)
    (tmp_path / name).unlink()
    assert few["text"].to_list() == ["a text of some length, 7 of 1", f"a text of some length, {ROWS - 1} of 1"]
    assert int(frame["n"].sum()) == ROWS * (ROWS - 1) // 2


def test_only_some_files_stay_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped_files, "KEPT", 5)
    files = MappedFiles(tmp_path)
    for number in range(40):
        pl.DataFrame({"n": [number]}).write_ipc(tmp_path / str(number), compression="uncompressed")
    before = psutil.Process().num_fds()
    assert [files.frame(str(number))["n"].item() for number in range(40)] == list(range(40))
    assert psutil.Process().num_fds() <= before + 5


@pytest.mark.parametrize("content", [b"", b"ARROW1", b"nonsense" * 100])
def test_a_damaged_file_is_noticed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "damaged").write_bytes(content)
    with pytest.raises(UnusableTableError):
        MappedFiles(tmp_path).frame("damaged")
    with pytest.raises(UnusableTableError):
        MappedFiles(tmp_path).columns("missing")

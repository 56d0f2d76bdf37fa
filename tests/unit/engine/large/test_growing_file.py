"""A file that grows has what was counted, and nothing of what a kill left behind that."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from headgate.engine.durable import seal_of
from headgate.engine.large import growing_file
from headgate.engine.large.growing_file import GrowingFile


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GrowingFile:
    monkeypatch.setattr(growing_file, "_PIECE", 7)
    made = GrowingFile(tmp_path / "file")
    made.begin()
    made.append(b"counted")
    return made


def another(file: GrowingFile) -> GrowingFile:
    """That of a process which knows what was noted."""
    again = GrowingFile(file.path)
    assert again.resume(file.note())
    return again


def test_length_and_checksum_are_those_of_the_file(file: GrowingFile, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"--" + b"of another file" * 3)
    file.append_file(tmp_path / "other", 2)
    with file.extended() as end:
        end.writelines([b"some", memoryview(b" pieces of a file"), b""])
    file.count(end.seal)
    assert file.path.read_bytes() == b"counted" + b"of another file" * 3 + b"some pieces of a file"
    assert file.note() == seal_of(file.path) == [file.seal.length, zlib.crc32(file.path.read_bytes())]


def test_what_was_written_but_not_counted_is_found_by_its_seal_and_else_goes(file: GrowingFile) -> None:
    with file.extended() as end:
        end.write(b" and more than that")
    seal = end.seal.to_json()
    for one in (file, another(file)):
        assert one.has(seal)
        assert not one.has([seal[0], seal[1] ^ 1])
        assert not one.has([seal[0] + 1, seal[1]])
        assert one.note() == [7, zlib.crc32(b"counted")]
    again = another(file)
    again.append(b"!")
    assert file.path.read_bytes() == b"counted!"
    assert not another(again).has(seal)


def test_damage_to_what_counts_is_noticed(file: GrowingFile) -> None:
    note = file.note()
    file.path.write_bytes(b"cOunted and more")
    assert not GrowingFile(file.path).resume(note)
    file.path.write_bytes(b"count")
    assert not GrowingFile(file.path).resume(note)
    file.path.unlink()
    assert not GrowingFile(file.path).resume(note)
    assert not GrowingFile(file.path).has(note)


def test_writing_that_failed_leaves_what_counts(file: GrowingFile) -> None:
    def write_half() -> None:
        with file.extended() as end:
            end.write(b" and half of")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_half()
    file.append(b" again")
    assert file.path.read_bytes() == b"counted again"

"""Local copies: bounded, shared, never in the way."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from headgate.storage.s3.cache import UNUSED_SECONDS, FileCache


def writes(size: int, calls: list[int]) -> Callable[[Path], None]:
    def download(path: Path) -> None:
        calls.append(size)
        path.write_bytes(b"x" * size)

    return download


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / "cache").iterdir() if path.is_file()}


def test_the_longest_unused_go_first_and_links_stay(tmp_path: Path) -> None:
    cache, calls = FileCache(tmp_path / "cache", 250), list[int]()
    for number, name in enumerate(("a/1", "a/2")):
        cache.link(name, tmp_path / f"t{number}", writes(100, calls))
        os.utime(tmp_path / "cache" / name.replace("/", "~"), (0, 1000 + number))
    cache.link("a/1", tmp_path / "again", writes(100, calls))
    cache.link("a/3", tmp_path / "t3", writes(100, calls))
    assert kept(tmp_path) == {"a~1", "a~3"}
    assert len(calls) == 3
    assert (tmp_path / "t1").read_bytes() == b"x" * 100


def test_a_file_larger_than_the_cache_is_there_and_not_kept(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", 10)
    cache.link("big", tmp_path / "big", writes(100, []))
    assert (tmp_path / "big").stat().st_size == 100
    assert kept(tmp_path) == set()


def test_a_download_that_fails_leaves_nothing(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", 1000)

    def broken(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("cut")

    with pytest.raises(OSError, match="cut"):
        cache.link("a", tmp_path / "a", broken)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_is_removed_and_what_is_whole_is_used(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", 1000)
    cache.link("a", tmp_path / "one", writes(10, []))
    (tmp_path / "cache" / "unfinished" / "half").write_bytes(b"half")
    calls: list[int] = []
    FileCache(tmp_path / "cache", 1000).link("a", tmp_path / "two", writes(10, calls))
    assert calls == []
    assert list((tmp_path / "cache" / "unfinished").iterdir()) == []


def test_many_that_want_one_file_fetch_it_once(tmp_path: Path) -> None:
    cache, calls = FileCache(tmp_path / "cache", 1000), list[int]()

    def slow(path: Path) -> None:
        calls.append(1)
        time.sleep(0.05)
        path.write_bytes(b"x")

    threads = [threading.Thread(target=cache.link, args=("a", tmp_path / str(number), slow)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1]
    assert all((tmp_path / str(number)).read_bytes() == b"x" for number in range(6))


def test_what_nobody_used_for_an_hour_goes(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", 1000)
    for name in ("old", "new"):
        cache.link(name, tmp_path / name, writes(1, []))
    os.utime(tmp_path / "cache" / "old", (0, time.time() - UNUSED_SECONDS - 10))
    cache.tidy()
    assert kept(tmp_path) == {"new"}

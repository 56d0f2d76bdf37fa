"""Durable commits of SQLite that wait for the disk together."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from headgate.db import Database, shared_sync

SECONDS = 60.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    with found.write() as session:
        session.execute(text("CREATE TABLE notes (note TEXT)"))
    yield found
    found.dispose()


class Disk:
    """What a stop of the machine leaves: the files as they stood when they were flushed last. `fails`: how many flushes will."""

    def __init__(self, folder: Path) -> None:
        self.fails = self.flushes = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.asked = threading.Semaphore(0)
        self._folder = folder
        self._left = folder / "left"
        self._real: Callable[[int], None] = os.fsync

    def flush(self, descriptor: int) -> None:
        self.flushes += 1
        self.asked.release()
        assert self.may_go_on.wait(SECONDS)
        if self.fails:
            self.fails -= 1
            raise OSError(errno.EIO, "Input/output error")
        self._real(descriptor)
        self._keep()

    def _keep(self) -> None:
        self._left.mkdir(exist_ok=True)
        for file in self._folder.glob("test.sqlite*"):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, self._left / file.name)

    def notes(self) -> list[str]:
        """What is found there after the stop."""
        return notes_of(self._left / "test.sqlite")


def notes_of(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        return [note for (note,) in connection.execute("SELECT note FROM notes ORDER BY note")]
    finally:
        connection.close()


@pytest.fixture
def disk(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(tmp_path)
    monkeypatch.setattr(shared_sync, "_flush", made.flush)
    return made


def write(database: Database, note: str) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO notes VALUES (:note)"), {"note": note})


def count(database: Database) -> int | None:
    with database.look() as connection:
        found: int | None = connection.scalar(text("SELECT count(*) FROM notes"))
        return found


def test_what_was_written_survives_a_stop_of_the_machine(database: Database, disk: Disk) -> None:
    for number in range(5):
        write(database, str(number))
        assert disk.notes() == [str(one) for one in range(number + 1)]


def test_writers_that_come_while_the_disk_is_busy_share_the_next_wait(database: Database, disk: Disk) -> None:
    disk.may_go_on.clear()
    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(write, database, "first")
        assert disk.asked.acquire(timeout=SECONDS)
        others = [threads.submit(write, database, f"other {number}") for number in range(8)]
        while database._sync is None or database._sync._committed < 10:  # the table is the first commit
            assert not first.done()
        assert not any(one.done() for one in others)
        disk.may_go_on.set()
        for one in (first, *others):
            one.result(SECONDS)
    assert disk.flushes == 2
    assert len(disk.notes()) == 9


def test_nobody_is_told_what_a_stop_could_still_take_back(database: Database, disk: Disk) -> None:
    disk.may_go_on.clear()
    with ThreadPoolExecutor(4) as threads:
        writer = threads.submit(write, database, "seen")
        assert disk.asked.acquire(timeout=SECONDS)
        reader = threads.submit(count, database)
        with pytest.raises(TimeoutError):
            reader.result(0.2)
        disk.may_go_on.set()
        assert reader.result(SECONDS) == 1
        writer.result(SECONDS)
    assert disk.notes() == ["seen"]


def test_a_write_that_fails_waits_for_nothing(database: Database, disk: Disk) -> None:
    def fail() -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO notes VALUES ('lost')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert disk.flushes == 0
    assert count(database) == 0


def test_counters_do_not_wait_for_the_disk(database: Database, disk: Disk) -> None:
    with database.write_relaxed() as session:
        session.execute(text("INSERT INTO notes VALUES ('counted')"))
    assert disk.flushes == 0


def test_after_a_flush_that_failed_the_log_is_begun_anew(database: Database, disk: Disk, tmp_path: Path) -> None:
    write(database, "before")
    disk.fails = 1
    write(database, "meanwhile")
    shutil.copyfile(tmp_path / "test.sqlite", tmp_path / "alone.sqlite")
    assert notes_of(tmp_path / "alone.sqlite") == ["before", "meanwhile"], "the database has it without its log"
    write(database, "later")
    assert disk.flushes == 3
    assert disk.notes() == ["before", "later", "meanwhile"]


def test_a_disk_that_takes_nothing_is_told_until_it_does(
    database: Database, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.fails = 1
    with monkeypatch.context() as patched:
        patched.setattr(database, "scrub", lambda: False)
        for _ in range(2):
            with pytest.raises(OperationalError):
                write(database, "doubtful")
        with pytest.raises(OperationalError):
            count(database)
    write(database, "sure")
    assert count(database) == 3

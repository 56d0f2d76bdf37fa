"""Readers of workbooks: forked from a server that waits, one for each file, and gone with whoever asked for them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from headgate.engine.read import workbook_server
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.workbook_request import Request
from headgate.engine.read.workbook_server import ReaderLostError, ReaderServer, readers_kept
from headgate.engine.read.workbook_signs import looks_like_workbook, reader_ahead

from .conftest import Read, cells
from .test_workbook import OLD_WORKBOOK, SIMPLE, ods, ods_cell, several, simple, xlsx

LOADED = """
import os, sys
from headgate.engine.read import workbook_process
workbook_process._load()
print(len(os.listdir("/proc/self/task")), *sys.modules)
"""


@pytest.fixture
def server() -> Iterator[ReaderServer]:
    started = ReaderServer()
    yield started
    started.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[int]:
    with (tmp_path / "log").open("wb") as file:
        yield file.fileno()


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if is_there(child)]


def is_there(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:  # it went while it was looked at
        return False


def ended(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=30)[1]


def test_the_server_has_one_thread_and_neither_polars_nor_the_rest_of_the_engine() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    threads, *modules = done.stdout.split()
    assert threads == "1"
    assert "python_calamine" in modules
    assert not {"polars", "numpy", "pyarrow", "headgate.engine.table", "headgate.schema"}.intersection(modules)


def test_every_workbook_has_a_reader_of_its_own(server: ReaderServer, log: int) -> None:
    pids = set()
    for _ in range(3):
        reader = server.fork(log)
        process = psutil.Process(reader.pid)
        assert psutil.Process(server._process.pid).children() == [process]
        pids.add(reader.pid)
        reader.end()
        assert ended([process])
    assert len(pids) == 3


def test_a_reader_without_a_request_tells_its_exit_code_and_why_in_its_log(
    server: ReaderServer, log: int, tmp_path: Path
) -> None:
    reader = server.fork(log)
    reader._input.shutdown(1)
    assert reader.output.read() == b""
    assert reader.exit_code() == 1
    reader.end()
    assert "JSONDecodeError" in (tmp_path / "log").read_text()


def test_a_reader_has_nothing_open_but_its_input_its_output_its_log_and_its_workbook(
    server: ReaderServer, log: int, tmp_path: Path
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(xlsx(several))
    reader = server.fork(log)
    reader.tell(Request(str(book), "xlsx", None, True, ReadLimits()).to_line())
    assert [json.loads(reader.output.readline())["event"] for _ in range(2)] == ["checked", "previews"]
    opened = {int(entry.name): str(entry.readlink()) for entry in Path(f"/proc/{reader.pid}/fd").iterdir()}
    assert opened[0] == opened[1]
    assert opened[2] == str(tmp_path / "log")
    assert {file for number, file in opened.items() if number > 2} <= {str(book)}
    reader.end()


def test_servers_are_kept_as_long_as_somebody_wants_them(read: Read) -> None:
    before = set(children())
    with readers_kept():
        (first,) = set(children()) - before
        assert cells(read(xlsx(simple))) == SIMPLE
        assert cells(read(xlsx(simple))) == SIMPLE
        assert set(children()) - before == {first}
    assert ended([first])
    assert cells(read(xlsx(simple))) == SIMPLE
    assert set(children()) == before


def test_a_server_that_was_killed_is_replaced(read: Read) -> None:
    with readers_kept():
        (waiting,) = workbook_server._servers._waiting
        waiting._process.kill()
        waiting._process.wait()
        assert cells(read(xlsx(simple))) == SIMPLE
        (waiting,) = workbook_server._servers._waiting
        os.kill(waiting._process.pid, signal.SIGKILL)  # and nobody knows of it yet
        assert cells(read(xlsx(simple))) == SIMPLE


def test_a_workbook_whose_server_is_killed_in_the_middle_is_read_once_more(read: Read) -> None:
    killed = []

    def choose(sheets: list[object]) -> int:
        if not killed:
            (server,) = [
                child for child in psutil.Process().children() if "workbook_process" in " ".join(child.cmdline())
            ]
            killed.extend([*server.children(), server])
            for process in killed:
                process.kill()
        return 2

    with readers_kept():
        assert cells(read(xlsx(several), choose_sheet=choose)) == [["first"]]
    assert killed


def test_what_the_caller_raises_ends_the_reader(read: Read) -> None:
    def choose(sheets: list[object]) -> int:
        raise KeyboardInterrupt

    before = set(children())
    with pytest.raises(KeyboardInterrupt):
        read(xlsx(several), choose_sheet=choose)
    assert set(children()) == before


def test_threads_read_side_by_side(read: Read) -> None:
    content = xlsx(simple)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(cells(read(content)))) for _ in range(4)]
    with readers_kept():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [SIMPLE] * 4


@pytest.mark.parametrize("busy", [False, True])
def test_nothing_is_left_when_the_process_that_reads_is_killed(tmp_path: Path, busy: bool) -> None:
    many = f'<table:table-row table:number-rows-repeated="100000">{ods_cell("string", "x" * 90)}</table:table-row>'
    (tmp_path / "book.ods").write_bytes(ods(f'<table:table table:name="T">{many}</table:table>'))
    code = """
import pathlib, sys, time
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.read.workbook_server import readers_kept
folder = pathlib.Path(sys.argv[1])
def stay(done, total):
    print("ready", flush=True)
    time.sleep(600)
with readers_kept():
    if sys.argv[2] == "True":
        read_source(folder / "book.ods", folder / "work", ReadOptions(), progress=stay)
    else:
        stay(0, 0)
"""
    command = [sys.executable, "-c", code, str(tmp_path), str(busy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        left = psutil.Process(process.pid).children(recursive=True)
        assert len(left) == 1 + busy
        process.kill()
    assert ended(left)


def test_a_forked_process_does_not_share_the_servers_of_its_parent() -> None:
    code = """
import os
from headgate.engine.read import workbook_server
with workbook_server.readers_kept():
    (server,) = workbook_server._servers._waiting
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
        assert server.usable
    else:
        os._exit(bool(workbook_server._servers._waiting) or server.usable)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_lost_server_is_told(server: ReaderServer, log: int) -> None:
    server._process.send_signal(signal.SIGSTOP)
    reader = server.fork(log)
    server._process.kill()
    with pytest.raises(ReaderLostError):
        _ = reader.pid
    reader.end()
    with pytest.raises(ReaderLostError):
        server.fork(log)


def test_a_reader_that_ends_before_it_is_there_leaves_its_server_of_use(server: ReaderServer, log: int) -> None:
    for _ in range(3):
        server.fork(log).end()
    assert server.usable
    reader = server.fork(log)
    reader._input.shutdown(1)
    assert reader.exit_code() == 1
    reader.end()


def test_files_that_look_like_workbooks_have_a_server_started_ahead(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = set(children())
    for content in (xlsx(simple), OLD_WORKBOOK.read_bytes(), ods("<table:table/>")):
        path.write_bytes(content)
        assert looks_like_workbook(path)
        with reader_ahead(path):
            assert len(set(children()) - before) == 1
        assert set(children()) == before
    for content in (b"", b"a,b\n", b"PK\x03\x04" + b"\0" * 26 + b"data.csv"):
        path.write_bytes(content)
        with reader_ahead(path):
            assert set(children()) == before
    assert not looks_like_workbook(tmp_path / "nowhere")

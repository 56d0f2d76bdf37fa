"""The processes that read workbooks, from outside: a server that waits with the library loaded, and a reader forked for each file.

A server has one thread and never looks at a file. A reader has one file and ends with it. Both end with the process that started
the server, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import BinaryIO

from headgate.engine.read.reader_protocol import ANSWER, END, FORK

_PROCESS = "headgate.engine.read.workbook_process"
# Without a backtrace, or what the library died of would stand too far above the end of the log.
_ENVIRONMENT = {"POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "RUST_BACKTRACE": "0"}
# Of the GNU C library (mallopt(3)): a reader's threads share one heap, which grows by large pieces and is never given back.
_ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TOP_PAD_": str(16 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}


class ReaderLostError(Exception):
    """The server is gone, and with it what became of its reader."""


class Reader:
    """A process for one workbook, with its output. It may be told something before it is there."""

    def __init__(self, server: ReaderServer, connection: socket.socket) -> None:
        self.output: BinaryIO = connection.makefile("rb")
        self._input = connection
        self._server = server
        self._ended = False

    @cached_property
    def pid(self) -> int:
        """Its process id, once it is there. Raises ReaderLostError."""
        return self._server.forked()

    def tell(self, line: str) -> None:
        """Write a line to its input."""
        self._input.sendall(line.encode())

    def exit_code(self) -> int:
        """What it ends with, once it does: negative for a signal. Raises ReaderLostError."""
        self._ended = True
        _ = self.pid  # the answer before
        return self._server.ended()

    def end(self) -> None:
        """End it, if it has not ended; nobody waits for that."""
        if not self._ended:
            self._ended = True
            with contextlib.suppress(ReaderLostError):
                self._server.end(self.pid)
        self.output.close()
        self._input.close()


class ReaderServer:
    """A process of which readers are forked, one after the other."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        environment = {**_ALLOCATOR, **os.environ, **_ENVIRONMENT}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 — our own module, and no shell
                [sys.executable, "-P", "-m", _PROCESS, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=environment,
                pass_fds=[theirs.fileno()],
            )
        self._owner = os.getpid()
        self._lost = False
        self._owed = 0
        """Answers that nobody has waited for."""

    @property
    def usable(self) -> bool:
        """Whether it is there, and this process's own: not a copy that came with a fork."""
        return not self._lost and self._owner == os.getpid() and self._process.poll() is None

    def fork(self, log: int) -> Reader:
        """A new reader, which writes what goes wrong to the file `log` (a descriptor). Raises ReaderLostError."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._ask(FORK, theirs.fileno(), log)
        except BaseException:
            ours.close()
            raise
        return Reader(self, ours)

    def forked(self) -> int:
        """The process id of the new reader, once it is there. Raises ReaderLostError."""
        while self._owed:
            self._owed -= 1
            self._answer()
        return self._answer()

    def ended(self) -> int:
        """The exit code of the reader, once it has ended. Raises ReaderLostError."""
        self._ask(END)
        return self._answer()

    def end(self, pid: int) -> None:
        """End the reader, whose number is its own until the server was told."""
        with contextlib.suppress(ProcessLookupError):
            if self.usable:
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ReaderLostError):
            self._ask(END)
            self._owed += 1

    def close(self) -> None:
        """End it and its reader."""
        self._control.close()
        if self._owner == os.getpid():
            self._process.wait()

    def _ask(self, command: bytes, *descriptors: int) -> None:
        try:
            socket.send_fds(self._control, [command], descriptors)
        except OSError as error:
            self._lost = True
            raise ReaderLostError from error

    def _answer(self) -> int:
        try:
            found = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
            return int(ANSWER.unpack(found)[0])
        except (OSError, struct.error) as error:
            self._lost = True
            raise ReaderLostError from error


class _Servers:
    """The servers of this process that have nothing to do, as long as somebody wants them kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[ReaderServer] = []
        self._holders = 0
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """In a process that was forked: the servers are not its own."""
        self._lock = threading.Lock()
        for server in self._waiting:
            server.close()
        self._waiting, self._holders = [], 0

    def hold(self) -> None:
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        with self._lock:
            self._holders -= 1
            given_up, self._waiting = (self._waiting, []) if not self._holders else ([], self._waiting)
        for server in given_up:
            server.close()

    def prepare(self) -> None:
        """Have one waiting."""
        with self._lock:
            if not self._waiting:
                self._waiting.append(ReaderServer())

    def take(self) -> ReaderServer:
        while True:
            with self._lock:
                found = self._waiting.pop() if self._waiting else ReaderServer()
            if found.usable:
                return found
            found.close()

    def give_back(self, server: ReaderServer) -> None:
        with self._lock:
            kept = self._holders > 0 and server.usable
            if kept:
                self._waiting.append(server)
        if not kept:
            server.close()


_servers = _Servers()


@contextmanager
def reader_server() -> Iterator[ReaderServer]:
    """A server for one workbook: one that waits, or a new one."""
    server = _servers.take()
    try:
        yield server
    finally:
        _servers.give_back(server)


@contextmanager
def readers_kept() -> Iterator[None]:
    """For the time of the block a server waits for the next workbook, from now on."""
    _servers.hold()
    try:
        _servers.prepare()
        yield
    finally:
        _servers.release()


def keep_reader_ready() -> None:
    """Have a server wait for workbooks as long as this process is there."""
    _servers.hold()
    _servers.prepare()

"""JavaScript's own regular expressions: V8 in a child process, which is killed when a pattern runs too long."""

from __future__ import annotations

import os
import select
import subprocess
import time
import weakref
from pathlib import Path

import deno
import orjson
import polars as pl

from headgate.libraries import numpy as np

TIME_LIMIT = 2.0
"""Seconds of computing that one request (REQUEST_TEXTS texts, REQUEST_BYTES bytes) may take."""

START_LIMIT = 30.0
STALL_LIMIT = 60.0
"""Seconds after which a process that got no chance to compute is given up."""

REQUEST_TEXTS = 8192
REQUEST_BYTES = 1024 * 1024

_SCRIPT = Path(__file__).with_name("regex_worker.js")


class RegexTooSlowError(Exception):
    """A pattern did not answer in time on the texts of one request."""


class RegexRefusedError(Exception):
    """V8 cannot run the pattern; the text says why."""


class RegexWorker:
    """Starts its process on the first request, and again after it had to be killed. `close` ends it."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[[subprocess.Popen[bytes]], RegexWorker] | None = None

    def search(self, pattern: str, flags: str, texts: pl.Series) -> pl.Series:
        """For each text (String, no nulls) whether the pattern is found.

        Raises RegexTooSlowError and RegexRefusedError.
        """
        answers = []
        offset = 0
        while offset < len(texts):
            part = texts.slice(offset, REQUEST_TEXTS)
            fitting = int((part.str.len_bytes().cum_sum() <= REQUEST_BYTES).sum())
            part = part.head(max(1, fitting))
            offset += len(part)
            answers.append(self._ask(orjson.dumps([pattern, flags, part.to_list()])))
        found = b"".join(answers)
        return pl.Series(np.frombuffer(found, np.uint8) == ord("1"))

    def close(self) -> None:
        """End the process, if there is one."""
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None

    def _ask(self, request: bytes) -> bytes:
        process = self._process or self._start()
        limit = _Limit(process.pid, self.time_limit, STALL_LIMIT)
        try:
            _write(process, request + b"\n", limit)
            answer = _read_line(process, limit)
        except (TimeoutError, BrokenPipeError, EOFError) as error:
            self.close()
            raise RegexTooSlowError from error
        if answer.startswith(b"!"):
            raise RegexRefusedError(answer[1:].decode())
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in ("HOME", "TMPDIR", "DENO_DIR") if name in os.environ}
        environment |= {"DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
        options = ["--quiet", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--no-npm", "--cached-only"]
        # Arguments of our own alone; the patterns travel as data over standard input.
        process = subprocess.Popen(  # noqa: S603
            [deno.find_deno_bin(), "run", *options, str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._process = process
        self._finalizer = weakref.finalize(self, _end, process)
        try:
            _read_line(process, _Limit(process.pid, START_LIMIT, START_LIMIT))
        except (TimeoutError, EOFError) as error:
            self.close()
            raise RuntimeError(
                "The process that runs regular expressions did not start. Is `deno` installed?"
            ) from error
        # A pipe that is full must not hold us up beyond the limit.
        os.set_blocking(_pipe(process.stdin), False)
        return process


class _Limit:
    """Seconds of computing that a process may use from now on, and seconds that may pass meanwhile.

    Time on the clock alone would fail imports on a busy machine, where an innocent pattern waits for its turn.
    """

    def __init__(self, pid: int, computing: float, passing: float) -> None:
        self.pid = pid
        self.computed = computing + (_computed_seconds(pid) or 0.0)
        now = time.monotonic()
        self.soonest, self.latest = now + computing, now + passing

    def wait(self, pipe: int, event: int) -> None:
        """Until the pipe can be written or read. Raises TimeoutError when the limit is reached."""
        poll = select.poll()
        poll.register(pipe, event)
        while not poll.poll(max(0.05, self.soonest - time.monotonic()) * 1000):
            now = time.monotonic()
            computed = _computed_seconds(self.pid)
            if now >= self.latest or (now >= self.soonest and (computed is None or computed >= self.computed)):
                raise TimeoutError


def _computed_seconds(pid: int) -> float | None:
    """Processor time that the process has used, None where the system does not tell (it does on Linux)."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    user_and_system_ticks = int(numbers[11]) + int(numbers[12])
    return user_and_system_ticks / os.sysconf("SC_CLK_TCK")


def _write(process: subprocess.Popen[bytes], data: bytes, limit: _Limit) -> None:
    """All of `data`, as the pipe takes it."""
    pipe = _pipe(process.stdin)
    view = memoryview(data)
    while view:
        limit.wait(pipe, select.POLLOUT)
        view = view[os.write(pipe, view) :]


def _read_line(process: subprocess.Popen[bytes], limit: _Limit) -> bytes:
    """The next line of the process. Raises TimeoutError at the limit, EOFError when the process ended."""
    pipe = _pipe(process.stdout)
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b"\n"):
        limit.wait(pipe, select.POLLIN)
        part = os.read(pipe, 1 << 16)
        if not part:
            raise EOFError
        parts.append(part)
    return b"".join(parts)[:-1]


def _pipe(stream: object) -> int:
    if stream is None or not hasattr(stream, "fileno"):
        raise RuntimeError("the process was started without pipes")
    return int(stream.fileno())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()

"""JavaScript's own regular expressions: V8 in a child process, which is killed when a pattern runs too long."""

from __future__ import annotations

import os
import select
import subprocess
import time
import weakref
from pathlib import Path

import deno
import numpy as np
import orjson
import polars as pl

TIME_LIMIT = 2.0
"""Seconds that one request (REQUEST_TEXTS texts, REQUEST_BYTES bytes) may take."""

START_LIMIT = 30.0
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
        deadline = time.monotonic() + self.time_limit
        try:
            self._write(process, request + b"\n", deadline)
            answer = _read_line(process, deadline)
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
            _read_line(process, time.monotonic() + START_LIMIT)
        except (TimeoutError, EOFError) as error:
            self.close()
            raise RuntimeError(
                "The process that runs regular expressions did not start. Is `deno` installed?"
            ) from error
        # A pipe that is full must not hold us up beyond the deadline.
        os.set_blocking(_pipe(process.stdin), False)
        return process

    @staticmethod
    def _write(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
        """All of `data`, while the pipe takes it."""
        pipe = _pipe(process.stdin)
        view = memoryview(data)
        while view:
            _wait(pipe, select.POLLOUT, deadline)
            view = view[os.write(pipe, view) :]


def _read_line(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    """The next line of the process. Raises TimeoutError at the deadline, EOFError when the process ended."""
    pipe = _pipe(process.stdout)
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b"\n"):
        _wait(pipe, select.POLLIN, deadline)
        part = os.read(pipe, 1 << 16)
        if not part:
            raise EOFError
        parts.append(part)
    return b"".join(parts)[:-1]


def _wait(pipe: int, event: int, deadline: float) -> None:
    """Until the pipe can be written or read. Raises TimeoutError at the deadline."""
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


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

"""One engine process: starting it, talking with it, and ending it when it goes over a limit.

The watchdog is the one who waits: whoever waits for an answer looks at the clock and at the process's memory every few
milliseconds, and kills it from outside. Nothing that the process says is believed without a check.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

import orjson

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.failures import HOOK_KINDS, HookKind, clean_message, fail, fail_as_told, whole_number
from headgate.engine.hooks.fetch_messages import FetchAnswer, FetchRequest
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.spawn import spawn
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.hooks.fetch import Fetcher  # and the HTTP client, which few imports need

_HEADER = struct.Struct("<I")
_LOOK_EVERY_MILLISECONDS = 20
_READ_BYTES = 1 << 20
_STDERR_BYTES = 64 * 1024
_ENTRY_OVERHEAD = 64
_PAGE = os.sysconf("SC_PAGESIZE")
_ROW_MARK = struct.Struct("<4sd")
_ROW_MAGIC = b"\xffrow"
_OUT_OF_MEMORY = (b"out of memory", b"heap limit", b"Allocation failed", b"memory allocation of")
_LEVELS = ("debug", "log", "info", "warn", "error")


@dataclass(frozen=True, slots=True)
class ConsoleEntry:
    """One thing that a hook wrote to its console. `position` and `row` are None where they do not apply."""

    level: str
    text: str
    hook: str | None
    position: int | None
    row: int | None

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"level": self.level, "text": self.text, "hook": self.hook, "position": self.position, "row": self.row}


class EngineStartError(RuntimeError):
    """The JavaScript engine did not start: an installation problem, never a hook's mistake."""


class HookProcess:
    """An engine process for one import. Use it as a context manager: leaving it ends the process."""

    def __init__(
        self, limits: HookLimits | None = None, *, fetcher: Fetcher | None = None, require_all_layers: bool = False
    ) -> None:
        self.limits = limits if limits is not None else HookLimits()
        self.console: list[ConsoleEntry] = []
        self.hook_counts: Mapping[str, int] = {}
        self.killed = False
        """Whether somebody else ended it by SIGKILL (the kernel, for memory, or an operator): that may be no hook's doing."""
        self._fetcher = fetcher
        self._ready = False
        self._out: deque[memoryview] = deque()
        self._in = bytearray()
        self._stderr = bytearray()
        self._console_left = self.limits.console_bytes
        self._used_seconds = 0.0
        self._last_life = time.monotonic()
        self._position: int | None = None
        self._fetching: set[int] = set()
        self._fetched: deque[FetchAnswer] = deque()
        self._wake_read, self._wake_write = os.pipe()
        self._fetch_lock = threading.Lock()
        try:
            self._process = spawn(self.limits, fetch=fetcher is not None, require_all=require_all_layers)
        except BaseException:
            os.close(self._wake_read)
            os.close(self._wake_write)
            raise
        self._stdin, self._stdout, self._stderr_pipe = (
            pipe.fileno()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr)
            if pipe is not None
        )
        for descriptor in (self._stdin, self._stdout, self._stderr_pipe, self._wake_read, self._wake_write):
            os.set_blocking(descriptor, False)
        for descriptor in (self._stdin, self._stdout, self._stderr_pipe):
            with contextlib.suppress(OSError):  # Larger pipes are a matter of speed only.
                fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _READ_BYTES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None and self._process.poll() is None

    def close(self) -> None:
        """End the process and free what it held. May be called twice."""
        if self._wake_read == -1:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        with self._fetch_lock:
            os.close(self._wake_read)
            os.close(self._wake_write)
            self._wake_read = self._wake_write = -1

    def wait_ready(self) -> None:
        """Wait until the engine takes orders. Raises EngineStartError."""
        if self._ready:
            return
        deadline = time.monotonic() + self.limits.start_seconds
        while True:
            try:
                frame = self._take_frame("rowHooks")
            except ImportFailedError:
                frame = {}
            if frame is not None:
                break
            if not self._transfer() or time.monotonic() > deadline:
                said = clean_message(bytes(self._stderr[-500:]).decode("utf-8", "replace").strip())
                self.close()
                raise EngineStartError(f"The JavaScript engine did not start. It said: {said or 'nothing'}")
        if frame.get("t") != "ready":
            self.close()
            raise EngineStartError("The JavaScript engine did not start as it should.")
        self._ready = True

    def post(self, order: dict[str, Any]) -> None:
        """Send an order; it leaves while answers are awaited."""
        self.wait_ready()
        body = orjson.dumps(order)
        if not self._out:
            self._last_life = time.monotonic()
        self._out.append(memoryview(_HEADER.pack(len(body)) + body))

    def answer(self, kind: HookKind) -> dict[str, Any]:
        """The next `part` or `done` message. `kind` is what the posted order runs.

        Raises ImportFailedError("hook_failed") for whatever goes wrong; the process is dead afterwards.
        """
        started = time.monotonic()
        self._last_life = max(self._last_life, started)
        self._position = None
        used_before = self._used_seconds
        try:
            while True:
                frame = self._take_frame(kind)
                self._used_seconds = used_before + time.monotonic() - started
                if frame is None:
                    if not self._transfer():
                        self._explain_death(kind)
                    self._check_limits(kind)
                elif (message := self._handle(frame, kind)) is not None:
                    return message
        except BaseException:
            self.close()
            raise

    def drain_orders(self, kind: HookKind) -> None:
        """Wait until the posted orders are on their way, so that unsent ones do not pile up here."""
        started = time.monotonic()
        self._last_life = max(self._last_life, started)
        try:
            while self._out:
                if not self._transfer():
                    self._explain_death(kind)
                self._check_limits(kind)
                while (frame := self._take_frame(kind)) is not None:
                    if self._handle(frame, kind) is not None:
                        fail("The hook disturbed the engine: an answer comes out of turn.", kind)
        except BaseException:
            self.close()
            raise

    def _handle(self, frame: dict[str, Any], kind: HookKind) -> dict[str, Any] | None:
        match frame.get("t"):
            case "done" | "part":
                self._last_life = time.monotonic()
                return frame
            case "progress":
                self._last_life = time.monotonic()
                position = whole_number(frame.get("position"))
                self._position = position if (position or 0) < self.hook_counts.get(kind, 0) else None
            case "log":
                self._keep_log(frame, kind)
            case "fetch" if self._fetcher is not None:
                self._begin_fetch(frame, kind)
            case "error":
                fail_as_told(frame, kind, self.hook_counts)
            case _:
                fail("The hook disturbed the engine: an answer has no known form.", kind)
        return None

    def _keep_log(self, frame: dict[str, Any], kind: HookKind) -> None:
        text, level, hook = frame.get("text"), frame.get("level"), frame.get("kind")
        if not isinstance(text, str) or level not in _LEVELS:
            fail("The hook disturbed the engine: a console message has no known form.", kind)
        self._console_left -= len(text.encode()) + _ENTRY_OVERHEAD
        if self._console_left < 0:
            fail(self._console_message(), kind, self._position)
        self.console.append(
            ConsoleEntry(
                level,
                text,
                hook if hook in HOOK_KINDS else None,
                whole_number(frame.get("position")),
                whole_number(frame.get("row")),
            )
        )

    def _console_message(self) -> str:
        return f"The hooks wrote more than {_megabytes(self.limits.console_bytes)} to the console."

    def _check_limits(self, kind: HookKind) -> None:
        if time.monotonic() - self._last_life > self.limits.call_seconds:
            self._fail_at_work(f"The call took longer than {self.limits.call_seconds:g} seconds.", kind)
        if self._used_seconds > self.limits.import_seconds:
            limit = f"{self.limits.import_seconds:g} seconds"
            self._fail_at_work(f"All hooks of the import together took longer than {limit}.", kind)
        if self._resident_bytes() > self.limits.resident_bytes:
            self._fail_for_memory(kind)

    def _fail_for_memory(self, kind: HookKind) -> NoReturn:
        self._fail_at_work(f"The hooks used more than {_megabytes(self.limits.heap_bytes)} of memory.", kind)

    def _fail_at_work(self, message: str, kind: HookKind) -> NoReturn:
        """Fail with the hook and the row that the engine was last seen at."""
        self._read_stderr()
        row: int | None = None
        at = self._stderr.rfind(_ROW_MAGIC, 0, max(0, len(self._stderr) - _ROW_MARK.size + len(_ROW_MAGIC)))
        if at != -1:
            number: float = _ROW_MARK.unpack_from(self._stderr, at)[1]
            row = whole_number(int(number)) if number.is_integer() else None
        fail(message, kind, self._position, row=row)

    def _resident_bytes(self) -> int:
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:  # noqa: PTH123 - read fifty times a second
                _, resident, shared, *_ = file.read().split()
        except OSError:
            return 0
        return (int(resident) - int(shared)) * _PAGE

    def _explain_death(self, kind: HookKind) -> NoReturn:
        """The process is gone without a word of its own: say why as well as can be known."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._read_stderr()
        if any(sign in self._stderr for sign in _OUT_OF_MEMORY):
            self._fail_for_memory(kind)
        self.killed = self._process.returncode == -signal.SIGKILL
        self._fail_at_work("The hook ended the engine.", kind)

    def _transfer(self) -> bool:
        """Move bytes for a moment. False when the process has closed its output."""
        poll = select.poll()
        poll.register(self._stdout, select.POLLIN)
        poll.register(self._wake_read, select.POLLIN)
        if self._out:
            poll.register(self._stdin, select.POLLOUT)
        ready = poll.poll(_LOOK_EVERY_MILLISECONDS)
        self._read_stderr()
        for descriptor, _event in ready:
            if descriptor == self._stdin:
                self._write()
            elif descriptor == self._stdout:
                data = os.read(self._stdout, _READ_BYTES)
                if not data:
                    return False
                self._in += data
            else:
                self._post_fetched()
        return True

    def _write(self) -> None:
        try:
            while self._out:
                written = os.write(self._stdin, self._out[0])
                self._out[0] = self._out[0][written:]
                if not self._out[0]:
                    self._out.popleft()
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._out.clear()  # The end of its output follows and is explained there.

    def _read_stderr(self) -> None:
        """Take in the marks of rows, and the last words of a dying engine."""
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self._stderr_pipe, _READ_BYTES):
                self._stderr += data
                del self._stderr[:-_STDERR_BYTES]

    def _take_frame(self, kind: str) -> dict[str, Any] | None:
        if len(self._in) < _HEADER.size:
            return None
        (length,) = _HEADER.unpack_from(self._in)
        if length > self.limits.answer_bytes:
            fail(f"An answer is larger than {_megabytes(self.limits.answer_bytes)}.", kind)
        end = _HEADER.size + length
        if len(self._in) < end:
            return None
        body = bytes(memoryview(self._in)[_HEADER.size : end])
        del self._in[:end]
        try:
            frame = orjson.loads(body)
        except orjson.JSONDecodeError:
            frame = None
        if not isinstance(frame, dict):
            fail("The hook disturbed the engine: an answer cannot be read.", kind)
        return frame

    def _begin_fetch(self, frame: dict[str, Any], kind: HookKind) -> None:
        request = FetchRequest.parse(frame)
        if request is None or request.id in self._fetching or self._fetcher is None:
            fail("The hook disturbed the engine: a request has no known form.", kind)
        if len(self._fetching) >= self.limits.fetches_at_once * 100:
            fail("The hook made too many requests at once.", kind)
        self._fetching.add(request.id)
        self._fetcher.submit(request, self.limits, self._take_fetched)

    def _take_fetched(self, answer: FetchAnswer) -> None:
        """Called by the fetcher's threads."""
        self._fetched.append(answer)
        with self._fetch_lock:
            if self._wake_write != -1:
                with contextlib.suppress(BlockingIOError):
                    os.write(self._wake_write, b"!")

    def _post_fetched(self) -> None:
        os.read(self._wake_read, 4096)
        while self._fetched:
            answer = self._fetched.popleft()
            self._fetching.discard(answer.id)
            self.post(answer.to_order())


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):g} MB"

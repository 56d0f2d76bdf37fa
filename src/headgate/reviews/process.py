"""The process of one open review as the server sees it: asked over a pipe, and judged from outside while it works.

A regular expression, an expression of Transform or a hook that runs for ever or eats all memory ends this process only.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from headgate.errors import StorageFullError
from headgate.imports.pool import JobStoppedError, MemoryLimitError, TimeLimitError, WorkerCrashedError
from headgate.imports.processes import ChildProcess
from headgate.imports.worker import Broken, Progress, ReviewJob
from headgate.records import dataclass
from headgate.reviews.errors import ReviewConflictError
from headgate.reviews.wire import Answer, Call, Close, Failure, Refusal, Warm, run_child

WATCH_INTERVAL = 0.1
CLOSING_SECONDS = 10.0
WARMING_SECONDS = 120.0

log = structlog.get_logger(__name__)


class BrokenReviewError(Exception):
    """The engine raised something that it should not have; the log has it."""


class ReviewRefusedError(Exception):
    """The review refused, with a code of the engine's RefusedChangeError and a message for the person."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


@dataclass(frozen=True)
class ReviewLimits:
    """Bytes of memory; seconds for a question or change, and for opening a review or making a step ready."""

    memory: int
    call_seconds: float
    prepare_seconds: float


class ReviewProcess:
    """A process that is warm: it loads the engine by itself, and then waits for a review to open."""

    def __init__(self, engine: str, limits: ReviewLimits) -> None:
        self._limits = limits
        self._child = ChildProcess(run_child, engine, "headgate-review")
        self._stopped = threading.Event()
        self._warm = False
        self.on_progress: Callable[[Progress], None] = lambda _: None

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._child.process.pid

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.process.is_alive()

    def open(self, job: ReviewJob) -> int:
        """Open a review; gives its version. Raises as `call`."""
        if not self._warm:
            self._wait_until_warm()
        version: int = self._ask(job, self._limits.prepare_seconds)
        return version

    def call(self, method: str, *arguments: Any, as_json: bool = False, slow: bool = False) -> Any:
        """Call a method of the open review. `slow`: it may take as long as opening does.

        Raises ReviewRefusedError, ReviewConflictError (the import as such cannot go on as decided), BrokenReviewError,
        WorkerCrashedError, MemoryLimitError, TimeLimitError and JobStoppedError; after the last four the process is gone.
        """
        seconds = self._limits.prepare_seconds if slow else self._limits.call_seconds
        return self._ask(Call(method, arguments, as_json), seconds)

    def stop(self) -> None:
        """From any thread: end it in the middle of what it does."""
        self._stopped.set()

    def close(self) -> bool:
        """Let it write what is not yet on disk; whether it can open another review. If not, it is gone."""
        try:
            if not self.alive() or self._stopped.is_set():
                raise JobStoppedError
            if self._warm:
                self._ask(Close(), CLOSING_SECONDS)
        except JobStoppedError:
            self.kill()
        except Exception as error:
            log.warning("review_process_did_not_close", cause=type(error).__name__)
            self.kill()
        self.on_progress = lambda _: None
        if self.alive() and self._child.memory() > self._limits.memory / 2:
            self.kill()
        return self.alive()

    def kill(self) -> None:
        """End it, whatever it does."""
        self._child.kill()

    def _wait_until_warm(self) -> None:
        """Loading the engine takes no part of the time that a review may take to open."""
        deadline = time.monotonic() + WARMING_SECONDS
        try:
            while not self._child.connection.poll(WATCH_INTERVAL):
                self._judge(deadline)
            self._warm = isinstance(self._child.connection.recv(), Warm)
        except (EOFError, OSError) as error:
            self.kill()
            raise WorkerCrashedError(f"exit code {self._child.process.exitcode}") from error
        except BaseException:
            self.kill()
            raise

    def _ask(self, message: Any, seconds: float) -> Any:
        try:
            reply = self._reply(message, time.monotonic() + seconds)
        except (EOFError, OSError) as error:
            self.kill()
            raise WorkerCrashedError(f"exit code {self._child.process.exitcode}") from error
        except BaseException:
            self.kill()
            raise
        if isinstance(reply, Answer):
            return reply.value
        if isinstance(reply, Refusal):
            raise ReviewRefusedError(reply.code, reply.message)
        if isinstance(reply, Failure):
            raise ReviewConflictError("import_failed", str(reply.error.get("message")))
        if isinstance(reply, Broken) and reply.no_room:
            raise StorageFullError
        log.error("review_broken", trace=reply.trace if isinstance(reply, Broken) else repr(type(reply)))
        raise BrokenReviewError

    def _reply(self, message: Any, deadline: float) -> Any:
        self._child.send(message)
        while True:
            if self._child.connection.poll(WATCH_INTERVAL):
                reply = self._child.connection.recv()
                if not isinstance(reply, Progress):
                    return reply
                self.on_progress(reply)
            self._judge(deadline)

    def _judge(self, deadline: float) -> None:
        if self._stopped.is_set():
            raise JobStoppedError
        if time.monotonic() >= deadline:
            raise TimeLimitError
        if self._child.memory() > self._limits.memory:
            raise MemoryLimitError

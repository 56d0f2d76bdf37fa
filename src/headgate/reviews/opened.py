"""One open review: a thread that does what is asked of it in order, over the process that holds the folded state."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import structlog

from headgate.errors import RequestError, StorageFullError
from headgate.imports.pool import JobStoppedError, MemoryLimitError, TimeLimitError, WorkerCrashedError
from headgate.imports.worker import Progress
from headgate.records import dataclass
from headgate.reviews.errors import BusyError, GoneError, ReviewConflictError
from headgate.reviews.process import BrokenReviewError, ReviewProcess, ReviewRefusedError
from headgate.reviews.stacks import Stacks
from headgate.tracing import tracer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headgate.reviews.desk import ReviewDesk

OPEN_ATTEMPTS = 4
LASTING = frozenset({"too_slow", "too_large", "import_failed"})
MAX_WAITING = 64
"""Requests that may wait for one review."""
BACKOFF_SECONDS = 10.0
"""For so long a review that could not be opened is not tried again."""

log = structlog.get_logger(__name__)


class Folded:
    """The state that the process holds, as of `version`. What a unit of work is given; never used by two threads."""

    def __init__(self, desk: ReviewDesk, import_id: uuid.UUID, process: ReviewProcess) -> None:
        self._desk = desk
        self._process = process
        self.import_id = import_id
        self.stacks = Stacks()
        self.version = 0
        self.left = False

    def open(self) -> None:
        """Open the review in the process. Raises GoneError, ReviewConflictError when it is not in review."""
        job = self._desk.job_of(self.import_id)
        parent = job.run.traceparent
        with tracer().span("review.open", parent, import_id=str(self.import_id), changes=len(job.log)):
            self.version = self._process.open(job)
        for entry in job.log:
            self.stacks.add(entry)
            if entry.seq > self.version:
                self.commit(entry)

    def ask(self, method: str, *arguments: Any, as_json: bool = False, slow: bool = False) -> Any:
        """Ask the engine's review. Raises as `ReviewProcess.call`."""
        return self._process.call(method, *arguments, as_json=as_json, slow=slow)

    def ask_of_rows(self, method: str, *arguments: Any) -> Any:
        """As `ask`, about rows that the person has seen: where this process has none, because they were shown by that of another
        server, they are built first. Refused as `ask` where an earlier step must be decided."""
        try:
            return self.ask(method, *arguments)
        except ReviewRefusedError as error:
            if error.code != "not_ready":
                raise
        self.ask("advance", "review", slow=True)
        return self.ask(method, *arguments)

    def commit(self, entry: Any) -> Any:
        """Bring an entry of the log into the state."""
        done = self._process.call("commit", entry, slow=True)
        self.version = entry.seq
        self.stacks.add(entry)
        return done

    def catch_up(self) -> None:
        """Fold what others wrote since."""
        if self._desk.log.version(self.import_id) > self.version:
            for entry in self._desk.log.entries(self.import_id, self.version):
                self.commit(entry)

    def engine_state(self) -> dict[str, Any]:
        """The engine's part of the state; kept for while the process is busy."""
        state: dict[str, Any] = self._process.call("state")
        self._desk.remember_state(self.import_id, state)
        return state

    def leave(self) -> None:
        """Have the process end after this unit of work: somebody else needs its directory."""
        self.left = True


Unit = Callable[[Folded], Any]


@dataclass(frozen=True)
class _Task:
    unit: Unit
    future: Future[Any]
    prepares: str | None


class OpenedReview:
    """The queue, thread and process of one review."""

    def __init__(self, desk: ReviewDesk, import_id: uuid.UUID) -> None:
        self._desk = desk
        self.import_id = import_id
        self._tasks: queue.Queue[_Task | None] = queue.Queue()
        self._process: ReviewProcess | None = None
        self._folded: Folded | None = None
        self._failure: tuple[float, Exception] | None = None
        self.preparing: dict[str, Any] | None = None
        self._preparing_since = 0.0
        self.problem: dict[str, Any] | None = None
        self.busy = False
        self.dropped = False
        self._leaving = False
        self.last_used = time.monotonic()
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"headgate-review-{import_id}")

    # Called under the desk's lock

    def submit(self, unit: Unit, prepares: str | None) -> Future[Any]:
        """Have a unit of work done. `prepares`: the step that is made ready by it. Raises BusyError, GoneError."""
        if self.dropped:
            raise GoneError
        if self._tasks.qsize() >= MAX_WAITING:
            raise BusyError("This review has too much to do at the moment. Try again in a few seconds.")
        self.last_used = time.monotonic()
        future: Future[Any] = Future()
        self._tasks.put(_Task(unit, future, prepares))
        return future

    def prepares_for(self) -> float:
        """Seconds since the longer piece of work began that is under way; 0 when there is none."""
        return time.monotonic() - self._preparing_since if self.preparing is not None else 0.0

    def has_process(self) -> bool:
        """Whether it takes one of the places of open reviews."""
        return self._process is not None

    def unused(self) -> bool:
        """Whether nothing is asked of it."""
        return not self.busy and self._tasks.empty()

    def end(self) -> None:
        """End the process unless something is asked of it meanwhile."""
        self._tasks.put(None)

    def leave(self) -> None:
        """End the process as soon as what it does now is done, whatever else is asked."""
        self._leaving = True
        self._tasks.put(None)

    def drop(self) -> None:
        """End the process at once, whatever it does; what waits fails."""
        self.dropped = True
        process = self._process
        if process is not None:
            process.stop()
        self._tasks.put(None)

    def abandon(self) -> None:
        """Fail what is still asked: its thread has ended."""
        while not self._tasks.empty():
            task = self._tasks.get_nowait()
            if task is not None and task.future.set_running_or_notify_cancel():
                task.future.set_exception(GoneError() if self.dropped else BusyError())

    def pid(self) -> int | None:
        """The process id, while there is a process."""
        process = self._process
        return None if process is None else process.pid

    # In its own thread

    def _run(self) -> None:
        with structlog.contextvars.bound_contextvars(import_id=str(self.import_id)):
            self._serve_all()

    def _serve_all(self) -> None:
        while True:
            task = self._next()
            if task is not None:
                self.busy = True
                try:
                    self._serve(task)
                finally:
                    self.busy = False
                    self.last_used = time.monotonic()
                if self._leaving:
                    self._close()
            elif self._tasks.empty() or self.dropped or self._leaving:
                self._close()
                if self._desk.remove(self, self._tasks.empty):
                    return

    def _next(self) -> _Task | None:
        try:
            return self._tasks.get(timeout=self._desk.idle_seconds)
        except queue.Empty:
            return None

    def _serve(self, task: _Task) -> None:
        try:
            if self.dropped:
                raise GoneError
            self._open()
        except Exception as error:
            if task.future.set_running_or_notify_cancel():
                task.future.set_exception(error)
            return
        if not task.future.set_running_or_notify_cancel():
            return
        try:
            if task.prepares is None:
                result = self._do(task.unit)
            else:
                with self._prepares(task.prepares):
                    result = self._do(task.unit)
        except Exception as error:
            task.future.set_exception(error)
        else:
            task.future.set_result(result)

    def _do(self, unit: Unit) -> Any:
        """Units can be repeated: what they write bears an id. So one whose process is killed is done by the next."""
        for attempt in (1, 2):
            folded = self._open()
            try:
                result = unit(folded)
            except WorkerCrashedError as error:
                log.warning("review_process_ended", import_id=str(self.import_id), cause=str(error))
                self._close()
                if attempt == 2:
                    raise BusyError("The process of this review ended twice. Try again in a few seconds.") from error
            except BaseException as error:
                if named := _named(error):
                    self._close()
                    raise named from error
                raise
            else:
                if folded.left:
                    self._close()
                return result
        raise AssertionError("the loop returns or raises")

    def _open(self) -> Folded:
        if self._folded is not None and self._process is not None and self._process.alive():
            return self._folded
        if self._failure is not None and time.monotonic() < self._failure[0]:
            raise self._failure[1]
        for attempt in range(1, OPEN_ATTEMPTS + 1):
            self._close()
            try:
                return self._open_in(self._desk.take_process(self))
            except WorkerCrashedError as error:
                # A warm process may have been ended from outside without anybody noticing yet.
                log.warning("review_process_ended", import_id=str(self.import_id), cause=str(error))
                self._close()
                if attempt == OPEN_ATTEMPTS:
                    self._fail(
                        BusyError("The process of this review ends again and again. Try again in a few seconds.")
                    )
            except BaseException as error:
                self._close()
                self._fail(_named(error) or error)
        raise AssertionError("the loop returns or raises")

    def _open_in(self, process: ReviewProcess) -> Folded:
        self._process = process
        process.on_progress = self._on_progress
        folded = Folded(self._desk, self.import_id, process)
        with self._prepares("open"):
            folded.open()
            folded.engine_state()
        self._folded, self._failure = folded, None
        return folded

    def _fail(self, error: BaseException) -> NoReturn:
        """Raise `error`; one that opening would meet again is raised for a while instead of opening."""
        lasting = isinstance(error, ReviewConflictError) and error.code in LASTING
        if isinstance(error, Exception) and (lasting or isinstance(error, BrokenReviewError)):
            self._failure = (time.monotonic() + BACKOFF_SECONDS, error)
        raise error

    def _close(self) -> None:
        process, self._folded, self._leaving = self._process, None, False
        if process is not None:
            reusable = process.close()
            self._process = None
            self._desk.left(self.import_id)
            self._desk.give_place_back(process if reusable else None)

    @contextmanager
    def _prepares(self, step: str) -> Iterator[None]:
        self._preparing_since = time.monotonic()
        self.preparing = {"step": step, "fraction": None}
        self.problem = None
        try:
            yield
        except RequestError as error:
            self.problem = {"code": getattr(error, "code", "import_failed"), "text": error.message, "context": {}}
            raise
        finally:
            self.preparing = None
            self._desk.prepared(self.import_id)

    def _on_progress(self, progress: Progress) -> None:
        if self.preparing is not None:
            self.preparing = {"step": progress.step, "fraction": progress.fraction}
            self._desk.events.publish(self.import_id, "preparing", **self.preparing)


def _named(error: BaseException) -> Exception | None:
    """What the person is told when the process had to be ended; None when it may go on."""
    if isinstance(error, MemoryLimitError):
        return ReviewConflictError("too_large")
    if isinstance(error, TimeLimitError):
        return ReviewConflictError("too_slow")
    if isinstance(error, JobStoppedError):
        return GoneError()
    return error if isinstance(error, BrokenReviewError | StorageFullError) else None

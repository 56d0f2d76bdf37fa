"""Work in the background: this process takes what is next whenever it has room for it.

What must be done stands in the tables of the domains only. Whoever is killed leaves a claim behind, which another process gives
free when the lease ran out; what is run is idempotent and begins anew.
"""

from __future__ import annotations

import functools
import math
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from headgate.errors import FileMissingError, StorageFullError
from headgate.log_context import SaidOfAll
from headgate.nodes.service import Claim, Node
from headgate.records import dataclass

POLL_SECONDS = 0.5
"""How soon what another process accepted is seen. What this one accepted is taken up at once."""
BUSY_SECONDS = 0.02
TROUBLE_SECONDS = 1.0
RETRY_SECONDS = 15.0
"""After trouble of the service itself (no room on the disk, no database) work is tried again so much later."""

log = structlog.get_logger(__name__)


class StoppingError(Exception):
    """This process stops; the work must be done again, by whichever process."""


class NotNowError(Exception):
    """This process has no worker for it now; whichever process has one first may take it."""


class ClaimsBusyError(Exception):
    """Another process chooses at this moment; look again very soon."""


AHEAD = 3
"""How many times as many tasks as work at once may be there, the others coming to their end."""


class MakeRoom(Protocol):
    """Is called when what is left of a task takes no worker, so that the next may begin. `within`: it still takes one, but most
    probably for fewer seconds than that; when they have passed, it takes its place again."""

    def __call__(self, *, within: float | None = None) -> None: ...


def keep_room(*, within: float | None = None) -> None:
    """For a task that nobody waits behind."""


@dataclass(frozen=True)
class Task:
    """Something that this process has now. Whatever `run` raises, it can be run again; True says that the row bears the claim no
    more, so that nobody has to take it off."""

    claim: Claim
    run: Callable[[MakeRoom], bool]
    about: Mapping[str, str] = field(default_factory=dict)
    """What every line that is logged meanwhile says of it, such as `import_id`."""


@dataclass(eq=False)
class _Place:
    """The place that a task has in its lane; until `free_until`, by the monotonic clock, another may begin beside it."""

    free_until: float = 0.0


@dataclass
class Lane:
    """One kind of work. `take` claims the next of it, None when there is none; `at_once`: how many this process does, beside those
    that only come to their end."""

    name: str
    at_once: int
    take: Callable[[], Task | None]
    places: set[_Place] = field(default_factory=set, init=False)

    @property
    def has_room(self) -> bool:
        """Whether another task may begin."""
        if len(self.places) >= AHEAD * self.at_once:
            return False
        now = time.monotonic()
        return sum(place.free_until <= now for place in self.places) < self.at_once


class Jobs:
    """Does the work of all lanes, each task in a thread."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._lanes: list[Lane] = []
        self._lock = threading.Lock()
        self._postponed: list[tuple[float, Claim]] = []
        self._due: set[str] = set()
        self._woken = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._main, daemon=True, name="headgate-jobs")
        self._threads: ThreadPoolExecutor | None = None

    def add(self, lane: Lane) -> None:
        """Do such work too; before the start."""
        if lane.at_once:
            self._lanes.append(lane)

    def start(self) -> None:
        """Begin to work."""
        if self._lanes:
            self._threads = ThreadPoolExecutor(
                sum(AHEAD * lane.at_once for lane in self._lanes), thread_name_prefix="headgate-job"
            )
            self._thread.start()

    def wake(self, lane: str) -> None:
        """There is something to do, and its transaction is committed: look at once whether there is room for it."""
        with self._lock:
            self._due.add(lane)
        self._woken.set()

    def stop_taking(self) -> None:
        """Take nothing more; what runs goes on."""
        self._closing.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def close(self) -> None:
        """Wait for what runs; whoever calls this has told it to end."""
        self.stop_taking()
        if self._threads is not None:
            self._threads.shutdown()

    def _main(self) -> None:
        next_look = time.monotonic()
        while not self._closing.is_set():
            self._woken.clear()
            due = self._lanes_due(everything=time.monotonic() >= next_look)
            if len(due) == len(self._lanes):
                next_look = time.monotonic() + POLL_SECONDS
            wait = 0.0
            try:
                self._leave_postponed()
                for lane in due:
                    while self._take(lane):
                        pass
            except ClaimsBusyError:
                wait = BUSY_SECONDS
            except SQLAlchemyError as error:
                log.warning("queue_not_reached", cause=type(error).__name__)
                wait = TROUBLE_SECONDS
            except Exception:
                log.exception("queue_failed")
                wait = TROUBLE_SECONDS
            if wait:
                next_look = time.monotonic() + wait
            self._woken.wait(max(0.0, next_look - time.monotonic()))

    def _lanes_due(self, *, everything: bool) -> list[Lane]:
        """Those that somebody said something about; a look at all of them for each import would cost more than the rest of it."""
        with self._lock:
            due, self._due = self._due, set()
        return self._lanes if everything else [lane for lane in self._lanes if lane.name in due]

    def _take(self, lane: Lane) -> bool:
        with self._lock:
            if self._closing.is_set() or not lane.has_room:
                return False
        try:
            task = lane.take()
        except BaseException:
            self._node.forget_unconfirmed()
            raise
        if task is None or self._threads is None:
            return False
        self._node.confirm(task.claim)
        place = _Place()
        with self._lock:
            lane.places.add(place)
        self._threads.submit(self._work_logged, lane, task, place)
        return True

    def _work_logged(self, lane: Lane, task: Task, place: _Place) -> None:
        with SaidOfAll(**task.about):
            self._work(lane, task, place)

    def _work(self, lane: Lane, task: Task, place: _Place) -> None:
        postponed, clean, wanted = False, False, True
        try:
            clean = task.run(functools.partial(self._make_room, lane, place))
        except StoppingError:
            log.info("run_given_back", lane=lane.name, id=str(task.claim.id))
        except NotNowError:
            log.info("run_left_to_others", lane=lane.name, id=str(task.claim.id))
            wanted = False  # here: others look for it before this process does again
        except StorageFullError as error:
            log.warning("run_waits_for_room", lane=lane.name, id=str(task.claim.id), cause=str(error))
            postponed = True
        except FileMissingError as error:
            log.warning("run_waits_for_file", lane=lane.name, id=str(task.claim.id), key=error.key)
            postponed = True
        except Exception:
            log.exception("run_failed", lane=lane.name, id=str(task.claim.id))
            postponed = True
        if not postponed:
            self._node.leave(task.claim, written=not clean)
        with self._lock:
            lane.places.discard(place)
            if postponed:
                self._postponed.append((time.monotonic() + RETRY_SECONDS, task.claim))
        if wanted:
            self.wake(lane.name)  # also where there was room: an organization may have had as many as it is allowed

    def _make_room(self, lane: Lane, place: _Place, *, within: float | None = None) -> None:
        now = time.monotonic()
        with self._lock:
            was_free = place.free_until > now
            place.free_until = math.inf if within is None else now + within
        if not was_free:
            self.wake(lane.name)

    def _leave_postponed(self) -> None:
        now = time.monotonic()
        with self._lock:
            due = [claim for moment, claim in self._postponed if moment <= now]
            self._postponed = [one for one in self._postponed if one[0] > now]
        for claim in due:
            self._node.leave(claim)

"""Workers that have nothing else to do make parts of large imports that run here or in another process.

Nothing is written down about it: an import is one worker's, and ends the same whether anybody helps. A worker makes one part, then it
is looked anew who needs one, so that several large imports take turns; whatever else wants the worker gets it at once.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
import uuid
from dataclasses import field
from functools import partial
from pathlib import Path

import structlog

from headgate.engine.large.offers import Offer
from headgate.errors import StorageFullError
from headgate.imports.pool import (
    JobStoppedError,
    MemoryLimitError,
    PoolBusyError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
    WorkerPool,
)
from headgate.imports.worker import Broken, Helped, HelpJob
from headgate.nodes.polling import Poller
from headgate.records import dataclass

LOOK_SECONDS = 0.5
REST_SECONDS = 5.0
"""So long nobody helps after a worker was wanted for something else, or the disk was full."""

log = structlog.get_logger(__name__)


@dataclass
class _Turn:
    """One import that was helped: how many of our workers are at it, and when one began last."""

    workers: int = 0
    served: float = field(default=0.0)


class Helpers:
    """Up to `workers` of the pool help with the imports whose work stands below `directory`."""

    def __init__(self, pool: WorkerPool, directory: Path, workdir: Path, workers: int) -> None:
        self._pool = pool
        self._directory = directory
        self._workdir = workdir
        self._workers = workers
        self._lock = threading.Lock()
        self._turns: dict[Path, _Turn] = {}
        self._left_alone: set[Path] = set()
        self._poller = Poller("helping", self._look, LOOK_SECONDS, workers)

    def start(self) -> None:
        """Begin to look for imports that can be helped."""
        if self._workers:
            self._poller.start()

    def close(self) -> None:
        """Help no more. What is under way ends with the pool."""
        self._poller.close()

    def _look(self) -> bool:
        """Set one worker to a part; False when there is no worker or no part."""
        if self._pool.idle == 0:
            return False
        offer = self._next()
        if offer is None:
            return False
        with self._lock:
            turn = self._turns.setdefault(offer.directory, _Turn())
            turn.workers += 1
            turn.served = time.monotonic()
        self._poller.submit(partial(self._help, offer.directory))
        return True

    def _next(self) -> Offer | None:
        """The import that is helped next: that with the fewest of our workers, among equals the one that waited longest."""
        places = [Path(entry.path) for entry in os.scandir(self._directory)]
        with self._lock:
            if sum(turn.workers for turn in self._turns.values()) >= self._workers:
                return None
            self._left_alone &= set(places)
            self._turns = {place: turn for place, turn in self._turns.items() if turn.workers or place in places}
            at_work = {place: (turn.workers, turn.served) for place, turn in self._turns.items()}
        for place in sorted(set(places) - self._left_alone, key=lambda one: (*at_work.get(one, (0, 0.0)), one)):
            offer = Offer.of(place)
            # A worker that was just sent there may not have chosen its part yet.
            if (
                offer is not None
                and offer.stands
                and sum(1 for _ in offer.open_parts()) > at_work.get(place, (0, 0.0))[0]
            ):
                return offer
        return None

    def _help(self, place: Path) -> None:
        workdir = self._workdir / f"help-{uuid.uuid4().hex[:12]}"
        job = HelpJob(place.name, place, workdir)
        try:
            workdir.mkdir(parents=True)
            answer = self._pool.run(job, f"{job.import_id}/{workdir.name}", patience=0, spare=True)
            if isinstance(answer, Broken):
                log.error("help_broken", import_id=job.import_id, trace=answer.trace)
            if isinstance(answer, Helped) and answer.made:
                log.info("helped", import_id=job.import_id)
            else:
                self._leave_alone(place, for_good=isinstance(answer, Broken))
        except PoolBusyError:  # somebody else was faster to take the worker
            pass
        except (JobStoppedError, PoolClosedError, StorageFullError) as error:
            log.info("help_ended", import_id=job.import_id, cause=type(error).__name__)
            self._poller.rest(REST_SECONDS)
        except (WorkerCrashedError, MemoryLimitError, TimeLimitError) as error:
            log.warning("help_crashed", import_id=job.import_id, cause=type(error).__name__)
            self._leave_alone(place, for_good=True)
        except (
            Exception
        ):  # in a thread that nobody asks for its end: told here, and the import's own worker makes the part
            log.exception("help_failed", import_id=job.import_id)
            self._leave_alone(place, for_good=True)
        finally:
            shutil.rmtree(workdir, ignore_errors=True)
            with self._lock:
                self._turns[place].workers -= 1

    def _leave_alone(self, place: Path, *, for_good: bool) -> None:
        """What breaks a helper breaks the import's own worker, too, where that is counted; else somebody was faster."""
        if for_good:
            with self._lock:
                self._left_alone.add(place)
        else:
            self._poller.rest(REST_SECONDS)

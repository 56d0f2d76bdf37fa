"""Workers with nothing else to do help with large imports: by turns, a part at a time, and never at the cost of others."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.held_directory import hold
from headgate.engine.large.offers import Offer, part_name
from headgate.imports import helping
from headgate.imports.helping import Helpers
from headgate.imports.pool import JobStoppedError, PoolBusyError, WorkerCrashedError
from headgate.imports.worker import Broken, Helped, HelpJob

SECONDS = 30.0
"""Until something happens that must; nothing waits for as long as that when all is well."""


class Pool:
    """Makes each part that it is asked for, or does what it is told."""

    def __init__(self, idle: int) -> None:
        self.idle = idle
        self.jobs: list[HelpJob] = []
        self.told: Callable[[HelpJob], Any] = make
        self.changed = threading.Condition()

    def run(self, job: HelpJob, name: str, *, patience: float, spare: bool) -> Any:
        assert (patience, spare) == (0, True)
        try:
            return self.told(job)
        finally:
            with self.changed:
                self.jobs.append(job)
                self.changed.notify_all()

    def places(self, count: int) -> list[str]:
        """Where the first jobs were, once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.jobs) >= count, timeout=SECONDS)
            return [job.directory.name for job in self.jobs[:count]]


def make(job: HelpJob) -> Helped:
    offer = Offer.of(job.directory)
    assert offer is not None
    for number in offer.open_parts():
        (offer.results / part_name(number)).mkdir(parents=True)
        return Helped(made=True)
    return Helped(made=False)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helping, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(helping, "REST_SECONDS", 0.02)


@pytest.fixture
def offered(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Has an import that somebody works on offer its parts."""
    locks: list[int] = []

    def offer(name: str, parts: int, *, owned: bool = True) -> Path:
        directory = tmp_path / "unfinished" / name
        directory.mkdir(parents=True)
        if owned:
            locks.append(hold(directory))
        Offer(directory, "key", directory / "parts", range(parts), {}).make()
        return directory

    yield offer
    for lock in locks:
        os.close(lock)


@pytest.fixture
def helped(tmp_path: Path) -> Iterator[Callable[..., Pool]]:
    """Starts helpers with a pool of so many workers."""
    started: list[Helpers] = []

    def start(workers: int = 1, idle: int = 1, told: Callable[[HelpJob], Any] = make) -> Pool:
        pool = Pool(idle)
        pool.told = told
        (tmp_path / "unfinished").mkdir(exist_ok=True)
        helpers = Helpers(pool, tmp_path / "unfinished", tmp_path / "work", workers)  # type: ignore[arg-type]  # by behaviour
        started.append(helpers)
        helpers.start()
        return pool

    yield start
    for helpers in started:
        helpers.close()


def test_every_part_that_is_offered_is_made_and_no_other(
    offered: Callable[..., Path], helped: Callable[..., Pool]
) -> None:
    place = offered("a", 3)
    pool = helped()
    assert pool.places(3) == ["a"] * 3
    assert sorted(path.name for path in (place / "parts").iterdir()) == ["000000", "000001", "000002"]


def test_two_large_imports_take_turns(offered: Callable[..., Path], helped: Callable[..., Pool]) -> None:
    offered("a", 3)
    offered("b", 3)
    assert helped().places(6) == ["a", "b", "a", "b", "a", "b"]


def test_nobody_helps_without_a_worker_that_waits(offered: Callable[..., Path], helped: Callable[..., Pool]) -> None:
    place = offered("a", 1)
    busy, none = helped(idle=0), helped(workers=0)
    free = helped()
    assert free.places(1) == ["a"]
    assert (busy.jobs, none.jobs) == ([], [])
    assert (place / "parts" / "000000").exists()


def test_an_import_that_nobody_works_on_is_not_helped(
    offered: Callable[..., Path], helped: Callable[..., Pool]
) -> None:
    offered("a", 1, owned=False)
    offered("b", 1)
    pool = helped()
    assert pool.places(1) == ["b"]


def test_a_worker_that_somebody_else_took_first_keeps_nobody_from_helping(
    offered: Callable[..., Path], helped: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helping, "REST_SECONDS", 10 * SECONDS)
    offered("a", 1)
    left = [PoolBusyError()]

    def too_late(job: HelpJob) -> Helped:
        if left:
            raise left.pop()
        return make(job)

    assert helped(told=too_late).places(2) == ["a", "a"]


def test_a_helper_that_was_wanted_elsewhere_comes_back(
    offered: Callable[..., Path], helped: Callable[..., Pool]
) -> None:
    offered("a", 1)
    left = [JobStoppedError()]

    def pushed_aside(job: HelpJob) -> Helped:
        if left:
            raise left.pop()
        return make(job)

    assert helped(told=pushed_aside).places(2) == ["a", "a"]


@pytest.mark.parametrize("trouble", [WorkerCrashedError("gone"), Broken("somewhere")])
def test_an_import_that_breaks_a_helper_is_left_to_its_own_worker(
    offered: Callable[..., Path], helped: Callable[..., Pool], trouble: Any
) -> None:
    offered("a", 5)
    offered("b", 2)

    def breaking(job: HelpJob) -> Any:
        if job.directory.name == "b":
            return make(job)
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    assert helped(told=breaking).places(3) == ["a", "b", "b"]

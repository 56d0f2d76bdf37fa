"""Worker processes: reused, watched, replaced."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from headgate.errors import StorageFullError
from headgate.imports.pool import (
    JobStoppedError,
    Limits,
    MemoryLimitError,
    PoolBusyError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
    WorkerPool,
)
from headgate.imports.worker import Broken, Progress, RunJob, RunResult

DOCUMENT = {"fields": [{"key": "name", "label": "Name"}], "settings": {}, "hooks": {}}


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    found = WorkerPool(1, Limits(memory=250 * 1024 * 1024, time=5), "tests.contract.engine_double")
    found.start()
    yield found
    found.close(0)


def job(tmp_path: Path, text: str) -> RunJob:
    source = tmp_path / "source"
    source.write_text(text)
    return RunJob("id", source, "file", DOCUMENT, "a.csv", None, None, tmp_path / "work")


def test_a_worker_is_used_again(pool: WorkerPool, tmp_path: Path) -> None:
    assert isinstance(pool.run(job(tmp_path, "name\nAda\n"), "x"), RunResult)
    first = pool.processes()
    work = tmp_path / "second"
    work.mkdir()
    assert isinstance(pool.run(job(work, "name\nAda\n"), "x"), RunResult)
    assert pool.processes() == first


def test_a_job_that_came_before_the_workers_is_done_once_they_are_there(tmp_path: Path) -> None:
    pool = WorkerPool(1, Limits(memory=250 * 1024 * 1024, time=60), "tests.contract.engine_double")
    with ThreadPoolExecutor(1) as early:
        answer = early.submit(pool.run, job(tmp_path, "name\nAda\n"), "early")
        try:
            pool.start()
            assert isinstance(answer.result(), RunResult)
        finally:
            pool.close(0)


def test_a_full_disk_is_told_apart_from_what_is_wrong_with_a_job(pool: WorkerPool, tmp_path: Path) -> None:
    before = pool.processes()
    with pytest.raises(StorageFullError):
        pool.run(job(tmp_path, "#do full-disk\n"), "x")
    assert pool.processes() == before, "the worker is as good as before"


def test_a_killed_process_of_hooks_counts_as_a_crash(pool: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(WorkerCrashedError):
        pool.run(job(tmp_path, "#do killed-helper\n"), "x")


@pytest.mark.parametrize("text", ["No space left on device (os error 28)", "ComputeError: No space left on device"])
def test_a_full_disk_is_known_by_its_words_where_a_library_gives_no_number(text: str) -> None:
    assert Broken.by(RuntimeError(text)).no_room
    assert not Broken.by(RuntimeError("a bug")).no_room


@pytest.mark.parametrize(
    ("text", "error"),
    [("#do crash\n", WorkerCrashedError), ("#do memory\n", MemoryLimitError), ("#do forever\n", TimeLimitError)],
)
def test_a_worker_that_misbehaves_is_replaced(
    pool: WorkerPool, tmp_path: Path, text: str, error: type[Exception]
) -> None:
    before = pool.processes()
    with pytest.raises(error):
        pool.run(job(tmp_path, text), "x")
    assert pool.processes() != before
    work = tmp_path / "after"
    work.mkdir()
    assert isinstance(pool.run(job(work, "name\nAda\n"), "x"), RunResult)


def test_an_exception_of_the_engine_is_an_answer(pool: WorkerPool, tmp_path: Path) -> None:
    answer = pool.run(job(tmp_path, "#do raise\n"), "x")
    assert isinstance(answer, Broken)
    assert "RuntimeError" in answer.trace
    assert "engine_double.py" in answer.trace, "where it was"
    assert "a bug" not in answer.trace.replace('RuntimeError("a bug")', ""), "what it says may quote cells"


def test_progress_is_reported(pool: WorkerPool, tmp_path: Path) -> None:
    seen: list[Progress] = []
    pool.run(job(tmp_path, "#do sleep 0.5\nname\nAda\n"), "x", seen.append)
    assert Progress("types", 0.5) in seen


def test_a_running_and_a_waiting_job_can_be_stopped(pool: WorkerPool, tmp_path: Path) -> None:
    ended: dict[str, BaseException] = {}

    def run(name: str) -> None:
        work = tmp_path / name.replace("/", "-")
        work.mkdir()
        try:
            pool.run(job(work, "#do forever\n"), name)
        except JobStoppedError as error:
            ended[name] = error

    threads = [threading.Thread(target=run, args=(name,)) for name in ("a", "b/helped")]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    pool.stop("nobody")
    pool.stop("b")
    pool.stop("a")
    for thread in threads:
        thread.join(timeout=10)
    assert set(ended) == {"a", "b/helped"}, "what helps a job ends with it"


def test_spare_work_leaves_at_once_for_whatever_else_wants_the_worker(pool: WorkerPool, tmp_path: Path) -> None:
    ended: list[BaseException] = []
    working = threading.Event()

    def spare() -> None:
        (tmp_path / "spare").mkdir()
        try:
            pool.run(
                job(tmp_path / "spare", "#do sleep 60\n"), "spare", lambda _: working.set(), patience=0, spare=True
            )
        except JobStoppedError as error:
            ended.append(error)

    thread = threading.Thread(target=spare)
    thread.start()
    assert working.wait(30)
    assert pool.idle == 0
    assert isinstance(pool.run(job(tmp_path, "name\nAda\n"), "x"), RunResult)
    thread.join(timeout=30)
    assert len(ended) == 1
    assert pool.idle == 1


def test_spare_work_stops_nothing(pool: WorkerPool, tmp_path: Path) -> None:
    working = threading.Event()
    answers: list[object] = []
    (tmp_path / "usual").mkdir()
    usual = job(tmp_path / "usual", "#do sleep 1\nname\nAda\n")
    thread = threading.Thread(target=lambda: answers.append(pool.run(usual, "usual", lambda _: working.set())))
    thread.start()
    assert working.wait(30)
    with pytest.raises(PoolBusyError):
        pool.run(job(tmp_path, "name\n"), "spare", patience=0, spare=True)
    thread.join(timeout=30)
    assert [type(answer) for answer in answers] == [RunResult]


def test_a_closed_pool_ends_its_jobs_and_takes_no_more(tmp_path: Path) -> None:
    closing = WorkerPool(1, Limits(memory=2**30, time=60), "tests.contract.engine_double")
    closing.start()
    threading.Timer(0.3, closing.close, args=(0.2,)).start()
    with pytest.raises(PoolClosedError):
        closing.run(job(tmp_path, "#do forever\n"), "x")
    with pytest.raises(PoolClosedError):
        closing.run(job(tmp_path, "name\n"), "y")


def test_a_worker_that_was_reserved_is_kept_for_its_job_and_given_back_when_none_comes(
    pool: WorkerPool, tmp_path: Path
) -> None:
    with pool.reserved("x", 60), pytest.raises(PoolBusyError):
        pool.run(job(tmp_path, "name\nAda\n"), "y", patience=0)
    assert (pool.busy, pool.idle) == (0, 1)
    with pool.reserved("x", 60):
        assert isinstance(pool.run(job(tmp_path, "name\nAda\n"), "x"), RunResult)
        assert (pool.busy, pool.idle) == (0, 1), "what comes behind the job needs no worker"
    assert (pool.busy, pool.idle) == (0, 1)


def test_who_waits_for_a_worker_can_be_stopped(pool: WorkerPool) -> None:
    with pool.reserved("x", 60), ThreadPoolExecutor(1) as threads:

        def wait() -> None:
            with pool.reserved("y", 60):
                pass

        waiting = threads.submit(wait)
        while "y" not in pool._running:
            assert not waiting.done()
        pool.stop("y")
        with pytest.raises(JobStoppedError):
            waiting.result(60)

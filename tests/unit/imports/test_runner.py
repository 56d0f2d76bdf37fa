"""One run of an import, with a pool that behaves as told."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.errors import FileMissingError, StorageFullError, StorageUnavailableError
from headgate.imports.missing import MissingFiles
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.pool import (
    JobStoppedError,
    MemoryLimitError,
    PoolBusyError,
    PoolClosedError,
    TimeLimitError,
    WorkerCrashedError,
)
from headgate.imports.runner import MAX_STARTS, ImportRunner
from headgate.imports.states import Status
from headgate.imports.unfinished import LARGE_ROOM_FACTOR, UnfinishedWork
from headgate.imports.worker import RESULT, Broken, HookSettings, Refused, RunJob, RunResult
from headgate.memory import MemoryService
from headgate.nodes import Claim, Node
from headgate.nodes.jobs import NotNowError
from headgate.recipes import RecipeService
from headgate.storage import LocalBlobStore
from headgate.storage.base import import_prefix

LEARNED = {"headers": [{"header": "mail", "field": "email", "count": 1}], "values": []}


class Pool:
    """Answers with what it is given, one after another; an exception is raised, a function is called."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.jobs: list[RunJob] = []
        self.busy = False

    @contextmanager
    def reserved(self, name: str, patience: float) -> Iterator[None]:
        if self.busy:
            raise PoolBusyError
        yield

    def run(self, job: RunJob, name: str, on_progress: Any = None) -> Any:
        self.jobs.append(job)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(job) if callable(answer) else answer


def success(job: RunJob) -> RunResult:
    job.outcome.mkdir()
    (job.outcome / RESULT).write_text("[]")
    return RunResult("SUCCESSFUL", None, {"totalRows": 0}, {"rows": {}}, {}, LEARNED, has_result=True)


class Bench:
    """A database and a store with one import, and runners for it."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.root = root
        self.store = LocalBlobStore(root)
        self.recipes = RecipeService(database)
        self.unfinished = UnfinishedWork(root / "unfinished", 1 << 20, 0)
        self.missing = MissingFiles(database, self.store, 0)
        self.memory = MemoryService(database)
        self.organization = AccountService(database).default_organization()
        self.id = uuid.uuid4()

    def add(self, status: Status = Status.PENDING, **values: Any) -> None:
        key = f"{import_prefix(self.id)}/source-1"
        self.store.put(key, b"name\n")
        now = utc_now()
        document = {"fields": [], "settings": {"importIdentifier": "I", "autoMapHeaders": True}, "hooks": {}}
        frozen = FrozenSchema(id=uuid.uuid4(), organization_id=self.organization, digest="d", document=document)
        row = Import(
            id=self.id, organization_id=self.organization, schema_id=None, frozen_schema_id=frozen.id, status=status,
            kind="file", max_upload_size=1, created_at=now, modified_at=now, source_key=key, import_identifier="I",
            **values,
        )  # fmt: skip
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)

    def run(self, *answers: Any) -> Pool:
        pool = Pool(*answers)
        self.runner(pool).run(self.claim())
        return pool

    def runner(self, pool: Pool) -> ImportRunner:
        work, reviews = self.root / "tmp" / "work", self.root / "reviews"
        return ImportRunner(
            self.database, self.store, pool, self.memory, work, HookSettings(), reviews, self.recipes, self.unfinished,
            self.missing,
        )  # type: ignore[arg-type]  # a pool by behaviour  # fmt: skip

    def claim(self) -> Claim:
        """As the queue gives it to a run."""
        node = Node(self.database, [Import])
        with self.database.write() as session:
            row = session.get(Import, self.id)
            return node.take(row) if row is not None else Claim(Import, self.id, uuid.uuid4(), lambda: None)

    def row(self) -> Import | None:
        with self.database.read() as session:
            return session.get(Import, self.id)

    def status(self) -> tuple[str, str | None]:
        row = self.row()
        assert row is not None
        return row.status, row.import_errors[0]["code"] if row.import_errors else None

    def delete(self, _: Any = None) -> RunResult:
        with self.database.write() as session:
            session.delete(session.get(Import, self.id))
        self.store.delete_tree(import_prefix(self.id))
        return RunResult("SUCCESSFUL", None)

    def files(self) -> list[str]:
        return [path.name for path in self.root.rglob("*") if path.is_file()]


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path / "data")


def test_a_success_publishes_the_result_and_teaches_the_memory(bench: Bench) -> None:
    bench.add()
    bench.run(success)
    assert bench.status() == ("SUCCESSFUL", None)
    assert sorted(bench.files()) == [RESULT, "source-1"]
    assert bench.memory.export(bench.organization, "I")["headers"][0]["field"] == "email"


def test_the_next_run_is_given_what_was_learned(bench: Bench) -> None:
    bench.add()
    with bench.database.write() as session:
        bench.memory.learn(session.connection(), bench.organization, "I", LEARNED)
    (job,) = bench.run(success).jobs
    assert job.memory is not None
    assert [(one["header"], one["field"]) for one in job.memory["headers"]] == [("mail", "email")]


def test_a_run_of_an_ended_import_does_nothing(bench: Bench) -> None:
    bench.add()
    bench.run(success)
    assert bench.run().jobs == []


def test_a_run_that_begins_again_writes_its_result_once(bench: Bench) -> None:
    bench.add(Status.RUNNING)
    bench.store.put(f"{import_prefix(bench.id)}/outcome/left-over", b"of the run before")
    bench.run(success)
    assert sorted(bench.files()) == [RESULT, "source-1"]


def test_a_crash_is_tried_again(bench: Bench) -> None:
    bench.add()
    bench.run(WorkerCrashedError(), WorkerCrashedError(), success)
    assert bench.status() == ("SUCCESSFUL", None)


def test_three_crashes_fail_the_import(bench: Bench) -> None:
    bench.add()
    assert len(bench.run(*[WorkerCrashedError()] * 3).jobs) == 3
    assert bench.status() == ("FAILED", "worker_crashed")


def test_crashes_count_over_restarts(bench: Bench) -> None:
    bench.add(Status.RUNNING, crashes=2)
    assert len(bench.run(WorkerCrashedError()).jobs) == 1
    assert bench.status() == ("FAILED", "worker_crashed")


def test_an_import_that_brings_the_service_down_again_and_again_fails(bench: Bench) -> None:
    bench.add(Status.RUNNING, starts=MAX_STARTS)
    assert bench.run().jobs == []
    assert bench.status() == ("FAILED", "worker_crashed")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (MemoryLimitError(), "memory_limit_exceeded"),
        (TimeLimitError(), "time_limit_exceeded"),
        (Broken("Traceback ..."), "internal_error"),
        (Refused("?"), "internal_error"),
        (RunResult("FAILED", [{"code": "file_empty", "message": "m"}]), "file_empty"),
    ],
)
def test_what_went_wrong_has_its_code(bench: Bench, answer: Any, code: str) -> None:
    bench.add()
    bench.run(answer)
    assert bench.status() == ("FAILED", code)
    row = bench.row()
    assert row is not None
    assert "Traceback" not in str(row.import_errors)
    assert row.finished_at is not None


@pytest.mark.parametrize("error", [PoolClosedError(), OSError("no such luck"), StorageFullError()])
def test_a_run_that_could_not_end_can_be_run_again(bench: Bench, error: Exception) -> None:
    bench.add()
    with pytest.raises(type(error)):
        bench.run(error)
    assert bench.status() == ("RUNNING", None)
    row = bench.row()
    assert row is not None
    assert row.starts == 0
    bench.run(success)
    assert bench.status() == ("SUCCESSFUL", None)


def test_a_full_disk_postpones_the_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise StorageFullError("full")

    bench.add()
    with monkeypatch.context() as patched:
        patched.setattr(bench.store, "put_tree", full)
        with pytest.raises(StorageFullError):
            bench.run(success)
    assert bench.status() == ("RUNNING", None)
    bench.run(success)
    assert bench.status() == ("SUCCESSFUL", None)


def test_a_disk_that_fills_up_during_a_run_postpones_it(bench: Bench) -> None:
    bench.add()
    with pytest.raises(StorageFullError):
        bench.run(StorageFullError())
    assert bench.status() == ("RUNNING", None)
    bench.run(success)
    assert bench.status() == ("SUCCESSFUL", None)


def test_a_run_that_the_disk_has_no_room_for_does_not_begin(bench: Bench) -> None:
    bench.add()
    waits(bench, nearly_all(bench), 3600)
    with pytest.raises(StorageFullError, match="have to stay free"):
        bench.run()
    assert bench.status() == ("RUNNING", None)


def waits(bench: Bench, reserve: int, patience: float) -> None:
    """Have the next runs find no room."""
    bench.unfinished = UnfinishedWork(bench.root / "unfinished", 1 << 20, reserve, patience)


def nearly_all(bench: Bench) -> int:
    """So many bytes are not free, but would be if much was removed."""
    return shutil.disk_usage(bench.root).total - (1 << 20)


def test_an_import_that_waits_for_room_says_so(bench: Bench) -> None:
    bench.add()
    waits(bench, nearly_all(bench), 3600)
    with pytest.raises(StorageFullError):
        bench.run()
    row = bench.row()
    assert row is not None
    assert row.progress == {"step": "wait_for_room", "fraction": None}
    assert (row.status, row.starts) == ("RUNNING", 0)


def test_an_import_that_waited_for_room_too_long_fails(bench: Bench) -> None:
    bench.add()
    waits(bench, nearly_all(bench), 3600)
    with pytest.raises(StorageFullError):
        bench.run()
    with bench.database.write() as session:
        row = session.get(Import, bench.id)
        assert row is not None
        row.no_room_since = utc_now() - timedelta(seconds=3601)
    bench.run()
    assert bench.status() == ("FAILED", "disk_full")


def test_a_disk_that_is_full_in_the_middle_of_a_run_is_waited_for_no_longer(bench: Bench) -> None:
    bench.add()
    waits(bench, 0, 0)
    bench.run(StorageFullError())
    assert bench.status() == ("FAILED", "disk_full")


def test_an_import_that_the_whole_disk_is_too_small_for_fails_at_once(bench: Bench) -> None:
    bench.add()
    waits(bench, 2 * shutil.disk_usage(bench.root).total, 3600)
    bench.run()
    assert bench.status() == ("FAILED", "disk_full")


def lose_file(bench: Bench) -> str:
    key = f"{import_prefix(bench.id)}/source-1"
    bench.store.delete(key)
    return key


def test_an_import_whose_file_vanished_fails_and_says_so(bench: Bench) -> None:
    bench.add()
    lose_file(bench)
    told: list[str] = []
    bench.missing.on_missing = told.append
    bench.run()
    assert (bench.status(), told) == (("FAILED", "file_missing"), ["source"])
    row = bench.row()
    assert row is not None
    assert "Upload it again" in row.import_errors[0]["message"]


def test_an_import_whose_file_may_come_back_is_run_again_as_often_as_it_takes(bench: Bench) -> None:
    bench.add()
    key = lose_file(bench)
    bench.missing = MissingFiles(bench.database, bench.store, 600)
    for _ in range(3):
        with pytest.raises(FileMissingError):
            bench.run()
    row = bench.row()
    assert row is not None
    assert (row.status, row.starts, row.import_errors) == ("RUNNING", 0, None)
    bench.store.put(key, b"name\n")
    bench.run(success)
    assert bench.status() == ("SUCCESSFUL", None)


def test_a_store_that_cannot_be_reached_fails_no_import(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.add()

    def away(*_: Any) -> Path:
        raise StorageUnavailableError

    monkeypatch.setattr(bench.store, "local_path", away)
    with pytest.raises(StorageUnavailableError):
        bench.run()
    assert bench.status() == ("RUNNING", None)


def test_a_deleted_import_is_not_taken_for_one_whose_file_vanished(bench: Bench) -> None:
    bench.add()
    claim = bench.claim()
    bench.delete()
    told: list[str] = []
    bench.missing.on_missing = told.append
    bench.runner(Pool()).run(claim)
    assert (bench.row(), told) == (None, [])


def test_what_is_kept_of_a_run_counts_as_room_that_it_has(bench: Bench) -> None:
    free = shutil.disk_usage(bench.root).free
    size = int(free / LARGE_ROOM_FACTOR) + (1 << 30)
    with pytest.raises(StorageFullError):
        bench.unfinished.need_room(bench.id, size)
    bench.unfinished.place(bench.id).mkdir()
    with (bench.unfinished.place(bench.id) / "rows.json").open("wb") as sparse:
        sparse.truncate(int(LARGE_ROOM_FACTOR * size))
    bench.unfinished.need_room(bench.id, size)


def test_what_a_run_kept_stays_while_it_may_go_on_and_goes_with_its_end(bench: Bench) -> None:
    def is_cut_off(job: RunJob) -> RunResult:
        assert job.kept is not None
        job.kept.mkdir(parents=True)
        (job.kept / "part").write_bytes(b"x")
        raise PoolClosedError

    def ends(job: RunJob) -> RunResult:
        assert job.kept is not None
        assert (job.kept / "part").exists()
        return success(job)

    bench.add()
    with pytest.raises(PoolClosedError):
        bench.run(is_cut_off)
    bench.run(ends)
    assert list((bench.root / "unfinished").iterdir()) == []


def test_work_of_imports_that_ended_elsewhere_or_are_gone_is_swept_away(bench: Bench) -> None:
    bench.add(Status.RUNNING)
    for name in (str(bench.id), str(uuid.uuid4()), "no-import"):
        (bench.root / "unfinished" / name).mkdir()
    bench.unfinished.sweep(bench.database)
    assert [path.name for path in (bench.root / "unfinished").iterdir()] == [str(bench.id)]


def deleted_then(bench: Bench, then: Any) -> Callable[[RunJob], Any]:
    def answer(job: RunJob) -> Any:
        bench.delete()
        if isinstance(then, Exception):
            raise then
        return then(job)

    return answer


@pytest.mark.parametrize("then", [success, JobStoppedError(), FileNotFoundError("source")])
def test_an_import_deleted_during_its_run_leaves_nothing(bench: Bench, then: Any) -> None:
    bench.add()
    bench.run(deleted_then(bench, then))
    assert bench.row() is None
    assert bench.files() == []


def test_files_of_an_import_that_is_gone_are_removed(bench: Bench) -> None:
    bench.store.put(f"{import_prefix(bench.id)}/source-1", b"x")
    bench.run()
    assert bench.files() == []


def test_an_import_that_finds_no_worker_is_not_running_and_can_be_taken_by_another(bench: Bench) -> None:
    bench.add()
    pool = Pool(success)
    pool.busy = True
    with pytest.raises(NotNowError):
        bench.runner(pool).run(bench.claim())
    row = bench.row()
    assert row is not None
    assert (row.status, row.starts) == ("PENDING", 0)

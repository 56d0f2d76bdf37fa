"""The log of changes: one writer a number, one entry an id, large deltas beside the table."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.engine.review.log import Prepared
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status, reopen
from headgate.reviews.errors import GoneError, ReviewConflictError
from headgate.reviews.log import SMALL_DELTA, AlreadyDoneError, ChangeLog, VersionTakenError
from headgate.reviews.recipes import LAST
from headgate.storage import LocalBlobStore


class Bench:
    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.store = LocalBlobStore(root)
        self.log = ChangeLog(database, self.store)
        self.root = root
        self.id = uuid.uuid4()
        organization = AccountService(database).default_organization()
        now = utc_now()
        frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest="d", document={})
        row = Import(
            id=self.id, organization_id=organization, schema_id=None, frozen_schema_id=frozen.id,
            status=Status.NEEDS_REVIEW, kind="file", max_upload_size=1, created_at=now, modified_at=now,
        )  # fmt: skip
        with database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)

    def append(self, seq: int, change_id: str | None = None, **values: Any) -> Any:
        prepared = Prepared("set_cells", values.pop("parameters", {}), 1, 1, **values)
        return self.log.append(self.id, seq, prepared, "browser-one", change_id or uuid.uuid4().hex)

    def blobs(self) -> list[Path]:
        return [path for path in (self.root / "files").rglob("*") if path.is_file()]


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path / "data")


@pytest.mark.parametrize("size", [0, SMALL_DELTA, SMALL_DELTA + 1, 5 * SMALL_DELTA])
def test_a_delta_of_any_size_comes_back(bench: Bench, size: int) -> None:
    delta = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    written = bench.append(1, delta=delta, parameters={"text": "\0 é"})
    assert bench.log.entries(bench.id) == [written]
    assert bench.log.entry(bench.id, 1).delta == delta
    assert len(bench.blobs()) == (size > SMALL_DELTA)
    assert bench.log.headers(bench.id)[0].delta is None


def test_a_number_has_one_writer_and_the_loser_leaves_no_blob(bench: Bench) -> None:
    bench.append(1)
    with pytest.raises(VersionTakenError):
        bench.append(1, delta=b"x" * (SMALL_DELTA + 1))
    assert bench.blobs() == []


def test_of_many_at_once_one_wins_each_number(bench: Bench) -> None:
    won: list[int] = []
    barrier = threading.Barrier(6)

    def write(number: int) -> None:
        barrier.wait()
        try:
            bench.append(1)
        except VersionTakenError:
            return
        won.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert bench.log.version(bench.id) == 1


def test_numbers_have_no_gap(bench: Bench) -> None:
    with pytest.raises(VersionTakenError):
        bench.append(2)


def test_an_id_is_written_once_and_gives_what_was_told(bench: Bench) -> None:
    bench.append(1, "the-same-id", answer={"skipped": 3})
    with pytest.raises(AlreadyDoneError) as caught:
        bench.append(2, "the-same-id")
    assert (caught.value.done.entry.seq, caught.value.done.answer) == (1, {"skipped": 3})
    assert bench.log.find(bench.id, "another-id") is None


def test_a_deleted_import_takes_its_log_with_it(bench: Bench) -> None:
    bench.append(1)
    with bench.database.write() as session:
        session.delete(session.get(Import, bench.id))
    assert bench.log.version(bench.id) == 0
    with pytest.raises(GoneError):
        bench.append(1)


def test_after_a_submission_nothing_is_written_until_it_comes_back(bench: Bench) -> None:
    bench.append(1)
    bench.log.submit(bench.id, 2, "browser-one", {"summary": {}}, {"step": "review"})
    with pytest.raises(ReviewConflictError) as caught:
        bench.append(3)
    assert caught.value.code == "submitting"
    submission = bench.log.submission(bench.id)
    assert submission is not None
    assert (submission.entry.seq, submission.answer) == (2, {"step": "review"})
    with bench.database.write() as session:
        assert not reopen(session, bench.id, 1)
        assert reopen(session, bench.id, 2, import_errors=[{"code": "finish_cancelled"}])
    bench.append(3)
    assert [entry.seq for entry in bench.log.newest(bench.id, None, 10)] == [3, 1]


def test_an_import_that_ended_takes_no_change(bench: Bench) -> None:
    with bench.database.write() as session:
        row = session.get(Import, bench.id)
        assert row is not None
        row.status = Status.SUCCESSFUL
    with pytest.raises(ReviewConflictError) as caught:
        bench.append(1)
    assert caught.value.code == "finished"


def test_the_decisions_before_an_entry_are_those_of_the_last_that_has_any(bench: Bench) -> None:
    def decide(seq: int, kind: str, decisions: Any) -> None:
        prepared = Prepared(kind, {} if decisions is None else {"decisions": decisions})
        bench.log.append(bench.id, seq, prepared, "browser-one", uuid.uuid4().hex)

    decide(1, "header", {"header": [0]})
    decide(2, "set_cells", None)
    decide(3, "undo", {"header": None})
    decide(4, "undo", None)
    found = [bench.log.decisions_before(bench.id, seq) for seq in range(1, 6)]
    assert found == [None, {"header": [0]}, {"header": [0]}, {"header": None}, {"header": None}]
    assert bench.log.decisions_before(bench.id, LAST) == {"header": None}, "no number is too large for the database"

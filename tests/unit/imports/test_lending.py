"""Parts that processes without a common disk make for each other: the very same bytes, and nobody waits for who is gone."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.engine.held_directory import hold
from headgate.engine.large import offers, part_writing
from headgate.engine.large.helping import help_along
from headgate.engine.large.offers import Offer, part_name
from headgate.imports import borrowing
from headgate.imports.borrowing import Borrower
from headgate.imports.lending import AHEAD, Lender, Loans
from headgate.imports.lent_files import LentFiles, made_place
from headgate.imports.models import FrozenSchema, Import, LentPart
from headgate.imports.pool import PoolBusyError
from headgate.imports.states import Status
from headgate.imports.worker import Helped, HelpJob
from headgate.nodes import Node
from headgate.storage import LocalBlobStore
from headgate.storage.base import import_prefix
from tests.unit.engine.large.imports import PART, KilledError, hostile_csv, killed_after, make_blocks_tiny, request, run

ABOUT = {"anything": "that is told"}
SECONDS = 60.0
"""Until something happens that must; nothing waits for as long as that when all is well."""


class SharedStore(LocalBlobStore):
    """As a bucket: processes reach it without a common disk."""

    shared = True


class Pool:
    """Makes the parts here, as a worker does."""

    idle = 1

    def __init__(self, source: Path) -> None:
        self.source = source
        self.told: Callable[[HelpJob], Any] = self.make

    def run(self, job: HelpJob, name: str, *, patience: float, spare: bool) -> Any:
        assert (patience, spare) == (0, True)
        return self.told(job)

    def make(self, job: HelpJob) -> Helped:
        offer = Offer.of(job.directory)
        assert offer is not None
        assert job.number is not None
        # A helper never looks at the source.
        return Helped(help_along(offer, request(self.source.parent / "not there", PART), job.workdir, [job.number]))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "file.csv"
    path.write_text(hostile_csv(140), encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def offered(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an import leaves that was killed when it had just offered its parts."""
    kept = tmp_path_factory.mktemp("offered") / "kept"
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        patched.setattr(offers.Offer, "make", killed_after(1, offers.Offer.make))
        with pytest.raises(KilledError):
            run(source, PART, kept, about=ABOUT)
    return kept


class Bench:
    """An import that one process runs, and another process without its disk."""

    def __init__(self, database: Database, source: Path, offered: Path, root: Path) -> None:
        self.database = database
        self.id = self._import(database)
        self.kept = root / "unfinished" / str(self.id)
        shutil.copytree(offered, self.kept)
        self.store = SharedStore(root / "store")
        self.work = root / "work"
        self.work.mkdir()
        self.owner, self.other = (Node(database, [Import], version="1", workers=1, alone=False) for _ in range(2))
        self.owner.renew()
        self.other.renew()
        self.files = LentFiles(self.store, self.id, "lent-1", self.work)
        self.loans = Loans(database, self.owner, "1", self.offer, self.files, "lent-1", 1)
        self.pool = Pool(source)
        pool: Any = self.pool
        self.borrower = Borrower(database, self.store, self.other, "1", pool, self.work, 1)

    @property
    def offer(self) -> Offer:
        offer = Offer.of(self.kept)
        assert offer is not None
        return offer

    @property
    def stored(self) -> list[str]:
        """The files of the import in the store."""
        return [path.name for path in (self.store.path(import_prefix(self.id))).rglob("*") if path.is_file()]

    def rows(self) -> dict[int, LentPart]:
        with self.database.read() as session:
            return {row.number: row for row in session.scalars(select(LentPart))}

    def set(self, number: int, **values: Any) -> None:
        with self.database.write() as session:
            session.execute(update(LentPart).where(LentPart.number == number).values(**values))

    def until(self, condition: Callable[[], bool]) -> None:
        """Look after what is lent until it is so."""
        end = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < end
            self.loans.step()

    @staticmethod
    def _import(database: Database) -> uuid.UUID:
        organization = AccountService(database).default_organization()
        frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest="d", document={})
        row = Import(
            id=uuid.uuid4(), organization_id=organization, schema_id=None, frozen_schema_id=frozen.id, status=Status.RUNNING,
            kind="file", max_upload_size=1, created_at=utc_now(), modified_at=utc_now(),
        )  # fmt: skip
        with database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)
            return row.id


@pytest.fixture
def bench(
    database: Database, source: Path, offered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    make_blocks_tiny(monkeypatch)
    monkeypatch.setattr(borrowing, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(borrowing, "REST_SECONDS", 0)
    made = Bench(database, source, offered, tmp_path)
    with owned(made.kept):
        yield made
    made.borrower.close()


@contextmanager
def owned(directory: Path) -> Iterator[None]:
    """Somebody is at work on the import."""
    lock = hold(directory)
    try:
        yield
    finally:
        os.close(lock)


def test_parts_that_are_made_elsewhere_are_the_owners_own(
    database: Database, source: Path, offered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_blocks_tiny(monkeypatch)
    monkeypatch.setattr(borrowing, "LOOK_SECONDS", 0.01)
    bench = Bench(database, source, offered, tmp_path)
    alone = run(source, PART, tmp_path / "alone")
    with owned(bench.kept):
        bench.borrower.start()
        bench.until(lambda: not bench.rows() and list(bench.offer.open_parts()) == [0])
        bench.borrower.close()
        bench.loans.end()
    assert (bench.stored, bench.rows()) == ([], {})
    written: list[int] = []
    write = part_writing.PartWriter.write

    def counting(writer: Any, part: Any, *more: Any) -> Any:
        written.append(part.number)
        return write(writer, part, *more)

    monkeypatch.setattr(part_writing.PartWriter, "write", counting)
    assert run(source, PART, bench.kept, about=ABOUT) == alone
    assert written == [0], "which is left to the owner's own workers"


def test_few_parts_lie_in_the_store_before_they_are_asked_for_and_none_without_other_processes(bench: Bench) -> None:
    bench.loans.step()
    bench.loans.step()
    assert list(bench.rows()) == list(range(1, 1 + AHEAD))
    bench.loans.end()
    bench.other.close()
    bench.loans.step()
    assert bench.rows() == {}


def test_a_part_in_other_hands_is_kept_from_ones_own_and_seen_to_be_made(bench: Bench) -> None:
    bench.loans.step()
    bench.set(1, node=bench.other.id)
    bench.loans.step()
    assert 1 not in bench.offer.open_parts()
    beat = next(bench.offer.results.glob(f"{part_name(1)}.*.part/*"))
    before = beat.stat().st_mtime_ns
    bench.until(lambda: beat.stat().st_mtime_ns > before)


def test_what_a_dead_process_had_is_free_again(bench: Bench) -> None:
    bench.loans.step()
    bench.set(1, node=bench.other.id)
    bench.loans.step()
    bench.set(1, node="gone")
    bench.loans.step()
    assert 1 in bench.offer.open_parts()
    assert not list(bench.offer.results.glob("*.part"))
    assert bench.other.id not in {row.node for row in bench.rows().values()}


def test_a_part_that_one_makes_oneself_is_not_lent_any_more(bench: Bench) -> None:
    bench.loans.step()
    with offers.Claims(bench.kept).taken(1) as mine:
        assert mine
        bench.loans.step()
        assert 1 not in bench.rows()


def test_a_part_that_was_made_here_after_all_is_not_made_elsewhere_any_more(bench: Bench) -> None:
    bench.loans.step()
    bench.set(1, node=bench.other.id)
    bench.loans.step()
    mark = bench.offer.results / f"{part_name(1)}.lent.part"
    assert mark.exists()
    (bench.offer.results / part_name(1)).mkdir()
    bench.loans.step()
    assert 1 not in bench.rows()
    assert not mark.exists()
    with offers.Claims(bench.kept).taken(1) as mine:
        assert mine
    assert not [name for name in bench.stored if "part-000001" in name]


@pytest.mark.parametrize("content", [b"", b'00000000\n{"key":"other","seals":{}}'])
def test_what_does_not_fit_is_not_taken_for_a_part(bench: Bench, content: bytes, tmp_path: Path) -> None:
    bench.loans.step()
    (tmp_path / "part.json").write_bytes(content)
    bench.files.put(made_place(bench.rows()[1].loan), tmp_path, ["part.json"])
    bench.set(1, node=bench.other.id, made=True)
    bench.loans.step()
    assert 1 in bench.offer.open_parts()
    assert 1 not in bench.rows() or not bench.rows()[1].made


def test_a_part_whose_worker_is_wanted_elsewhere_is_given_back(bench: Bench) -> None:
    asked: list[int | None] = []

    def busy(job: HelpJob) -> Any:
        asked.append(job.number)
        raise PoolBusyError

    bench.pool.told = busy
    bench.loans.step()
    bench.borrower.start()
    bench.until(lambda: bool(asked))
    bench.borrower.close()
    assert {row.node for row in bench.rows().values()} == {None}


def test_who_makes_a_part_ends_when_it_is_not_wanted_any_more(bench: Bench) -> None:
    ended: list[bool] = []

    def slow(job: HelpJob) -> Helped:
        with bench.database.write() as session:
            session.execute(delete(LentPart))
        offer = Offer.of(job.directory)
        assert offer is not None
        end = time.monotonic() + SECONDS
        while offer.stands and time.monotonic() < end:
            time.sleep(0.01)
        ended.append(not offer.stands)
        return Helped(made=False)

    bench.pool.told = slow
    bench.loans.step()
    bench.borrower.start()
    bench.until(lambda: bool(ended))
    assert ended[0]


def test_what_is_left_of_an_import_that_ended_is_swept(bench: Bench) -> None:
    bench.loans.step()
    lender = Lender(bench.database, bench.store, bench.owner, "1", bench.kept.parent, bench.work, 1)
    lender.sweep()
    assert bench.rows()
    with bench.database.write() as session:
        session.execute(update(Import).values(status=Status.SUCCESSFUL))
    lender.sweep()
    assert (bench.stored, bench.rows()) == ([], {})

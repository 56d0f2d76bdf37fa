"""Which import is next: fairly among organizations, never one for two, never more of one organization than allowed."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.queue import ImportQueue, Work
from headgate.imports.states import Status, transition
from headgate.nodes import Node
from headgate.nodes.jobs import ClaimsBusyError


class Bench:
    """Imports of organizations that wait, and the queues of several processes."""

    def __init__(self, database: Database, limit: int | None = None) -> None:
        self.database = database
        self.nodes = [Node(database, [Import], alone=False) for _ in range(3)]
        self.queues = [ImportQueue(database, node, limit) for node in self.nodes]
        self._clock = utc_now() - timedelta(hours=1)

    def organization(self, name: str) -> uuid.UUID:
        return AccountService(self.database).create_organization(name)

    def add(self, organization: uuid.UUID, count: int = 1, **values: object) -> list[uuid.UUID]:
        frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest=uuid.uuid4().hex, document={})
        made = []
        for _ in range(count):
            self._clock += timedelta(seconds=1)
            made.append(
                Import(
                    id=uuid.uuid4(),
                    organization_id=organization,
                    schema_id=None,
                    frozen_schema_id=frozen.id,
                    kind="file",
                    max_upload_size=1,
                    created_at=self._clock,
                    modified_at=self._clock,
                    **{"status": Status.PENDING, "queued_at": self._clock} | values,
                )
            )
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add_all(made)
        return [row.id for row in made]

    def take(self, queue: int = 0) -> Work | None:
        while True:
            try:
                return self.queues[queue].take(lambda _: None)
            except ClaimsBusyError:
                continue

    def organization_of(self, work: Work | None) -> uuid.UUID | None:
        if work is None:
            return None
        with self.database.read() as session:
            return session.scalar(select(Import.organization_id).where(Import.id == work.import_id))

    def end(self, work: Work) -> None:
        with self.database.write() as session:
            assert transition(session, work.import_id, Status.PENDING, Status.RUNNING, work.claim.token)
            assert transition(session, work.import_id, Status.RUNNING, Status.SUCCESSFUL, work.claim.token)


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_the_oldest_of_an_organization_is_next_and_nothing_is_given_twice(bench: Bench) -> None:
    wanted = bench.add(bench.organization("A"), 3)
    found = [bench.take(number) for number in range(3)]
    assert [work.import_id for work in found if work] == wanted
    assert bench.take() is None


def test_a_thousand_imports_of_one_organization_keep_another_waiting_for_one(bench: Bench) -> None:
    many, few = bench.organization("Many"), bench.organization("Few")
    bench.add(many, 1000)
    first = bench.take()
    assert first is not None
    bench.add(few)
    bench.end(first)
    assert bench.organization_of(bench.take()) == few
    assert bench.organization_of(bench.take()) == many


def test_organizations_take_turns_with_a_single_worker(bench: Bench) -> None:
    organizations = [bench.organization(name) for name in "ABC"]
    for organization in organizations:
        bench.add(organization, 4)
    served = []
    for _ in range(12):
        work = bench.take()
        assert work is not None
        served.append(bench.organization_of(work))
        bench.end(work)
    assert all(set(served[start : start + 3]) == set(organizations) for start in range(0, 12, 3))


def test_no_more_of_an_organization_run_at_once_than_the_operator_allows(database: Database) -> None:
    bench = Bench(database, limit=2)
    full, other = bench.organization("Full"), bench.organization("Other")
    bench.add(full, 5)
    bench.add(other, 1)
    taken = [bench.take(number % 3) for number in range(5)]
    assert Counter(map(bench.organization_of, taken)) == {full: 2, other: 1, None: 2}
    ended = next(work for work in taken if bench.organization_of(work) == full)
    assert ended is not None
    bench.end(ended)
    assert bench.organization_of(bench.take()) == full


def test_processes_that_choose_at_the_same_moment_get_different_imports(bench: Bench) -> None:
    bench.add(bench.organization("A"), 30)
    found: list[uuid.UUID] = []

    def choose(queue: int) -> None:
        while (work := bench.take(queue)) is not None:
            found.append(work.import_id)

    threads = [threading.Thread(target=choose, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 30


def test_a_submitted_review_waits_for_a_worker_and_one_that_people_work_on_does_not(bench: Bench) -> None:
    organization = bench.organization("A")
    bench.add(organization, status=Status.NEEDS_REVIEW, queued_at=None)
    submitted = bench.add(organization, status=Status.NEEDS_REVIEW, submitted_seq=7)
    work = bench.take()
    assert work is not None
    assert (work.import_id, work.seq) == (submitted[0], 7)
    assert bench.take() is None


def test_the_length_is_that_of_what_waits(bench: Bench) -> None:
    bench.add(bench.organization("A"), 5)
    bench.take()
    assert bench.queues[0].length(100) == 4
    assert bench.queues[0].length(3) == 3

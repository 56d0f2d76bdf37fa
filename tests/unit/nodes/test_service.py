"""Leases and claims: what a dead process had is free, what a paused one writes changes nothing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from headgate.accounts.service import AccountService
from headgate.db import Database, database_now, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status, transition
from headgate.nodes import Claim, Node, NodeRow

MakeNode = Callable[..., Node]


@pytest.fixture
def import_id(database: Database) -> uuid.UUID:
    """An import that waits for a worker."""
    organization, now = AccountService(database).default_organization(), utc_now()
    frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest="d", document={})
    row = Import(
        id=uuid.uuid4(), organization_id=organization, schema_id=None, frozen_schema_id=frozen.id,
        status=Status.PENDING, kind="file", max_upload_size=1, created_at=now, modified_at=now, queued_at=now,
    )  # fmt: skip
    with database.write() as session:
        session.add(frozen)
        session.flush()
        session.add(row)
    return row.id


@pytest.fixture
def make_node(database: Database) -> MakeNode:
    def make(**values: object) -> Node:
        node = Node(database, [Import], **{"alone": False} | values)  # type: ignore[arg-type]  # by name
        node.renew()
        return node

    return make


def take(database: Database, node: Node, import_id: uuid.UUID, stop: Callable[[], None] = lambda: None) -> Claim:
    with database.write() as session:
        claim = node.take(session.get_one(Import, import_id), stop)
    node.confirm(claim)
    return claim


def end(session: Session, claim: Claim) -> bool:
    return transition(session, claim.id, Status.PENDING, Status.RUNNING, claim.token)


def let_lease_run_out(database: Database, node: Node) -> None:
    with database.write() as session:
        gone = database_now(session) - timedelta(seconds=1)
        session.execute(update(NodeRow).where(NodeRow.id == node.id).values(lease_until=gone))


def holder(database: Database, import_id: uuid.UUID) -> str | None:
    with database.read() as session:
        return session.scalar(select(Import.run_node).where(Import.id == import_id))


def test_what_a_dead_process_had_is_free_once_its_lease_ran_out(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    dead, living = make_node(), make_node()
    take(database, dead, import_id)
    assert living.take_over() == []
    assert holder(database, import_id) == dead.id
    let_lease_run_out(database, dead)
    assert living.take_over() == [dead.id]
    assert holder(database, import_id) is None
    assert living.take_over() == []


def test_a_process_that_was_taken_for_dead_changes_nothing_when_it_comes_back(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    paused, living = make_node(), make_node()
    stopped: list[str] = []
    old = take(database, paused, import_id, lambda: stopped.append("old"))
    let_lease_run_out(database, paused)
    living.take_over()
    new = take(database, living, import_id, lambda: stopped.append("new"))
    with database.write() as session:
        assert not end(session, old)
        assert end(session, new)
    paused.leave(old)
    assert holder(database, import_id) == living.id, "what it gives back is not its any more"
    living.watch()
    assert stopped == []


def test_a_claim_that_was_lost_stops_its_run(database: Database, make_node: MakeNode, import_id: uuid.UUID) -> None:
    paused, living = make_node(), make_node()
    stopped: list[str] = []
    take(database, paused, import_id, lambda: stopped.append("taken"))
    let_lease_run_out(database, paused)
    living.take_over()
    paused.renew()
    paused.watch()
    assert stopped == ["taken"]


def test_the_run_of_a_deleted_import_is_stopped(database: Database, make_node: MakeNode, import_id: uuid.UUID) -> None:
    node = make_node()
    stopped: list[str] = []
    take(database, node, import_id, lambda: stopped.append("deleted"))
    node.watch()
    assert stopped == []
    with database.write() as session:
        session.delete(session.get_one(Import, import_id))
    node.watch()
    assert stopped == ["deleted"]


def test_a_claim_that_is_not_committed_yet_is_not_taken_for_lost(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    node = make_node()
    stopped: list[str] = []
    with database.write() as session:
        node.take(session.get_one(Import, import_id), lambda: stopped.append("taken"))
        with ThreadPoolExecutor(1) as lease:  # `watch` in the thread that renews the lease
            looked = lease.submit(node.watch)
            looked.result(60)
    assert stopped == []


def test_what_may_have_been_claimed_when_the_database_went_away_is_given_back(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    node = make_node()
    with database.write() as session:
        node.take(session.get_one(Import, import_id))
    node.forget_unconfirmed()
    node.watch()
    assert holder(database, import_id) is None


def test_a_claim_that_the_process_does_not_know_is_given_back(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    node = make_node()
    claim = take(database, node, import_id)
    node._claims.clear()  # as after a `leave` that the database did not answer
    node.watch()
    assert holder(database, import_id) is None
    with database.write() as session:
        assert not end(session, claim)


def test_a_claim_of_a_process_that_nobody_knows_is_given_free(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    with database.write() as session:
        session.get_one(Import, import_id).run_node = "committed-after-it-was-taken-for-dead"
    make_node().take_over()
    assert holder(database, import_id) is None


def test_a_process_that_ends_gives_all_back(database: Database, make_node: MakeNode, import_id: uuid.UUID) -> None:
    node = make_node()
    take(database, node, import_id)
    node.close()
    assert holder(database, import_id) is None
    with database.read() as session:
        assert list(session.scalars(select(NodeRow.id))) == []


def test_nobody_is_judged_right_after_a_time_in_which_nobody_could_renew(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    one, other = make_node(lease=3.0, renewal=0.05), make_node()
    take(database, other, import_id)
    one.start()
    try:
        for node in (one, other):
            let_lease_run_out(database, node)
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            assert holder(database, import_id) == other.id
            time.sleep(0.05)
        other.renew()
    finally:
        one.close()
    assert holder(database, import_id) == other.id


def test_alone_everybody_else_is_known_to_be_gone(
    database: Database, make_node: MakeNode, import_id: uuid.UUID
) -> None:
    before = make_node()
    take(database, before, import_id)
    assert make_node(alone=True).take_over() == [before.id]
    assert holder(database, import_id) is None


def test_ids_are_names_of_directories_that_nobody_has_twice(database: Database) -> None:
    ids = {Node(database, []).id for _ in range(20)}
    assert len(ids) == 20
    assert all(one.replace("-", "").isalnum() and len(one) <= 80 for one in ids)

"""scaling.md, "Clocks": a machine whose clock is wrong by an hour neither opens nor closes anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from headgate.db import database_now
from headgate.nodes import NodeRow
from headgate.nodes.models import ScheduledSweep
from tests.contract.harness import CSV, Service, create
from tests.contract.review_page import until
from tests.postgres import Postgres

HOUR = 3600.0
LIMIT = 3


@dataclass
class Pair:
    """Two servers that share a database and a directory; the clock of `wrong` is an hour ahead."""

    right: Service
    wrong: Service

    def clients(self, stack: ExitStack) -> tuple[httpx.Client, httpx.Client]:
        """One caller with a key of its own, through each of them."""
        key = self.right.key()
        return stack.enter_context(self.right.client(key)), stack.enter_context(self.wrong.client(key))


@pytest.fixture(scope="module")
def pair(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    data = tmp_path_factory.mktemp("clocks") / "data"
    shared = {"database_url": postgres.database(), "workers": 0, "rate_limit_create": LIMIT, "database_connections": 5}
    made = Pair(
        Service(data, name="right", **shared), Service(data, name="wrong", clock_ahead=HOUR, **shared)
    )  # fmt: skip
    try:
        made.right.start()
        made.wrong.start()
        yield made
    finally:
        made.right.kill()
        made.wrong.kill()


@pytest.fixture
def clients(pair: Pair) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    with ExitStack() as stack:
        yield pair.clients(stack)


@pytest.mark.parametrize("wrong_first", [False, True])
def test_a_window_of_a_rate_limit_is_the_same_for_both(
    clients: tuple[httpx.Client, httpx.Client], wrong_first: bool
) -> None:
    first, second = reversed(clients) if wrong_first else clients
    for _ in range(LIMIT):
        create(first)
    for client in (first, second):
        refused = client.post("/headless/imports/", json={"fields": [], "original_filename": "a.csv"})
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 60


def test_an_import_whose_file_is_awaited_does_not_expire_by_the_wrong_clock(
    clients: tuple[httpx.Client, httpx.Client],
) -> None:
    right, wrong = clients
    made = create(right)
    assert wrong.get("/headless/imports/").status_code == 200  # lists after it has looked for expired ones
    seen = wrong.get(f"/headless/imports/{made['id']}/").json()
    assert seen["status"] == "AWAITING_UPLOAD"
    assert httpx.put(seen["upload"].replace(str(wrong.base_url.port), str(right.base_url.port)), content=CSV).is_success


def test_a_url_of_either_is_valid_at_the_other(pair: Pair, clients: tuple[httpx.Client, httpx.Client]) -> None:
    right, wrong = clients
    for one, other in ((pair.right, pair.wrong), (pair.wrong, pair.right)):
        client = right if one is pair.right else wrong
        url = create(client)["upload"].replace(one.address, other.address)
        assert httpx.put(url, content=CSV).status_code == 200


def test_leases_and_the_turns_of_sweeps_are_those_of_the_database(pair: Pair) -> None:
    database = pair.right.database()

    def swept() -> bool:
        with database.read() as session:
            return session.scalar(select(ScheduledSweep.name).limit(1)) is not None

    try:
        until(swept, 40)
        with database.read() as session:
            latest = database_now(session) + timedelta(seconds=20)
            assert all(row.due_at < latest for row in session.scalars(select(ScheduledSweep)))
            nodes = list(session.scalars(select(NodeRow)))
        assert len(nodes) == 2
        assert all(row.lease_until < latest and row.started_at < latest for row in nodes)
    finally:
        database.dispose()

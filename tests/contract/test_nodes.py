"""Several servers and workers on one PostgreSQL: each import ends once, whoever is killed, paused or cut off."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from headgate.imports.models import Import
from headgate.nodes import NodeRow
from tests.contract.harness import FINAL, METRICS_TOKEN, Service, create, held, rows, upload, wait
from tests.contract.review_page import ROWS, Page, until
from tests.postgres import Postgres
from tests.receiver import Receiver


class Cluster:
    """Two servers that leave all work to others, and two workers. All share a database and a directory."""

    def __init__(self, postgres: Postgres, root: Path, receiver: Receiver) -> None:
        self.postgres = postgres
        shared: dict[str, Any] = {
            "database_url": postgres.database(), "webhook_private_hosts": f"127.0.0.1:{receiver.port}", "webhook_retry_delay": 0.2,
            "database_connections": 8, "shutdown_grace": 0,
        }  # fmt: skip
        watched = shared | {"worker_port": 0, "metrics_token": METRICS_TOKEN}
        data = root / "data"
        self.servers = [Service(data, name=f"server-{n}", workers=0, **shared) for n in range(2)]
        self.workers = [Service(data, name=f"worker-{n}", kind="worker", workers=1, **watched) for n in range(2)]
        self.receiver = receiver

    @property
    def all(self) -> list[Service]:
        return [*self.servers, *self.workers]

    def start(self) -> None:
        """Whoever does not run, all at once: of those that find an empty database only one migrates it."""
        with ThreadPoolExecutor() as threads:
            list(threads.map(Service.start, [one for one in self.all if one.process is None]))

    def busy(self) -> Service:
        """The worker that runs something now."""
        return self.workers[until(lambda: self._busy(), 30) - 1]

    def _busy(self) -> int | None:
        database = self.servers[0].database()
        try:
            with database.read() as session:
                node = session.scalar(select(Import.run_node).where(Import.run_node.is_not(None)))
        finally:
            database.dispose()
        if node is None:
            return None
        return next(n for n, one in enumerate(self.workers, 1) if one.process and f"-{one.process.pid}-" in node)


@pytest.fixture(scope="module")
def cluster(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Receiver() as receiver:
        made = Cluster(postgres, tmp_path_factory.mktemp("cluster"), receiver)
        try:
            made.start()
            yield made
        finally:
            for one in made.all:
                one.kill()


@pytest.fixture
def clients(cluster: Cluster) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """One caller, through each of the servers."""
    cluster.start()
    key = cluster.servers[0].key()
    with ExitStack() as stack:
        first, second = (stack.enter_context(one.client(key)) for one in cluster.servers)
        yield first, second


def test_a_file_that_one_server_took_is_run_by_a_worker_and_read_through_the_other(
    clients: tuple[httpx.Client, httpx.Client],
) -> None:
    first, second = clients
    made = create(first)
    upload(made)
    assert wait(second, made["id"])["status"] == "SUCCESSFUL"
    assert len(rows(second, made["id"])) == 2


def test_the_work_of_a_killed_worker_is_taken_up_by_another(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client], tmp_path: Path
) -> None:
    made = create(clients[0])
    upload(made, held(tmp_path / "go"))
    cluster.busy().kill()
    (tmp_path / "go").touch()
    began = time.monotonic()
    assert wait(clients[1], made["id"], 60)["status"] == "SUCCESSFUL"
    assert time.monotonic() - began < 45


def test_a_worker_that_is_stopped_hands_its_work_over_at_once(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client], tmp_path: Path
) -> None:
    made = create(clients[0])
    upload(made, held(tmp_path / "go"))
    first = cluster.busy()
    assert first.stop() == 0
    (tmp_path / "go").touch()
    assert "run_given_back" in first.log.read_text(encoding="utf-8"), "nobody has to wait for its lease to run out"
    assert wait(clients[1], made["id"])["status"] == "SUCCESSFUL"


def test_a_paused_worker_that_comes_back_changes_nothing_and_tells_nobody(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client], tmp_path: Path
) -> None:
    cluster.receiver.forget()
    made = create(clients[0], settings={"webhookUrl": cluster.receiver.url("/paused", "127.0.0.1")})
    upload(made, held(tmp_path / "go"))
    paused = cluster.busy()
    paused.signal(signal.SIGSTOP)
    (tmp_path / "go").touch()
    done = wait(clients[1], made["id"], 60)
    assert done["status"] == "SUCCESSFUL"
    outcome = sorted((cluster.servers[0].data_dir / "files").rglob(f"{made['id']}/run-*"))
    paused.signal(signal.SIGCONT)
    until(lambda: _registered(cluster, paused), 30)  # it is back, and knows what it has lost
    later = create(clients[0])
    upload(later)
    wait(clients[1], later["id"])
    assert clients[0].get(f"/headless/imports/{made['id']}/").json()["modified_date"] == done["modified_date"]
    assert sorted((cluster.servers[0].data_dir / "files").rglob(f"{made['id']}/run-*")) == outcome
    assert len(rows(clients[0], made["id"])) == 2
    assert len({one.headers["webhook-id"] for one in cluster.receiver.wait(1)}) == 1


def _registered(cluster: Cluster, worker: Service) -> bool:
    assert worker.process is not None
    database = cluster.servers[0].database()
    try:
        with database.read() as session:
            return any(f"-{worker.process.pid}-" in node for node in session.scalars(select(NodeRow.id)))
    finally:
        database.dispose()


def test_a_running_import_that_is_deleted_through_a_server_stops_in_its_worker(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client]
) -> None:
    made = create(clients[0])
    upload(made, b"#do forever\n")
    cluster.busy()
    assert clients[1].delete(f"/headless/imports/{made['id']}/").status_code == 204
    until(lambda: not list((cluster.servers[0].data_dir / "tmp").rglob(f"work/{made['id']}*")), 30)
    until(lambda: not list((cluster.servers[0].data_dir / "files").rglob(f"{made['id']}/*")), 30)


def test_no_import_waits_behind_a_small_one_that_hangs_while_another_process_has_a_worker(
    clients: tuple[httpx.Client, httpx.Client], tmp_path: Path
) -> None:
    hanging = create(clients[0])
    upload(hanging, held(tmp_path / "go"))
    until(lambda: clients[0].get(f"/headless/imports/{hanging['id']}/").json()["status"] == "RUNNING", 30)
    others = [create(clients[0]) for _ in range(6)]  # each process may take some, and so may the one that hangs
    for one in others:
        upload(one)
    assert {wait(clients[1], one["id"])["status"] for one in others} == {"SUCCESSFUL"}
    assert clients[0].get(f"/headless/imports/{hanging['id']}/").json()["status"] == "RUNNING"
    (tmp_path / "go").touch()
    assert wait(clients[1], hanging["id"])["status"] == "SUCCESSFUL"


def test_what_is_done_in_a_review_through_one_server_is_seen_through_the_other(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client]
) -> None:
    made = create(clients[0])
    upload(made, ROWS)
    waiting = wait(clients[0], made["id"], 60)
    one, other = (Page(server, waiting, f"browser-{n}") for n, server in enumerate(cluster.servers))
    one.ready()
    other.ready()
    with other.listening() as events:
        one.edit(2, "email", "alan@example.com")
        events.wait(lambda: events.named("changed"))
    other.edit(3, "name", "Grace H.")
    assert [row[0] for row in one.texts()] == [row[0] for row in other.texts()] == ["Ada", "Alan", "Grace H."]
    with other.listening() as events:
        one.submit()
        events.wait(lambda: events.named("finished"))
    assert wait(clients[1], made["id"])["status"] == "SUCCESSFUL"
    assert [row["email"] for row in rows(clients[1], made["id"])][1] == "alan@example.com"


def test_a_restarted_database_is_waited_for(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client], tmp_path: Path
) -> None:
    made = create(clients[0])
    upload(made, held(tmp_path / "go"))
    cluster.busy()
    cluster.postgres.stop()
    answer = clients[0].get(f"/headless/imports/{made['id']}/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    (tmp_path / "go").touch()
    cluster.postgres.start()
    done = until(lambda: _ended(clients[1], made["id"]), 60)
    assert done["status"] == "SUCCESSFUL"
    assert len(rows(clients[1], made["id"])) == 2


def test_a_worker_says_that_it_lives_what_it_can_do_and_what_it_did(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client]
) -> None:
    made = create(clients[0])
    upload(made)
    wait(clients[0], made["id"])
    counted = 0.0
    for worker in cluster.workers:
        alive, ready = _watch(worker, "/healthz"), _watch(worker, "/readyz")
        assert (alive.text, ready.json()) == ("ok\n", {"ready": True, "missing": []})
        assert _watch(worker, "/metrics").status_code == 401
        metrics = _watch(worker, "/metrics", METRICS_TOKEN).text
        assert "headgate_database_up 1.0" in metrics
        assert "headgate_workers 1.0" in metrics
        counted += sum(map(float, re.findall(r"^headgate_imports_ended_total\{.*\} (\S+)$", metrics, re.MULTILINE)))
        for path in ("/", "/api/v1/headless/imports/", "/api/v1/openapi.json", "/docs"):
            assert _watch(worker, path).status_code == 404, path
    assert counted >= 1


def test_a_worker_whose_database_is_away_lives_and_is_not_ready(
    cluster: Cluster, clients: tuple[httpx.Client, httpx.Client]
) -> None:
    worker = cluster.workers[0]
    cluster.postgres.stop()
    ready = _watch(worker, "/readyz")
    assert (ready.status_code, ready.json()["missing"]) == (503, ["database"])
    assert _watch(worker, "/healthz").status_code == 200
    cluster.postgres.start()
    until(lambda: _watch(worker, "/readyz").status_code == 200)


def test_a_worker_that_stops_says_so_until_it_has_given_back_what_it_runs(
    cluster: Cluster, postgres: Postgres, tmp_path: Path
) -> None:
    settings = cluster.servers[0].settings | {"database_url": postgres.database(), "shutdown_grace": 30}
    server = Service(tmp_path / "data", name="server", **settings).start()
    worker = Service(
        tmp_path / "data", name="worker", kind="worker", **settings | {"workers": 1, "worker_port": 0}
    ).start()
    try:
        with server.client(server.key()) as client:
            made = create(client)
            upload(made, held(tmp_path / "go"))
            # A run that has not come to its worker process yet is given back at once.
            until(lambda: client.get(f"/headless/imports/{made['id']}/progress/").json()["step"] == "types")
            worker.signal(signal.SIGTERM)
            until(lambda: _watch(worker, "/readyz").json()["missing"] == ["stopping"])
            assert _watch(worker, "/healthz").status_code == 200
            (tmp_path / "go").touch()
            assert wait(client, made["id"])["status"] == "SUCCESSFUL"
            assert worker.stop() == 0
    finally:
        worker.kill()
        server.kill()


def test_a_port_that_is_taken_is_said_before_a_worker_takes_any_work(cluster: Cluster, tmp_path: Path) -> None:
    port = httpx.URL(cluster.workers[1].address).port
    second = Service(
        tmp_path / "data",
        name="second",
        kind="worker",
        **cluster.servers[0].settings | {"workers": 1, "worker_port": port},
    )
    second.take_secrets_of(cluster.servers[0])
    with pytest.raises(RuntimeError, match=f"Cannot listen on 127.0.0.1:{port}: Address already in use"):
        second.start()


def _watch(worker: Service, path: str, token: str = "") -> httpx.Response:
    return httpx.get(
        f"{worker.address}{path}", headers={"Authorization": f"Bearer {token}"} if token else {}, timeout=60
    )


def _ended(client: httpx.Client, import_id: str) -> Any:
    answer = client.get(f"/headless/imports/{import_id}/")
    return answer.json() if answer.status_code == 200 and answer.json()["status"] in FINAL else None


def test_a_worker_refuses_a_database_that_is_for_one_process(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="needs a database that several processes can use"):
        Service(tmp_path / "data", kind="worker", database_url=None).start()

"""What one import and one process cost, measured over HTTP on a server, a worker and a PostgreSQL of their own.

Processor time, statements and bytes count, which a busy machine does not change; the times that people wait are shown beside them.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
from sqlalchemy import update

from benchmarks.capacity.model import Measured
from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.queue import ImportQueue
from headgate.nodes import Node
from tests.contract.harness import Service, create, upload, wait
from tests.postgres import Postgres

TOKEN = "measures-the-capacity"
FIELDS = [
    {"label": "Name", "key": "name"},
    {"label": "E-mail", "key": "email", "type": "email"},
    {"label": "Amount", "key": "amount", "type": "number"},
    {"label": "Day", "key": "day", "type": "date"},
]
IDLE_SECONDS = 10
AT_ONCE = 4


@dataclass(frozen=True)
class Look:
    """How everything stood at a moment."""

    server_cpu: float
    worker_cpu: float
    statements: float
    wal: int
    database_bytes: int
    stored_bytes: int
    wall: float


@dataclass(frozen=True)
class Bulk:
    """So many imports of so many rows each."""

    imports: int
    rows: int
    cost: Look
    """Of all of them."""


class Installation:
    """A server that leaves imports to a worker with one worker process."""

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        url = postgres.database()
        self.plain_url = url.replace("+psycopg", "")
        shared: dict[str, Any] = {"database_url": url, "metrics_token": TOKEN}
        self.data_dir = folder / "data"
        self.server = Service(self.data_dir, name="server", real_engine=True, workers=0, **shared)
        self.worker = Service(
            self.data_dir, name="worker", kind="worker", real_engine=True, **shared | {"workers": 1, "worker_port": 0}
        )

    def look(self) -> Look:
        with psycopg.connect(self.plain_url, autocommit=True) as connection:
            found = connection.execute(
                "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn, pg_database_size(current_database())"
            ).fetchone()
        wal, size = (int(value) for value in found or (0, 0))
        files = (path.stat().st_size for path in (self.data_dir / "files").rglob("*") if path.is_file())
        return Look(_cpu(self.server), _cpu(self.worker), self.statements(), wal, size, sum(files), time.monotonic())

    def statements(self) -> float:
        return sum(_metric(one, "headgate_database_statements_total") for one in (self.server, self.worker))

    def run(self, client: httpx.Client, imports: int, rows: int) -> Bulk:
        """Have imports run, some at once, and say what they took."""
        content = _file(rows)
        before = self.look()

        def one(_: int) -> None:
            made = create(client, fields=FIELDS)
            upload(made, content)
            status = wait(client, made["id"], 600)["status"]
            if status != "SUCCESSFUL":
                raise RuntimeError(f"an import of the measurement is {status}")

        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(one, range(imports)))
        return Bulk(imports, rows, _between(before, self.look()))


def measure(small: int, large: int, rows: int, large_rows: int) -> tuple[Measured, list[Bulk]]:
    """`small` imports of `rows` rows, `large` ones of `large_rows`; what they say together, and each of them."""
    with _running() as (installation, client):
        installation.run(client, AT_ONCE, rows)  # what only the first imports pay
        few = installation.run(client, small, rows)
        many = installation.run(client, large, large_rows)
        before, began = installation.statements(), time.monotonic()
        time.sleep(IDLE_SECONDS)
        idle = (installation.statements() - before) / (time.monotonic() - began)
        memory = _memory(installation.server), _memory(installation.worker)
        installation.worker.stop()
        claims = _claims(installation, client)
    return _measured(few, many, idle / 2, claims, memory), [few, many]


def _measured(few: Bulk, many: Bulk, idle: float, claims: float, memory: tuple[int, int]) -> Measured:
    def per_row(of: str) -> float:
        more: float = getattr(many.cost, of) / many.imports - getattr(few.cost, of) / few.imports
        return max(0.0, more / (many.rows - few.rows))

    def of_import(of: str) -> float:
        return max(0.0, float(getattr(few.cost, of)) / few.imports - per_row(of) * few.rows)

    waited = few.cost.wall * 2 * idle  # what both processes ask anyway
    return Measured(
        worker_cpu=of_import("worker_cpu"),
        row_cpu=per_row("worker_cpu"),
        server_cpu=few.cost.server_cpu / few.imports,
        statements=max(0.0, few.cost.statements - waited) / few.imports,
        wal=few.cost.wal / few.imports,
        database_bytes=few.cost.database_bytes / few.imports,
        file_bytes=of_import("stored_bytes"),
        row_bytes=per_row("stored_bytes"),
        idle_statements=idle,
        claims=claims,
        server_memory=memory[0],
        worker_memory=memory[1],
    )


def _claims(installation: Installation, client: httpx.Client, count: int = 200) -> float:
    """Imports that one process may take a second, with as many waiting; the others wait while it chooses."""
    made = create(client, fields=FIELDS)
    upload(made, _file(1))
    database = Database(installation.server.settings["database_url"])
    try:
        with database.write() as session:
            session.execute(update(Import).values(queued_at=Import.created_at, run_node=None, run_token=None))
        node = Node(database, [Import], kind="worker", alone=False)
        node.renew()
        queue = ImportQueue(database, node, None)
        began, taken = time.monotonic(), 0
        while taken < count and queue.take(lambda _: None) is not None:
            taken += 1
        return taken / (time.monotonic() - began)
    finally:
        database.dispose()


@contextmanager
def _running() -> Iterator[tuple[Installation, httpx.Client]]:
    postgres = Postgres()
    with tempfile.TemporaryDirectory(prefix="headgate-capacity-") as folder:
        try:
            installation = Installation(Path(folder), postgres.start())
            try:
                installation.server.start()
                installation.worker.start()
                with installation.server.client(installation.server.key()) as client:
                    yield installation, client
            finally:
                installation.worker.kill()
                installation.server.kill()
        finally:
            postgres.remove()


def _between(before: Look, after: Look) -> Look:
    return replace(before, **{name: getattr(after, name) - getattr(before, name) for name in vars(before)})


def _tree(service: Service) -> list[psutil.Process]:
    if service.process is None:
        return []
    root = psutil.Process(service.process.pid)
    return [root, *root.children(recursive=True)]


def _cpu(service: Service) -> float:
    """Of a process and all that it started; of those that ended, what their parents were told."""
    times = [one.cpu_times() for one in _tree(service)]
    ended = times[0].children_user + times[0].children_system if times else 0.0
    return float(sum(one.user + one.system for one in times) + ended)


def _memory(service: Service) -> int:
    """What is its own, and goes with it."""
    return sum(int(one.memory_full_info().uss) for one in _tree(service))


def _metric(service: Service, name: str) -> float:
    answer = httpx.get(f"{service.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
    found = re.search(rf"^{name} (\S+)$", answer.text, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{service.address} has no metric {name}")
    return float(found[1])


def _file(rows: int) -> bytes:
    lines = (f"Person {n},person{n}@example.com,{n}.5,2024-03-{n % 28 + 1:02d}" for n in range(rows))
    return "\n".join(["Name,E-mail,Amount,Day", *lines, ""]).encode()

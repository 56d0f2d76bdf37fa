"""pipeline.md, "Durability": what was accepted survives `kill -9` of everything at any moment."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from sqlalchemy import delete, select

from headgate.db import Database
from headgate.imports.models import Import
from headgate.studio.models import BacktestImport
from tests.contract.harness import CSV, Service, create, held, rows, run, upload, wait
from tests.contract.review_page import until
from tests.contract.test_studio import ended, imported, saved

ORDER = ["AWAITING_UPLOAD", "PENDING", "RUNNING", "SUCCESSFUL"]


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Service]:
    running = Service(tmp_path / "data", workers=2, shutdown_grace=0).start()
    yield running
    running.kill()


@contextmanager
def database_of(service: Service) -> Iterator[Database]:
    database = service.database()
    try:
        yield database
    finally:
        database.dispose()


def is_running(client: httpx.Client, made: dict[str, Any]) -> bool:
    return bool(client.get(f"/headless/imports/{made['id']}/").json()["status"] == "RUNNING")


def files_of(service: Service, import_id: str) -> list[Path]:
    return list(service.files.rglob(f"{import_id}/*"))


def start_when_leftovers_are_old(service: Service) -> None:
    """What no import needs is removed at the start: at once where nobody else can be at work, else when it is old enough."""
    service.settings["leftover_age"] = 1
    time.sleep(2.1)  # the store's clock tells whole seconds
    service.start()


def test_a_run_that_was_killed_ends_after_a_restart(durable: Service, tmp_path: Path) -> None:
    key = durable.key()
    with durable.client(key) as client:
        made = create(client)
        upload(made, held(tmp_path / "go"))
        waiting = create(client)
        until(lambda: is_running(client, made))
        durable.kill()
        (tmp_path / "go").touch()
        durable.start()
    with durable.client(key) as client:
        assert wait(client, made["id"])["status"] == "SUCCESSFUL"
        assert len(rows(client, made["id"])) == 2
        assert client.get(f"/headless/imports/{waiting['id']}/").json()["status"] == "AWAITING_UPLOAD"
    assert not list((durable.data_dir / "tmp" / "work").glob("*/*"))


def test_no_worker_outlives_a_killed_server(durable: Service) -> None:
    assert durable.process is not None
    server = psutil.Process(durable.process.pid)
    workers = [child for child in server.children(recursive=True) if "spawn_main" in " ".join(child.cmdline())]
    assert len(workers) == 3, "two for imports, and the one that waits for the next review"
    with durable.client(durable.key()) as client:
        made = create(client)
        upload(made, b"#do forever\n")
        until(lambda: is_running(client, made))
    server.kill()
    durable.process.wait()
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive


def test_a_stop_lets_the_run_begin_again_at_the_next_start(durable: Service, tmp_path: Path) -> None:
    key = durable.key()
    with durable.client(key) as client:
        made = create(client)
        upload(made, held(tmp_path / "go"))
        until(lambda: is_running(client, made))
    assert durable.stop() == 0
    (tmp_path / "go").touch()
    durable.start()
    with durable.client(key) as client:
        assert wait(client, made["id"])["status"] == "SUCCESSFUL"


def test_files_without_an_import_are_removed_at_the_start(durable: Service) -> None:
    key = durable.key()
    with durable.client(key) as client:
        kept = run(client)
        gone = run(client)
    assert files_of(durable, gone["id"])
    durable.kill()
    with database_of(durable) as database, database.write() as session:
        session.execute(delete(Import).where(Import.id == uuid.UUID(gone["id"])))
    start_when_leftovers_are_old(durable)
    until(lambda: not files_of(durable, gone["id"]))
    with durable.client(key) as client:
        assert len(rows(client, kept["id"])) == 2


@pytest.mark.slow
def test_nothing_accepted_is_lost_over_random_kills(durable: Service) -> None:
    """Clients create, upload and delete while the whole tree is killed again and again; every promise is checked."""
    load = _Load(durable, durable.key())
    chance = random.Random(7)  # noqa: S311 - chance that repeats
    threads = [threading.Thread(target=load.work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        before = len(load.uploaded)
        until(partial(load.has_more_than, before))
        time.sleep(chance.random())
        durable.kill()
        durable.start()
    load.stopping.set()
    for thread in threads:
        thread.join()
    with durable.client(load.key) as client:
        for import_id in load.uploaded - load.deleted - load.doubtful:
            done = wait(client, import_id, 60)
            assert done["status"] == "SUCCESSFUL", done
            assert len(rows(client, import_id)) == 2
        for import_id in load.deleted:
            assert client.get(f"/headless/imports/{import_id}/").status_code == 404
        for import_id in load.created - load.uploaded - load.deleted - load.doubtful:
            assert client.get(f"/headless/imports/{import_id}/").json()["status"] in ORDER
    assert len(load.uploaded) >= 5
    assert load.illegal == []
    _assert_nothing_is_left_over(durable)


def _assert_nothing_is_left_over(service: Service) -> None:
    service.kill()
    start_when_leftovers_are_old(service)
    until(lambda: _left_over(service) == [])


def _left_over(service: Service) -> list[str]:
    with database_of(service) as database, database.read() as session:
        known = {str(row[0]): row[1:] for row in session.execute(select(Import.id, Import.status, Import.outcome))}
    left = []
    for folder in (service.files / "imports").glob("*/*"):
        status, outcome = known.get(folder.name, ("gone", None))
        found = {path.name for path in folder.iterdir()}
        sources = {name for name in found if name.startswith("source-")}
        # An upload that a kill cut off leaves at most its empty folder, and its import still waits for the next one. In a store,
        # a copy of the file that a kill left beside the one that counts goes with the import.
        right = len(sources) == 1 or (not sources and status == "AWAITING_UPLOAD") or (sources and service.in_store)
        if status == "gone" or not right or found - sources != ({outcome.split("/")[0]} if outcome else set()):
            left.append(f"{folder.name} {status}: {sorted(found)}, outcome {outcome}")
    return left


class _Load:
    """Clients that note what the service has promised them. `doubtful`: the answer to a request was never seen."""

    def __init__(self, service: Service, key: str) -> None:
        self.service = service
        self.key = key
        self.stopping = threading.Event()
        self.created: set[str] = set()
        self.uploaded: set[str] = set()
        self.deleted: set[str] = set()
        self.doubtful: set[str] = set()
        self.illegal: list[Any] = []

    def has_more_than(self, count: int) -> bool:
        """Whether more uploads than these have been accepted."""
        return len(self.uploaded) > count

    def work(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - chance that repeats
        while not self.stopping.is_set():
            try:
                with self.service.client(self.key) as client:
                    self._one(client, chance)
            except (httpx.HTTPError, ValueError):
                time.sleep(0.1)

    def _one(self, client: httpx.Client, chance: random.Random) -> None:
        made = create(client)
        import_id = made["id"]
        self.created.add(import_id)
        content = f"#do sleep {chance.random() * 0.4}\n".encode() + CSV
        self.doubtful.add(import_id)
        answer = httpx.put(made["upload"], content=content, timeout=20)
        self.doubtful.discard(import_id)
        if answer.status_code != 200:
            self.illegal.append(answer.text)
        self.uploaded.add(import_id)
        seen = [client.get(f"/headless/imports/{import_id}/").json()["status"] for _ in range(3)]
        late = (
            "AWAITING_UPLOAD" in seen and not self.service.in_store
        )  # where the service took the file, and knows of it
        if late or [ORDER.index(one) for one in seen] != sorted(ORDER.index(one) for one in seen):
            self.illegal.append(seen)
        if chance.random() < 0.25:
            self.doubtful.add(import_id)
            if client.delete(f"/headless/imports/{import_id}/").status_code == 204:
                self.deleted.add(import_id)
            self.doubtful.discard(import_id)


def test_a_back_test_that_was_killed_goes_on_and_ends_with_the_same_result(durable: Service) -> None:
    key = durable.key()
    with durable.client(key) as client:
        schema = saved(client)
        for number in range(3):
            imported(client, schema, b"name,email\n" + b"Ada,ada@example.com\n" * (number + 1))
    path = f"/schemas/{schema['id']}/backtest/"
    for milliseconds in (300, 1000, 3000):  # the slower, the surer it is killed in the middle
        slow = f"(r) => {{ const end = Date.now() + {milliseconds}; while (Date.now() < end); r.row.name.value = 'Bob'; return r; }}"
        draft = {"fields": schema["fields"], "hooks": {"rowHooks": [slow]}}
        with durable.client(key) as client:
            begun = client.post(path, json=draft).json()["id"]
            until(lambda: int(client.get(f"{path}{begun}/").json()["counts"]["pending"]) < 3)  # noqa: B023 - within the round
            durable.kill()
        with database_of(durable) as database, database.read() as session:
            own = select(BacktestImport.state).where(BacktestImport.backtest_id == uuid.UUID(begun))
            states = list(session.scalars(own.order_by(BacktestImport.position)))
        durable.start()
        if "PENDING" in states:
            break
    assert "PENDING" in states, "killed in the middle"
    assert states[0] != "PENDING"
    with durable.client(key) as client:
        resumed = ended(client, schema, begun)
        whole = ended(client, schema, client.post(path, json=draft).json()["id"])
    assert resumed["state"] == "DONE"
    assert [one["cells_differ"] for one in resumed["results"]] == [3, 2, 1]
    assert resumed["results"] == whole["results"]
    assert not list((durable.data_dir / "tmp" / "work").glob("backtest-*"))

"""Machines that share nothing but a database and a bucket make parts of one large import together."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.backends import backends
from tests.contract.harness import Service, create, upload, wait
from tests.contract.review_page import until
from tests.postgres import Postgres

ROWS = 200_000
FIELDS = [
    {"label": "Name", "key": "name", "validators": [{"validate": "unique"}]},
    {"label": "Amount", "key": "amount", "type": "number"},
]


@pytest.fixture(scope="module")
def machines(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Service]]:
    """A server with a worker, which is running, and another machine that only works, and is not; the store is encrypted."""
    root = tmp_path_factory.mktemp("machines")
    shared: dict[str, Any] = {
        "database_url": postgres.database(), "workers": 1, "chunk_size": 1 << 20, "disk_reserve": 0, "shutdown_grace": 0,
        "encrypt_files": True, **backends.settings("s3"),
    }  # fmt: skip
    owner = Service(root / "owner" / "data", real_engine=True, **shared)
    other = Service(root / "other" / "data", real_engine=True, kind="worker", **shared)
    try:
        owner.data_dir.mkdir(parents=True)
        owner.start()
        yield owner, other
    finally:
        owner.kill()
        other.kill()


@pytest.fixture
def client(machines: tuple[Service, Service]) -> Iterator[httpx.Client]:
    """Who imports."""
    owner, _ = machines
    with owner.client(owner.key()) as client:
        yield client


def worker_of(service: Service, lock: Path) -> psutil.Process:
    """The process that is at work on the import."""
    assert service.process is not None
    for child in psutil.Process(service.process.pid).children(recursive=True):
        if any(file.path == str(lock) for file in child.open_files()):
            return child
    raise LookupError(lock)


def begun(client: httpx.Client, owner: Service) -> tuple[str, psutil.Process]:
    """An import whose parts are offered, and its worker, which does nothing more."""
    content = b"Name,Amount\n" + b"".join(b"Somebody %d,%d.5\n" % (n - n % 2 if n < 9 else n, n) for n in range(ROWS))
    made = create(client, fields=FIELDS, settings={"invalidDataBehavior": "REMOVE_INVALID_ROWS"})
    upload(made, content)
    kept = owner.data_dir / "unfinished" / made["id"]
    until(lambda: (kept / "offer.json").exists(), 60)
    busy = worker_of(owner, kept / "lock")
    busy.suspend()
    return made["id"], busy


def bucket_files(service: Service) -> list[Path]:
    """All that stands in the store."""
    return [path for path in backends.place(service.settings["store_url"]).rglob("*") if path.is_file()]


def lent_files(service: Service) -> list[Path]:
    """What stands in the store of lent parts."""
    return [path for path in bucket_files(service) if "lent-" in path.as_posix()]


def borrowed(service: Service) -> list[Path]:
    """What a machine has of parts that it makes for others."""
    return list(service.data_dir.rglob("borrow-*"))


def test_a_machine_without_the_files_makes_parts_by_way_of_the_bucket_and_goes_on_after_a_kill(
    machines: tuple[Service, Service], client: httpx.Client
) -> None:
    owner, other = machines
    import_id, busy = begun(client, owner)
    other.take_secrets_of(owner)
    other.start()
    until(lambda: bool(borrowed(other)), 60)
    other.kill()
    other.start()
    until(lambda: owner.log.read_text(encoding="utf-8").count("part_taken_back") >= 2, 120)
    plain = [path for path in lent_files(owner) if b"Somebody" in path.read_bytes()]
    assert plain == [], "what is lent is encrypted"
    busy.send_signal(signal.SIGCONT)
    done = wait(client, import_id, 120)
    assert done["status"] == "SUCCESSFUL", done
    url = client.get(f"/headless/imports/{import_id}/url/").json()["presigned_url"]
    rows = httpx.get(url).json()
    expected = [{"name": f"Somebody {n}", "amount": n + 0.5} for n in range(ROWS) if n >= 8]
    assert rows == expected
    until(lambda: not lent_files(owner), 30)
    assert not (other.data_dir / "unfinished" / import_id).exists()


def test_nothing_is_left_of_an_import_that_is_deleted_while_another_machine_has_a_part(
    machines: tuple[Service, Service], client: httpx.Client
) -> None:
    owner, other = machines
    other.kill()
    shutil.rmtree(other.data_dir, ignore_errors=True)
    import_id, busy = begun(client, owner)
    other.take_secrets_of(owner)
    other.start()
    until(lambda: bool(borrowed(other)), 60)
    other.signal(signal.SIGSTOP)
    assert client.delete(f"/headless/imports/{import_id}/").status_code == 204
    other.signal(signal.SIGCONT)
    until(lambda: not borrowed(other), 60)
    until(lambda: not [path for path in bucket_files(owner) if import_id in path.as_posix()], 60)
    until(lambda: not (owner.data_dir / "unfinished" / import_id).exists(), 60)
    assert not busy.is_running() or busy.status() == psutil.STATUS_ZOMBIE, "its worker went with it"

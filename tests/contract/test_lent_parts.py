"""Machines that share nothing but a database and a bucket make parts of one large import together."""

from __future__ import annotations

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


@pytest.fixture
def machines(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Service, Service]]:
    """A server with a worker, and another machine that only works; neither is running."""
    shared: dict[str, Any] = {
        "database_url": postgres.database(), "workers": 1, "chunk_size": 1 << 20, "disk_reserve": 0, "shutdown_grace": 0,
        **backends.settings("s3"),
    }  # fmt: skip
    owner = Service(tmp_path / "owner" / "data", real_engine=True, **shared)
    other = Service(tmp_path / "other" / "data", real_engine=True, kind="worker", **shared)
    try:
        yield owner, other
    finally:
        owner.kill()
        other.kill()


def worker_of(service: Service, lock: Path) -> psutil.Process:
    """The process that is at work on the import."""
    assert service.process is not None
    for child in psutil.Process(service.process.pid).children(recursive=True):
        if any(file.path == str(lock) for file in child.open_files()):
            return child
    raise LookupError(lock)


def bucket_files(service: Service) -> list[str]:
    """All that stands in the store."""
    return [path.as_posix() for path in backends.place(service.settings["store_url"]).rglob("*") if path.is_file()]


def test_a_machine_without_the_files_makes_parts_by_way_of_the_bucket(machines: tuple[Service, Service]) -> None:
    owner, other = machines
    owner.data_dir.mkdir(parents=True)
    owner.start()
    content = b"Name,Amount\n" + b"".join(b"Somebody %d,%d.5\n" % (n - n % 2 if n < 9 else n, n) for n in range(ROWS))
    with owner.client(owner.key()) as client:
        made = create(client, fields=FIELDS, settings={"invalidDataBehavior": "REMOVE_INVALID_ROWS"})
        upload(made, content)
        kept = owner.data_dir / "unfinished" / made["id"]
        until(lambda: (kept / "offer.json").exists(), 60)
        busy = worker_of(owner, kept / "lock")
        busy.suspend()
        other.take_secrets_of(owner)
        other.start()
        until(lambda: owner.log.read_text(encoding="utf-8").count("part_taken_back") >= 2, 60)
        busy.send_signal(signal.SIGCONT)
        done = wait(client, made["id"], 60)
        assert done["status"] == "SUCCESSFUL", done
        url = client.get(f"/headless/imports/{made['id']}/url/").json()["presigned_url"]
        rows = httpx.get(url).json()
    expected = [{"name": f"Somebody {n}", "amount": n + 0.5} for n in range(ROWS) if n >= 8]
    assert rows == expected
    until(lambda: not [path for path in bucket_files(owner) if "lent-" in path], 30)
    assert not (other.data_dir / "unfinished" / made["id"]).exists()

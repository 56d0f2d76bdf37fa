"""A process is ready when it could do what a request would need."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.config import Config
from headgate.db import Database
from headgate.imports.pool import Limits, WorkerPool
from headgate.operations.health import HealthService
from headgate.operations.readiness import Readiness


def readiness(database: Database, data_dir: Path) -> Readiness:
    pool = WorkerPool(1, Limits(1, 1))
    return Readiness(HealthService(Config(data_dir=data_dir), "1", database, pool), data_dir)


def test_a_service_in_order_is_ready_until_it_stops(database: Database, tmp_path: Path) -> None:
    ready = readiness(database, tmp_path)
    assert ready.missing() == []
    ready.stop()
    assert ready.missing() == ["stopping"]


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.sqlite", "postgresql+psycopg://h:p@127.0.0.1:1/none"])
def test_without_its_database_it_is_not_ready(tmp_path: Path, url: str) -> None:
    found = Database(url)
    assert readiness(found, tmp_path).missing() == ["database"]
    found.dispose()


def test_without_its_disk_it_is_not_ready(database: Database, tmp_path: Path) -> None:
    assert readiness(database, tmp_path / "gone").missing() == ["disk"]

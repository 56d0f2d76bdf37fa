"""Two real stores, each started once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from headgate.config import Config
from headgate.storage.s3 import Connection, S3BlobStore
from tests.s3_server import S3Server, start_moto, start_rclone


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = start_rclone(tmp_path_factory.mktemp("rclone"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = start_moto(tmp_path_factory.mktemp("moto"))
    yield server
    server.stop()


@pytest.fixture(params=["rclone", "moto"])
def server(request: pytest.FixtureRequest) -> S3Server:
    found: S3Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def config(server: S3Server) -> Config:
    """A prefix of its own for every test."""
    return Config(**server.settings(f"tests/{uuid.uuid4().hex}"))


@pytest.fixture
def store(config: Config, tmp_path: Path) -> S3BlobStore:
    return S3BlobStore(Connection(config), tmp_path / "data", 10_000_000)

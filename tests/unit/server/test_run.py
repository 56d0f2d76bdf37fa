"""What keeps a process from starting."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from headgate.config import Config, ConfigurationError
from headgate.db import Database, migrate
from headgate.server.run import prepare
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_machine_without_the_keys_of_encrypted_files_does_not_start_and_makes_none(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, encrypt_files=True)
    prepare(config)  # there are no tables yet
    database = Database(config.resolved_database_url)
    migrate(database)
    prepare(config)
    FileKeys(database, KeyRing(tmp_path)).create(uuid.uuid4())
    database.dispose()
    prepare(config)
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(ConfigurationError, match="from another machine"):
        prepare(config)
    assert not (tmp_path / FILE_NAME).exists()
    prepare(config.model_copy(update={"encrypt_files": False}))

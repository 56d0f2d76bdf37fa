"""What keeps a process from starting."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from headgate.accounts.service import AccountService
from headgate.config import Config, ConfigurationError
from headgate.db import Database, migrate, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status
from headgate.server.run import prepare
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing
from tests.postgres import Postgres

ROOT_KEYS = ("secret", "encryption-key")


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
    with pytest.raises(ConfigurationError, match=r"no file-keys.* another machine"):
        prepare(config)
    assert not (tmp_path / FILE_NAME).exists()
    prepare(config.model_copy(update={"encrypt_files": False}))


def test_a_machine_without_the_secrets_of_the_others_does_not_start_and_makes_none(
    postgres: Postgres, migrated_postgres: str, tmp_path: Path
) -> None:
    url = postgres.database(template=migrated_postgres)
    config = Config(data_dir=tmp_path / "data", database_url=url)
    prepare(config)  # nobody has any yet
    database = Database(url)
    organization, now = AccountService(database).default_organization(), utc_now()
    frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest="d", document={})
    with database.write() as session:
        session.add(frozen)
        session.flush()
        session.add(
            Import(
                id=uuid.uuid4(), organization_id=organization, schema_id=None, frozen_schema_id=frozen.id, status=Status.FAILED,
                kind="file", max_upload_size=1, created_at=now, modified_at=now,
            )
        )  # fmt: skip
    database.dispose()
    for name in ROOT_KEYS:
        with pytest.raises(ConfigurationError, match=f"has no {name}, which"):
            prepare(config)
        (config.data_dir / name).write_bytes(b"x" * 32)
    prepare(config)
    assert sorted(path.name for path in config.data_dir.iterdir()) == sorted(ROOT_KEYS)

"""Settings of organizations, and the sweep that deletes what they do not keep."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from headgate.accounts.audit import Action, Actor
from headgate.accounts.models import AuditEntry
from headgate.accounts.service import AccountService
from headgate.config import Config
from headgate.dashboard.settings import SettingsService
from headgate.db import Database, utc_now
from headgate.deletions import DeletionLedger
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.service import ImportService
from headgate.imports.states import Status
from headgate.imports.uploads import ActiveUploads
from headgate.retention import RetentionSweep
from headgate.schemas import SchemaService
from headgate.storage import LocalBlobStore
from headgate.storage.base import import_prefix


class NoJobs:
    """Nothing runs here."""

    def enqueue(self, import_id: uuid.UUID) -> None: ...

    def stop(self, import_id: uuid.UUID) -> None: ...


class Place:
    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.store, self.config = database, LocalBlobStore(folder), Config(data_dir=folder)
        ledger = DeletionLedger(database, self.store, b"secret")
        imports = ImportService(
            database, self.store, SchemaService(database), NoJobs(), ActiveUploads(), self.config, ledger
        )
        self.settings = SettingsService(database, self.config)
        self.retention = RetentionSweep(database, imports, ledger)
        self.organization = AccountService(database).create_organization("Keeps little")

    def add(self, days: int, status: Status, ended_days: int | None = None) -> uuid.UUID:
        identifier, frozen, now = uuid.uuid4(), uuid.uuid4(), utc_now()
        created = now - timedelta(days=days)
        ended = now - timedelta(days=days if ended_days is None else ended_days)
        values: dict[str, Any] = {"kind": "file", "max_upload_size": 1, "modified_at": created, "created_at": created}
        with self.database.write() as session:
            session.add(FrozenSchema(id=frozen, organization_id=self.organization, digest=frozen.hex, document={}))
            session.flush()
            session.add(
                Import(
                    id=identifier, organization_id=self.organization, frozen_schema_id=frozen, status=status,
                    finished_at=ended if status in {Status.SUCCESSFUL, Status.FAILED} else None, **values,
                )
            )  # fmt: skip
        self.store.put(f"{import_prefix(identifier)}/source", b"a,b\n1,2\n")
        return identifier

    def kept(self) -> set[uuid.UUID]:
        with self.database.read() as session:
            return set(session.scalars(select(Import.id)))


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


def test_without_a_setting_nothing_is_ever_deleted(place: Place) -> None:
    old = place.add(10_000, Status.SUCCESSFUL)
    place.retention.run()
    assert place.kept() == {old}


def test_ended_imports_go_with_their_files_after_their_time_and_all_others_stay(place: Place) -> None:
    place.settings.change(Actor(place.organization), {"retention_days": 30}, partly=False)
    done, failed = place.add(31, Status.SUCCESSFUL), place.add(40, Status.FAILED)
    stay = {
        place.add(29, Status.SUCCESSFUL),
        place.add(40, Status.SUCCESSFUL, ended_days=2),
        place.add(400, Status.NEEDS_REVIEW),
        place.add(400, Status.RUNNING),
    }
    place.retention.run()
    assert place.kept() == stay
    for gone in (done, failed):
        assert not place.store.exists(f"{import_prefix(gone)}/source")
    assert all(place.store.exists(f"{import_prefix(one)}/source") for one in stay)


def test_the_audit_log_says_that_settings_were_changed(place: Place) -> None:
    place.settings.change(Actor(place.organization), {"retention_days": 30}, partly=False)
    with place.database.read() as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.organization_id, entry.action) == (place.organization, Action.SETTINGS_CHANGED)


def test_what_one_organization_keeps_is_no_matter_of_another(place: Place) -> None:
    old = place.add(400, Status.SUCCESSFUL)
    other = AccountService(place.database).create_organization("Keeps nothing")
    place.settings.change(Actor(other), {"retention_days": 1}, partly=False)
    place.retention.run()
    assert place.kept() == {old}


def test_the_password_of_the_database_is_never_shown(database: Database) -> None:
    url = "postgresql+psycopg://headgate:geheim@db/headgate"
    config = Config(database_url=url, transform_key="sk-secret")  # type: ignore[arg-type]  # read from text
    shown = SettingsService(database, config).configuration()
    assert "geheim" not in str(shown)
    assert "sk-secret" not in str(shown)
    assert {one["name"] for one in shown if one["set"]} == {"database_url", "transform_key"}


def test_a_change_of_some_settings_leaves_the_others(place: Place) -> None:
    actor = Actor(place.organization)
    place.settings.change(actor, {"retention_days": 30}, partly=True)
    place.settings.change(actor, {}, partly=True)
    assert place.settings.get(place.organization)[0].retention_days == 30
    place.settings.change(actor, {"retention_days": None}, partly=True)
    assert place.settings.get(place.organization)[0].retention_days is None
    place.settings.change(actor, {"retention_days": 30}, partly=True)
    place.settings.change(actor, {}, partly=False)
    assert place.settings.get(place.organization)[0].retention_days is None

"""When a file that was not found counts as gone: over time, by more than one look, and never because of the store's own trouble."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.errors import FileMissingError, StorageUnavailableError
from headgate.imports.missing import WRONG_STORE_SECONDS, MissingFiles, kind_of
from headgate.imports.models import FrozenSchema, Import
from headgate.storage import LocalBlobStore
from headgate.storage.base import import_prefix

PATIENCE = 600.0


class Place:
    """A store, a database with imports, and a clock that is set."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.root = root
        self.store = LocalBlobStore(root)
        self.time = 1000.0
        self.told: list[str] = []
        self.missing = MissingFiles(database, self.store, PATIENCE, lambda: self.time)
        self.missing.on_missing = self.told.append
        self.organization = AccountService(database).default_organization()

    def add(self) -> tuple[uuid.UUID, str]:
        """An import with its file; its id and the key."""
        import_id, now = uuid.uuid4(), utc_now()
        key = f"{import_prefix(import_id)}/source-1"
        self.store.put(key, b"name")
        frozen = FrozenSchema(
            id=uuid.uuid4(), organization_id=self.organization, digest=import_id.hex, document={"fields": []}
        )
        row = Import(
            id=import_id, organization_id=self.organization, frozen_schema_id=frozen.id, status="PENDING", kind="file",
            max_upload_size=1, created_at=now, modified_at=now, source_key=key,
        )  # fmt: skip
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)
        return import_id, key

    def is_judged_gone(self, import_id: uuid.UUID, key: str, later: float = 0) -> bool:
        self.time += later
        try:
            self.missing.judge(import_id, FileMissingError(key))
        except FileMissingError:
            return False
        return True


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


def test_a_file_that_is_missing_for_long_enough_is_gone(place: Place) -> None:
    place.add()
    lost, key = place.add()
    place.store.delete(key)
    looks = [place.is_judged_gone(lost, key, 15) for _ in range(42)]
    assert looks.index(True) == PATIENCE / 15
    assert place.told == ["source"]


def test_one_look_at_which_it_is_there_begins_the_time_anew(place: Place) -> None:
    place.add()
    lost, key = place.add()
    place.store.delete(key)
    assert not place.is_judged_gone(lost, key)
    place.store.put(key, b"name")
    assert not place.is_judged_gone(lost, key, PATIENCE)
    place.store.delete(key)
    assert not place.is_judged_gone(lost, key, PATIENCE)
    assert place.is_judged_gone(lost, key, PATIENCE)


def test_an_import_that_found_its_file_meanwhile_is_not_suspected_any_more(place: Place) -> None:
    place.add()
    lost, key = place.add()
    place.store.delete(key)
    assert not place.is_judged_gone(lost, key)
    place.missing.found(key)
    assert not place.is_judged_gone(lost, key, PATIENCE)


def test_a_store_that_cannot_be_looked_into_begins_the_time_anew(place: Place) -> None:
    place.add()
    lost, key = place.add()
    place.store.delete(key)
    assert not place.is_judged_gone(lost, key)
    (place.root / "files").rename(place.root / "unmounted")
    assert not place.is_judged_gone(lost, key, PATIENCE)
    (place.root / "unmounted").rename(place.root / "files")
    assert not place.is_judged_gone(lost, key, PATIENCE)
    assert place.told == []


def test_a_store_that_lacks_all_files_is_believed_after_a_day_only(place: Place) -> None:
    others = [place.add() for _ in range(3)]
    lost, key = place.add()
    shutil.rmtree(place.root / "files")
    (place.root / "files").mkdir()
    assert not place.is_judged_gone(lost, key)
    waited = 0.0
    while waited + PATIENCE < WRONG_STORE_SECONDS:
        waited += PATIENCE
        assert not place.is_judged_gone(lost, key, PATIENCE)
    place.store.put(others[0][1], b"restored")
    assert place.is_judged_gone(lost, key), "now the store is known to be the right one"


def test_a_restarted_process_counts_anew(place: Place) -> None:
    place.add()
    lost, key = place.add()
    place.store.delete(key)
    assert not place.is_judged_gone(lost, key)
    place.missing = MissingFiles(place.database, place.store, PATIENCE, lambda: place.time)
    assert not place.is_judged_gone(lost, key, PATIENCE)


def test_with_no_patience_the_first_look_decides(place: Place) -> None:
    lost, key = place.add()
    place.store.delete(key)
    place.missing = MissingFiles(place.database, place.store, 0)
    assert place.is_judged_gone(lost, key)


def test_whoever_wants_a_file_now_is_told_that_it_is_gone_and_the_operator_too(place: Place) -> None:
    lost, key = place.add()
    place.missing.check(lost, key)
    place.store.delete(key)
    with pytest.raises(FileMissingError, match="Ask the operator"):
        place.missing.check(lost, key)
    assert place.told == ["source"]


def test_whoever_wants_a_file_of_a_disk_that_is_away_is_not_told_that_it_is_gone(place: Place) -> None:
    lost, key = place.add()
    shutil.rmtree(place.root / "files")
    with pytest.raises(StorageUnavailableError):
        place.missing.check(lost, key)
    assert place.told == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("source-1f", "source"),
        ("run-00ff/outcome/result.json", "result"),
        ("outcome/result.json", "result"),
        ("review/delta-4", "review"),
    ],
)
def test_a_key_says_what_kind_of_file_it_is(name: str, kind: str) -> None:
    assert kind_of(f"{import_prefix(uuid.uuid4())}/{name}") == kind

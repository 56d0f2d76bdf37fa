"""Noticing what arrived in the store: on time whatever else goes on. The whole way, with a real store, is in test_s3.py."""

from __future__ import annotations

import io
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.errors import StorageUnavailableError
from headgate.imports.arrivals import AT_ONCE, LARGE, LARGE_AT_ONCE, ArrivalWatcher
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.uploads import ActiveUploads
from headgate.storage import Arrival, DirectAccess, LocalBlobStore

PATIENCE = 60.0
"""Seconds after which a test fails that waits for something."""
NEVER = 3600.0


class Bucket(DirectAccess):
    """A store in which files lie. `held`: copies of large ones wait for that; `listed` counts the looks."""

    origin = "https://files.example.com"

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self.held = threading.Event()
        self.looks = threading.Semaphore(0)
        self.failures = 0
        self.before_look: Callable[[], object] = lambda: None

    def upload_url(self, import_id: object, seconds: int) -> str:
        return f"{self.origin}/{import_id}"

    def download_url(self, key: str, filename: str, media_type: str, seconds: int) -> str:
        return f"{self.origin}/{key}"

    def open_arrival(self, import_id: object) -> BinaryIO:
        return io.BytesIO(b"")

    def arrivals(self) -> Iterator[Arrival]:
        self.before_look()
        self.looks.release()
        for name, size in list(self.files.items()):
            yield Arrival(name, size, 0.0)

    def take(self, import_id: object, key: str) -> int:
        size = self.files[str(import_id)]
        if size > LARGE:
            assert self.held.wait(PATIENCE)
        if self.failures:
            self.failures -= 1
            raise StorageUnavailableError
        return size

    def drop(self, import_id: object) -> None:
        self.files.pop(str(import_id), None)


class Place:
    """A watcher over imports that wait, and what it said of them."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.bucket = Bucket()
        self.store = LocalBlobStore(root)
        self.organization = AccountService(database).default_organization()
        self.accepted: dict[uuid.UUID, threading.Event] = {}

    def watcher(self, interval: float) -> ArrivalWatcher:
        return ArrivalWatcher(self.database, self.store, self.bucket, self, ActiveUploads(self.bucket), interval)

    def enqueue(self, import_id: uuid.UUID) -> None:
        self.accepted[import_id].set()

    def stop(self, import_id: uuid.UUID) -> None:
        """Nothing runs here."""

    def put(self, size: int = 1) -> threading.Event:
        """A file for a new import; is set once it is accepted."""
        import_id, now = uuid.uuid4(), utc_now()
        frozen = FrozenSchema(
            id=uuid.uuid4(), organization_id=self.organization, digest=import_id.hex, document={"fields": []}
        )
        row = Import(
            id=import_id, organization_id=self.organization, frozen_schema_id=frozen.id, status="AWAITING_UPLOAD",
            kind="file", max_upload_size=2 * LARGE, created_at=now, modified_at=now,
            upload_expires_at=now + timedelta(hours=1),
        )  # fmt: skip
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)
        self.accepted[import_id] = threading.Event()
        self.bucket.files[str(import_id)] = size
        return self.accepted[import_id]


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


@pytest.fixture
def watching(place: Place) -> Iterator[Callable[[float], ArrivalWatcher]]:
    """Starts a watcher with that interval."""
    running: list[ArrivalWatcher] = []

    def start(interval: float) -> ArrivalWatcher:
        running.append(place.watcher(interval))
        running[-1].start()
        return running[-1]

    yield start
    place.bucket.held.set()
    for one in running:
        one.close()


Watching = Callable[[float], ArrivalWatcher]


def test_large_files_that_are_copied_keep_no_other_waiting(place: Place, watching: Watching) -> None:
    large = [place.put(LARGE + 1) for _ in range(AT_ONCE + LARGE_AT_ONCE)]
    small = [place.put() for _ in range(3)]
    watching(0.1)
    assert all(one.wait(PATIENCE) for one in small)
    assert not any(one.is_set() for one in large)
    place.bucket.held.set()
    assert all(one.wait(PATIENCE) for one in large)


def test_who_is_woken_looks_at_once_however_long_the_interval_is(place: Place, watching: Watching) -> None:
    watcher = watching(NEVER)
    arrived = place.put()
    watcher.wake()
    assert arrived.wait(PATIENCE)


def test_what_wakes_during_a_look_is_not_forgotten(place: Place) -> None:
    watcher = place.watcher(NEVER)

    def arrive_too_late() -> None:
        place.bucket.before_look = lambda: None
        watcher.wake()

    place.bucket.before_look = arrive_too_late
    watcher.start()
    watcher.wake()
    assert place.bucket.looks.acquire(timeout=PATIENCE)
    assert place.bucket.looks.acquire(timeout=PATIENCE), "it looked again"
    watcher.close()


def test_a_file_that_could_not_be_taken_is_tried_again_before_the_next_look_is_due(
    place: Place, watching: Watching
) -> None:
    place.bucket.failures = 1
    arrived = place.put()
    watching(NEVER).wake()
    assert arrived.wait(PATIENCE)

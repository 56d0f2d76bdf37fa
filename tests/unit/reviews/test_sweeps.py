"""Prepared states of reviews go when nobody needs them, and only then."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status
from headgate.reviews.sweeps import ReviewSweeps

LIFETIME = 3600


class Bench:
    """A directory of states, and imports that they are of."""

    def __init__(self, database: Database, directory: Path) -> None:
        self.database = database
        self.directory = directory
        self.open: set[uuid.UUID] = set()
        self.organization = AccountService(database).default_organization()

    def state(self, status: Status | None, *, age: float = 0, submitted: int | None = None) -> Path:
        """The state of an import with that status (None: the import is gone), last changed `age` seconds ago."""
        import_id = uuid.uuid4()
        if status is not None:
            self._add(import_id, status, submitted)
        return self.directory_of(str(import_id), age)

    def directory_of(self, name: str, age: float) -> Path:
        directory = self.directory / name
        directory.mkdir(parents=True)
        (directory / "manifest.json").write_text("{}")
        changed = time.time() - age
        for path in (directory / "manifest.json", directory):
            os.utime(path, (changed, changed))
        return directory

    def sweep(self) -> None:
        ReviewSweeps(self.database, self.open.__contains__, self.directory, LIFETIME).remove_unneeded()

    def _add(self, import_id: uuid.UUID, status: Status, submitted: int | None) -> None:
        now = utc_now()
        frozen = FrozenSchema(id=uuid.uuid4(), organization_id=self.organization, digest=str(import_id), document={})
        row = Import(
            id=import_id, organization_id=self.organization, schema_id=None, frozen_schema_id=frozen.id, status=status,
            kind="file", max_upload_size=1, created_at=now, modified_at=now, submitted_seq=submitted,
        )  # fmt: skip
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path / "reviews")


@pytest.mark.parametrize("status", [Status.SUCCESSFUL, Status.FAILED, None])
def test_the_state_of_an_import_that_ended_or_is_gone_goes_at_once(bench: Bench, status: Status | None) -> None:
    state = bench.state(status)
    bench.sweep()
    assert not state.exists()


@pytest.mark.parametrize("status", [Status.NEEDS_REVIEW, Status.RUNNING])
def test_a_state_that_was_used_lately_stays(bench: Bench, status: Status) -> None:
    state = bench.state(status, age=LIFETIME - 60)
    bench.sweep()
    assert state.exists()


def test_a_state_that_was_long_left_alone_goes(bench: Bench) -> None:
    state = bench.state(Status.NEEDS_REVIEW, age=LIFETIME + 60)
    bench.sweep()
    assert not state.exists()


def test_a_state_whose_newest_file_is_new_was_not_left_alone(bench: Bench) -> None:
    state = bench.state(Status.NEEDS_REVIEW, age=LIFETIME + 60)
    (state / "cells.arrow").write_bytes(b"")
    os.utime(state, (0, 0))
    bench.sweep()
    assert state.exists()


def test_the_state_of_a_review_that_was_submitted_stays_however_long_it_waits(bench: Bench) -> None:
    state = bench.state(Status.NEEDS_REVIEW, age=LIFETIME + 60, submitted=3)
    bench.sweep()
    assert state.exists()


def test_a_state_in_use_stays_whatever_its_import_is(bench: Bench) -> None:
    state = bench.state(Status.SUCCESSFUL, age=LIFETIME + 60)
    bench.open.add(uuid.UUID(state.name))
    bench.sweep()
    assert state.exists()


def test_what_a_build_left_behind_goes_once_it_is_old(bench: Bench) -> None:
    old, new = bench.directory_of("building-1", LIFETIME + 60), bench.directory_of("building-2", 0)
    bench.sweep()
    assert (old.exists(), new.exists()) == (False, True)


def test_without_a_directory_there_is_nothing_to_do(bench: Bench) -> None:
    bench.sweep()
    assert not bench.directory.exists()

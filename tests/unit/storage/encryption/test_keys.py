"""Keys of imports: wrapped, rotated, deleted."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select, update

from headgate.db import Database
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing, MissingKeyError
from headgate.storage.models import ImportKey

IMPORT = uuid.uuid4()


def test_an_import_keeps_its_key(keys: FileKeys) -> None:
    keys.create(IMPORT)
    key = keys.of(IMPORT)
    assert key is not None
    assert len(key) == 32
    keys.create(IMPORT)
    assert keys.of(IMPORT) == key
    assert keys.of(uuid.uuid4()) is None


def test_neither_key_stands_readable_in_the_database(keys: FileKeys, database: Database, tmp_path: Path) -> None:
    keys.create(IMPORT)
    key, wrapping = keys.of(IMPORT), bytes.fromhex((tmp_path / FILE_NAME).read_text().strip())
    with database.read() as session:
        row = session.get_one(ImportKey, IMPORT)
    assert key is not None
    assert key not in row.wrapped
    assert wrapping not in row.wrapped
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_after_a_new_wrapping_key_the_old_one_is_gone_and_files_stay_readable(
    keys: FileKeys, ring: KeyRing, tmp_path: Path
) -> None:
    imports = [uuid.uuid4() for _ in range(3)]
    for one in imports:
        keys.create(one)
    before, (name, _) = [keys.of(one) for one in imports], ring.current()
    assert keys.rewrap() == 3
    assert [keys.of(one) for one in imports] == before
    with pytest.raises(MissingKeyError):
        ring.get(name)
    assert len((tmp_path / FILE_NAME).read_text().split()) == 1


def test_a_rotation_that_was_cut_off_loses_nothing(keys: FileKeys, ring: KeyRing) -> None:
    keys.create(IMPORT)
    key = keys.of(IMPORT)
    ring.add()
    assert keys.of(IMPORT) == key
    assert keys.rewrap() == 1
    assert keys.of(IMPORT) == key


def test_a_key_that_was_deleted_is_gone_at_once(keys: FileKeys) -> None:
    keys.create(IMPORT)
    keys.forget(IMPORT)
    assert keys.of(IMPORT) is None


def test_a_key_of_one_import_opens_no_other(keys: FileKeys, database: Database) -> None:
    other = uuid.uuid4()
    keys.create(IMPORT)
    keys.create(other)
    with database.write() as session:
        wrapped = session.scalar(select(ImportKey.wrapped).where(ImportKey.import_id == IMPORT))
        session.execute(update(ImportKey).where(ImportKey.import_id == other).values(wrapped=wrapped))
    with pytest.raises(MissingKeyError):
        keys.of(other)


def test_without_the_wrapping_key_the_message_says_what_to_do(keys: FileKeys, tmp_path: Path) -> None:
    keys.create(IMPORT)
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(MissingKeyError, match="from a backup"):
        keys.of(IMPORT)

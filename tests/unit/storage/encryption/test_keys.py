"""Keys of imports: wrapped, rotated, deleted."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select, update

from headgate.db import Database
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing, MissingKeyError
from headgate.storage.encryption.keys import KEY_BYTES, name_of
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


def test_where_each_machine_has_a_copy_of_the_keys_a_new_one_comes_without_losing_a_file(
    database: Database, tmp_path: Path
) -> None:
    """The way of docs/privacy.md, with an import that begins on the other machine at every step."""
    homes = [tmp_path / "a", tmp_path / "b"]
    old, new = ("ab" * KEY_BYTES, "cd" * KEY_BYTES)
    keys = [FileKeys(database, KeyRing(home)) for home in homes]
    known: dict[uuid.UUID, bytes | None] = {}

    def put(home: Path, *lines: str) -> None:
        home.mkdir(exist_ok=True)
        (home / FILE_NAME).write_text("\n".join(lines))
        for writer in keys[: 1 + (homes[1] / FILE_NAME).exists()]:
            one = uuid.uuid4()
            writer.create(one)
            known[one] = writer.of(one)
        for reader in keys[: 1 + (homes[1] / FILE_NAME).exists()]:
            assert {one: reader.of(one) for one in known} == known

    for lines in ((old,), (new, old), (old, new)):
        for home in homes:
            put(home, *lines)
    assert keys[0].rewrap_by_newest() > 0
    assert set(keys[1].wrapped_by()) == {name_of(bytes.fromhex(new))}
    for home in homes:
        put(home, new)


def test_keys_are_not_wrapped_anew_where_one_of_those_that_are_needed_is_missing(
    keys: FileKeys, tmp_path: Path
) -> None:
    with pytest.raises(MissingKeyError, match="no wrapping key"):
        keys.rewrap_by_newest()
    keys.create(IMPORT)
    before = keys.wrapped_by()
    (tmp_path / FILE_NAME).write_text("ab" * KEY_BYTES)
    with pytest.raises(MissingKeyError, match="from a backup"):
        keys.rewrap_by_newest()
    assert keys.wrapped_by() == before


@pytest.mark.parametrize("content", ["", "no key", "ab" * 16, "\xe4"])
def test_a_file_that_holds_no_keys_is_told_as_such(keys: FileKeys, tmp_path: Path, content: str) -> None:
    keys.create(IMPORT)
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    with pytest.raises(MissingKeyError, match="hexadecimal"):
        keys.of(IMPORT)

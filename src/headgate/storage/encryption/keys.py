"""Keys: a random one for the files of each import, wrapped (AES-256-GCM) by one that stands beside the database."""

from __future__ import annotations

import hashlib
import os
import secrets
import uuid
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func, select, update

from headgate.db import Database, insert_for, utc_now
from headgate.storage.models import ImportKey

FILE_NAME = "file-keys"
"""In the data directory: wrapping keys in hexadecimal, a line each, the newest last."""
KEY_BYTES = 32
NONCE_BYTES = 12
BATCH = 500


class MissingKeyError(Exception):
    """The wrapping key of an import's files is not there. The message says what to do."""


class KeyRing:
    """The wrapping keys. The file is read whenever one is needed, so that a new one counts at once in every process."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME

    def exists(self) -> bool:
        """Whether there ever was a key."""
        return self._path.exists()

    def current(self) -> tuple[str, bytes]:
        """The newest key with its name; the first one is made here."""
        if not self._path.exists():
            self._write([secrets.token_bytes(KEY_BYTES)], first=True)
        keys = self._read()
        name = list(keys)[-1]
        return name, keys[name]

    def get(self, name: str) -> bytes:
        """A key by its name. Raises MissingKeyError."""
        key = self._read().get(name) if self._path.exists() else None
        if key is None:
            raise MissingKeyError(
                f"{self._path} has no key {name}, which encrypts stored files. Put the file back from a backup."
            )
        return key

    def add(self) -> str:
        """Make a key that counts from now on; gives its name."""
        if self._path.exists():
            self._write([*self._read().values(), secrets.token_bytes(KEY_BYTES)])
        return self.current()[0]

    def drop_others(self) -> None:
        """Forget all keys but the newest, for good."""
        self._write([self.current()[1]])

    def _read(self) -> dict[str, bytes]:
        try:
            keys = [bytes.fromhex(line) for line in self._path.read_text("ascii").split()]
        except ValueError:
            keys = []
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise MissingKeyError(
                f"{self._path} does not hold keys: lines of {2 * KEY_BYTES} hexadecimal digits. Put the file back from a backup."
            )
        return {name_of(key): key for key in keys}

    def _write(self, keys: list[bytes], *, first: bool = False) -> None:
        candidate = self._path.with_name(f".{FILE_NAME}-{secrets.token_hex(8)}")
        descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{key.hex()}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        if not first:
            candidate.replace(self._path)
            return
        try:
            os.link(candidate, self._path)  # unlike a rename, fails when another process was quicker
        except FileExistsError:
            pass
        finally:
            candidate.unlink()


class FileKeys:
    """The keys of imports. None is held in memory: one that was deleted is dead at once, in every process."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self._database = database
        self._ring = ring

    def create(self, import_id: uuid.UUID) -> None:
        """Make the key of an import, unless it has one."""
        key = AESGCM.generate_key(256)
        while True:
            name, wrapping = self._ring.current()
            values = {"wrapping_key": name, "wrapped": _wrap(wrapping, import_id, key), "created_at": utc_now()}
            with self._database.write() as session:
                new = insert_for(session, ImportKey).values(import_id=import_id, **values)
                session.execute(new.on_conflict_do_nothing())
            if self._ring.current()[0] == name:
                return
            with self._database.write() as session:  # a new wrapping key came in between, and may not have seen it
                session.execute(delete(ImportKey).where(ImportKey.import_id == import_id))

    def of(self, import_id: uuid.UUID) -> bytes | None:
        """The key of an import; None when its files are not encrypted. Raises MissingKeyError."""
        row = self._find(import_id)
        if row is None:
            return None
        try:
            return _unwrap(self._ring.get(row.wrapping_key), row)
        except MissingKeyError:
            now = self._find(import_id)
            if now is None or now.wrapping_key == row.wrapping_key:
                raise
            return _unwrap(self._ring.get(now.wrapping_key), now)  # it was wrapped anew in between

    def forget(self, import_id: uuid.UUID) -> None:
        """Delete the key of an import: its files are dead from then on, wherever copies of them are."""
        with self._database.write() as session:
            session.execute(delete(ImportKey).where(ImportKey.import_id == import_id))

    def rewrap(self) -> int:
        """Wrap all keys by a new wrapping key, and forget the old ones; gives how many. It may be begun again at any time."""
        count = self._rewrap_by(self._ring.add())
        self._ring.drop_others()
        return count

    def rewrap_by_newest(self) -> int:
        """Wrap all keys by the newest wrapping key that is there, and forget none; gives how many.

        For machines that each have a copy of the wrapping keys, which nobody but the operator can change everywhere. Raises
        MissingKeyError, before anything is changed, where there is none or one is missing here that some keys are wrapped by.
        """
        if not self._ring.exists():
            raise MissingKeyError("There is no wrapping key here yet, so there is nothing to wrap anew.")
        for name in self.wrapped_by():
            self._ring.get(name)
        return self._rewrap_by(self._ring.current()[0])

    def wrapped_by(self) -> dict[str, int]:
        """The names of the wrapping keys that are needed, with how many keys of imports each wraps."""
        counted = select(ImportKey.wrapping_key, func.count()).group_by(ImportKey.wrapping_key)
        with self._database.read() as session:
            found: dict[str, int] = dict(session.execute(counted).all())
        return found

    def _rewrap_by(self, name: str) -> int:
        wrapping, count = self._ring.get(name), 0
        others = select(ImportKey).where(ImportKey.wrapping_key != name).limit(BATCH)
        while True:
            with self._database.write() as session:
                rows = list(session.scalars(others))
                for row in rows:
                    key = _unwrap(self._ring.get(row.wrapping_key), row)
                    session.execute(
                        update(ImportKey)
                        .where(ImportKey.import_id == row.import_id)
                        .values(wrapping_key=name, wrapped=_wrap(wrapping, row.import_id, key))
                        .execution_options(synchronize_session=False)
                    )
            count += len(rows)
            if not rows:
                return count

    def _find(self, import_id: uuid.UUID) -> ImportKey | None:
        with self._database.read() as session:
            return session.get(ImportKey, import_id)


def name_of(key: bytes) -> str:
    """What a wrapping key is called in the database."""
    return hashlib.sha256(key).hexdigest()[:16]


def _unwrap(wrapping: bytes, row: ImportKey) -> bytes:
    """Raises MissingKeyError when it was wrapped by another key, or for another import."""
    try:
        return AESGCM(wrapping).decrypt(row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:], row.import_id.bytes)
    except InvalidTag:
        raise MissingKeyError(f"The key of the files of import {row.import_id} is damaged.") from None


def _wrap(wrapping: bytes, import_id: uuid.UUID, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, import_id.bytes)

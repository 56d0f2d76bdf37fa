"""Creating an import: its rows are stored before it, and go only when it is sure that it is not there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy.exc import OperationalError

from headgate.accounts.service import AccountService
from headgate.config import Config
from headgate.db import Database
from headgate.imports.service import ImportService
from headgate.imports.uploads import ActiveUploads
from headgate.schemas import SchemaService
from headgate.storage.local import LocalBlobStore
from headgate.web import JsonBody, parse_json

BODY = {"fields": [{"label": "Name", "key": "name"}], "initial_data": [{"name": "Ada"}]}


class NoJobs:
    """Nobody runs what is created here."""

    def enqueue(self, import_id: uuid.UUID) -> None: ...

    def stop(self, import_id: uuid.UUID) -> None: ...


@pytest.fixture
def store(tmp_path: Path) -> LocalBlobStore:
    return LocalBlobStore(tmp_path)


@pytest.fixture
def imports(database: Database, store: LocalBlobStore, tmp_path: Path) -> ImportService:
    config = Config(data_dir=tmp_path)
    return ImportService(
        database, store, SchemaService(database), NoJobs(), ActiveUploads(), config, lambda _: None, admit=lambda: None
    )


def create(imports: ImportService, database: Database, key: str) -> Any:
    raw = orjson.dumps(BODY)
    row, _ = imports.create(AccountService(database).default_organization(), JsonBody(parse_json(raw), raw), key)
    return row


def losing_the_answer(insert: Callable[..., Any]) -> Callable[..., Any]:
    """The connection breaks when the import is there, before anybody is told."""

    def lost(*arguments: Any) -> Any:
        insert(*arguments)
        raise OperationalError("COMMIT", {}, ConnectionError("server closed the connection unexpectedly"))

    return lost


def test_an_import_whose_commit_was_not_answered_keeps_its_rows(
    imports: ImportService, database: Database, store: LocalBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(imports, "_insert", losing_the_answer(imports._insert))
        with pytest.raises(OperationalError):
            create(imports, database, "the-same-key")
    again = create(imports, database, "the-same-key")
    assert store.exists(again.source_key), "whoever asks again gets the import, and it can run"


def test_an_import_that_cannot_be_written_leaves_nothing(
    imports: ImportService, database: Database, store: LocalBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(imports, "_insert", broken)
    with pytest.raises(RuntimeError):
        create(imports, database, "a-key")
    assert list(store.import_ids()) == []

"""Backups come back whole, or are refused; an interrupted one leaves the one before it as it was."""

from __future__ import annotations

import base64
import uuid
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from headgate.accounts.service import AccountService
from headgate.config import Config
from headgate.db import Database, migrate, utc_now
from headgate.memory.models import LearnedMatch
from headgate.operations import backup as backup_module
from headgate.operations.backup import MANIFEST, UNFINISHED, BackupError, back_up, restore
from headgate.reviews.models import ReviewChange
from headgate.storage import LocalBlobStore, Sealer, load_secret


class Installation:
    """A data directory with something in every kind of place."""

    def __init__(self, path: Path) -> None:
        self.config = Config(data_dir=path)
        self.store = LocalBlobStore(path)
        self.database = Database(self.config.resolved_database_url)
        migrate(self.database)
        load_secret(path)
        self.sealed = Sealer(path).seal("the webhook's secret")
        self.accounts = AccountService(self.database)
        self.key = self.accounts.create_key("kept").key
        self.put("imports/aa/source", b"name\nAda\n")
        self.put("imports/bb/outcome/result.json", b"[]")

    def put(self, key: str, content: bytes) -> None:
        self.store.put(key, content)

    def back_up(self, target: Path) -> backup_module.Backup:
        return back_up(self.config, self.database, target, lambda _: None)


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data")


def content(store: LocalBlobStore, key: str) -> bytes:
    with store.open(key) as file:
        return file.read()


def restored(source: Path, data_dir: Path) -> Config:
    config = Config(data_dir=data_dir)
    restore(config, source, lambda _: None)
    return config


def test_everything_that_is_kept_comes_back(installed: Installation, tmp_path: Path) -> None:
    done = installed.back_up(tmp_path / "backup")
    assert (done.files, done.copied) == (2, 2)
    config = restored(tmp_path / "backup", tmp_path / "new")
    store, database = LocalBlobStore(config.data_dir), Database(config.resolved_database_url)
    assert content(store, "imports/aa/source") == b"name\nAda\n"
    assert AccountService(database).authenticate(installed.key) is not None
    assert Sealer(config.data_dir).open(installed.sealed) == "the webhook's secret"
    assert load_secret(config.data_dir) == load_secret(installed.config.data_dir)
    assert not (config.data_dir / UNFINISHED).exists()
    database.dispose()


def test_every_kind_of_value_comes_back_as_it_was(installed: Installation, tmp_path: Path) -> None:
    with installed.database.write() as session:
        organization = installed.accounts.default_organization()
        session.add(
            LearnedMatch(
                id=uuid.uuid4(), organization_id=organization, import_identifier="x", kind="header",
                **_match("Größe \u0000 \U0001f600 \"'\n"),
            )
        )  # fmt: skip
    installed.back_up(tmp_path / "backup")
    config = restored(tmp_path / "backup", tmp_path / "new")
    database = Database(config.resolved_database_url)
    for name in ("organizations", "api_keys", "learned_matches"):
        rows = []
        for one in (installed.database, database):
            tables = MetaData()
            tables.reflect(one.engine)
            with one.read() as session:
                rows.append(sorted(map(repr, session.execute(select(tables.tables[name])))))
        assert rows[0] == rows[1]
        assert rows[0]
    database.dispose()


def _match(text: str) -> dict[str, object]:
    columns = LearnedMatch.__table__.columns
    values: dict[str, object] = {}
    for column in columns:
        if column.name in ("id", "organization_id", "import_identifier", "kind") or column.nullable:
            continue
        kind = column.type.python_type if not hasattr(column.type, "impl") else None
        values[column.name] = text if kind is str else 3 if kind is int else utc_now()
    return values


def test_a_second_backup_copies_only_what_is_new_and_drops_what_is_gone(
    installed: Installation, tmp_path: Path
) -> None:
    target = tmp_path / "backup"
    installed.back_up(target)
    installed.put("imports/cc/source", b"new")
    installed.store.delete_tree("imports/aa")
    done = installed.back_up(target)
    assert (done.files, done.copied) == (2, 1)
    assert len(list(target.glob("state-*"))) == 1
    store = LocalBlobStore(restored(target, tmp_path / "new").data_dir)
    assert not store.exists("imports/aa")
    assert content(store, "imports/bb/outcome/result.json") == b"[]"
    assert content(store, "imports/cc/source") == b"new"


def test_an_interrupted_backup_leaves_the_one_before_it(
    installed: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup"
    installed.back_up(target)
    for step in ("_copy", "dump_tables", "_write_list", "_write_manifest"):
        installed.put(f"imports/{step.strip('_')}/source", b"later")
        installed.put("imports/bb/outcome/result.json", step.encode())
        with monkeypatch.context() as patch:
            patch.setattr(backup_module, step, _interrupted)
            with pytest.raises(KeyboardInterrupt):
                installed.back_up(target)
    store = LocalBlobStore(restored(target, tmp_path / "new").data_dir)
    assert content(store, "imports/bb/outcome/result.json") == b"[]"
    assert not store.exists("imports/copy")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_file_that_is_deleted_while_it_is_copied_is_left_out(
    installed: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup_module._copy

    def deleted_first(source: Path, target: Path) -> None:
        if "aa" in source.parts:
            source.unlink(missing_ok=True)
        copy(source, target)

    monkeypatch.setattr(backup_module, "_copy", deleted_first)
    assert installed.back_up(tmp_path / "backup").files == 1
    monkeypatch.undo()
    restored(tmp_path / "backup", tmp_path / "new")


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "file"])
def test_a_damaged_backup_is_refused_and_no_service_starts_on_what_it_left(
    installed: Installation, tmp_path: Path, damage: str
) -> None:
    target = tmp_path / "backup"
    installed.back_up(target)
    table = next(target.glob("state-*/tables/api_keys.ndjson.gz"))
    if damage == "cut":
        table.write_bytes(table.read_bytes()[:-20])
    elif damage == "changed":
        table.write_bytes(base64.b64decode("H4sIAAAAAAAA") + table.read_bytes()[9:])
        table.write_bytes(table.read_bytes()[:-1] + b"\x01")
    elif damage == "missing":
        table.unlink()
    else:
        next(target.rglob("source")).unlink()
    with pytest.raises(BackupError, match="damaged"):
        restored(target, tmp_path / "new")
    assert (tmp_path / "new" / UNFINISHED).exists()


def test_nothing_is_written_over(installed: Installation, tmp_path: Path) -> None:
    installed.back_up(tmp_path / "backup")
    with pytest.raises(BackupError, match="not empty"):
        restored(tmp_path / "backup", installed.config.data_dir)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(BackupError, match="neither empty nor a backup"):
        installed.back_up(tmp_path / "other")
    with pytest.raises(BackupError, match="is no backup"):
        restored(tmp_path / "other", tmp_path / "new")


def test_a_backup_of_a_newer_version_is_refused(installed: Installation, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    installed.back_up(target)
    manifest = target / MANIFEST
    manifest.write_text(manifest.read_text().replace('"revision": "0', '"revision": "9'))
    with pytest.raises(BackupError, match="newer than this one"):
        restored(target, tmp_path / "new")


def test_files_in_a_bucket_stay_there_and_the_backup_says_so(installed: Installation, tmp_path: Path) -> None:
    bucket = installed.config.model_copy(update={"store_url": "s3://files/here"})
    done = back_up(bucket, installed.database, tmp_path / "backup", lambda _: None)
    assert done.store == "s3://files/here"
    with pytest.raises(BackupError, match=r"files of this backup are in s3://files/here. Set store_url"):
        restored(tmp_path / "backup", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    again = bucket.model_copy(update={"data_dir": tmp_path / "new"})
    assert restore(again, tmp_path / "backup", lambda _: None).rows == done.rows


def test_backups_are_for_their_owner_only(installed: Installation, tmp_path: Path) -> None:
    installed.back_up(tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert ReviewChange.__tablename__ in {path.name.split(".")[0] for path in tmp_path.glob("backup/state-*/tables/*")}

"""Backups: taken while the service runs, complete, checked when they are restored.

What belongs together is kept together by the order of the steps. Files are written before the row that names them, and a row
goes before its files; so files are copied, then the tables as they stand at one moment, then the files that came meanwhile. A file
too many is harmless: the service removes what no row names. Each state has a directory of its own, in which files that did not
change are further names of those of the state before; the manifest says which one counts.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from headgate.config import Config
from headgate.db import Database, current_revision, migrate, newest_revision
from headgate.operations.tables import DamagedBackupError, DumpedTable, dump_tables, is_empty, load_tables
from headgate.records import dataclass

FORMAT = 1
MANIFEST = "manifest.json"
FILES, TABLES, LIST = "files", "tables", "files.ndjson.gz"
SECRETS = ("secret", "encryption-key", "file-keys")
"""Without them signed URLs are void, and nobody can read the secrets that the database holds."""
UNFINISHED = "restore-unfinished"
"""Stands in a data directory while it is being filled; a service does not start on such a directory."""


class BackupError(Exception):
    """A backup cannot be written or restored. The message says why, and what to do."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds. `files`, `bytes`: of the stored files. `copied`: files that were not in it before. `store`: the
    bucket that holds the files instead, which has to be kept by its own means."""

    rows: int
    files: int
    bytes: int
    copied: int
    store: str | None


Told = Callable[[str], None]


def back_up(config: Config, database: Database, target: Path, tell: Told) -> Backup:
    """Write a backup into a directory, or bring one that is there up to date; an interrupted one leaves it as it was.

    Raises BackupError.
    """
    revision = current_revision(database)
    if revision is None:
        raise BackupError("The database has no tables: there is nothing to keep yet.")
    known = _manifest(target)["state"] if (target / MANIFEST).exists() else None
    if known is None and target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is neither empty nor a backup. Name another directory.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    state = target / f"state-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    (state / TABLES).mkdir(parents=True, mode=0o700)
    before = target / (known or "none") / FILES
    tell("files")
    copied = _copy_new(config.data_dir / FILES, state / FILES, before)
    tell("database")
    tables = dump_tables(database, state / TABLES)
    tell("files that came meanwhile")
    copied += _copy_new(config.data_dir / FILES, state / FILES, before)
    for name in SECRETS:
        if (config.data_dir / name).exists():
            _copy(config.data_dir / name, state / name)
    files, size = _write_list(state)
    os.sync()
    _write_manifest(
        target,
        {
            "format": FORMAT, "version": version("headgate"), "revision": revision, "state": state.name,
            "store": config.store_url, "created": datetime.now(UTC).isoformat(),
            "tables": {name: asdict(table) for name, table in tables.items()}, "files": files, "bytes": size,
        },
    )  # fmt: skip
    for old in target.glob("state-*"):
        if old != state:
            shutil.rmtree(old)
    return Backup(sum(table.rows for table in tables.values()), files, size, copied, config.store_url)


def restore(config: Config, source: Path, tell: Told) -> Backup:
    """Fill an empty data directory and an empty database from a backup. Raises BackupError."""
    manifest = _manifest(source)
    if manifest["revision"] > newest_revision():
        raise BackupError(
            f"The backup was written by headgate {manifest['version']}, which is newer than this one. Install that version."
        )
    if manifest["store"] != config.store_url:
        held = manifest["store"] or "the backup itself"
        raise BackupError(f"The files of this backup are in {held}. Set store_url accordingly, and restore again.")
    data_dir = config.data_dir
    if data_dir.exists() and any(data_dir.iterdir()):
        raise BackupError(f"The data directory {data_dir} is not empty. Restore into a new one, with --data-dir.")
    state = source / manifest["state"]
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data_dir / UNFINISHED).write_bytes(b"")
    tables = {name: DumpedTable(**table) for name, table in manifest["tables"].items()}
    try:
        tell("database")
        _restore_tables(config, state / TABLES, tables, manifest["revision"])
        tell("files")
        files, size = _restore_files(state, data_dir / FILES)
    except DamagedBackupError as error:
        raise BackupError(f"The backup is damaged. {error}") from error
    for name in SECRETS:
        if (state / name).exists():
            _copy(state / name, data_dir / name)
    os.sync()
    (data_dir / UNFINISHED).unlink()
    return Backup(sum(table.rows for table in tables.values()), files, size, files, config.store_url)


def _restore_tables(config: Config, directory: Path, tables: dict[str, DumpedTable], revision: str) -> None:
    database = Database(config.resolved_database_url)
    try:
        migrate(database, revision)
        if not is_empty(database):
            raise BackupError("The database is not empty. Restore into a new one.")
        load_tables(database, directory, tables)
        migrate(database)
    finally:
        database.dispose()


def _restore_files(state: Path, target: Path) -> tuple[int, int]:
    """Copy what the list names; how many files and bytes. Raises DamagedBackupError."""
    count = total = 0
    for name, size in _listed(state):
        source = state / FILES / name
        try:
            found = source.stat().st_size
        except FileNotFoundError:
            raise DamagedBackupError(f"The file {name} is missing.") from None
        if found != size:
            raise DamagedBackupError(f"The file {name} has {found} bytes, and should have {size}.")
        _copy(source, target / name)
        count, total = count + 1, total + size
    return count, total


def _write_list(state: Path) -> tuple[int, int]:
    """Write down which files there are, as `[path, bytes]` lines; how many files and bytes."""
    count = total = 0
    with gzip.open(state / LIST, "wb", compresslevel=3) as file:
        for path in _files(state / FILES):
            size = path.stat().st_size
            file.write(orjson.dumps([str(path.relative_to(state / FILES)), size], option=orjson.OPT_APPEND_NEWLINE))
            count, total = count + 1, total + size
    return count, total


def _listed(state: Path) -> Iterator[tuple[str, int]]:
    try:
        with gzip.open(state / LIST, "rb") as file:
            yield from (orjson.loads(line) for line in file)
    except (OSError, EOFError, ValueError) as error:
        raise DamagedBackupError(f"Its list of files cannot be read: {error}.") from error


def _manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = orjson.loads((directory / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise BackupError(f"{directory} is no backup: it has no {MANIFEST}.") from None
    except ValueError:
        raise BackupError(f"The backup in {directory} is damaged: its {MANIFEST} cannot be read.") from None
    if manifest.get("format") != FORMAT:
        raise BackupError(f"The backup in {directory} has a form that this version does not know.")
    return manifest


def _write_manifest(directory: Path, manifest: dict[str, Any]) -> None:
    part = directory / f"{MANIFEST}.part"
    with part.open("wb") as file:
        file.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    part.replace(directory / MANIFEST)
    os.sync()


def _copy_new(source: Path, target: Path, before: Path) -> int:
    """Bring every file of `source` into `target`: by a link where the backup before has it, else by a copy; how many copies."""
    copied = 0
    for path in _files(source):
        relative = path.relative_to(source)
        try:
            if _same(path, target / relative):
                continue
            if not (_same(path, before / relative) and _link(before / relative, target / relative)):
                _copy(path, target / relative)
                copied += 1
        except FileNotFoundError:
            continue  # deleted meanwhile: its row is gone already, or goes with it
    return copied


def _link(source: Path, target: Path) -> bool:
    """Give a file a second name; False where the file system has no such thing."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _same(one: Path, other: Path) -> bool:
    """Files are written once and then only replaced as a whole, so size and time tell."""
    found = one.stat()
    try:
        known = other.stat()
    except FileNotFoundError:
        return False
    return (found.st_size, found.st_mtime_ns) == (known.st_size, known.st_mtime_ns)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f"{target.name}.part")
    shutil.copy2(source, part)
    part.replace(target)


def _files(directory: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(directory):
        yield from (Path(folder, name) for name in names)

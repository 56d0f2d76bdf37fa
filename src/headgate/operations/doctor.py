"""Looks at an installation the way an experienced operator would, and says what to do about what it finds."""

from __future__ import annotations

import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from headgate.accounts.models import User
from headgate.config import Config, unknown_variables
from headgate.db import (
    Database,
    DatabaseUnavailableError,
    NewerTablesError,
    check_revision,
    current_revision,
    newest_revision,
)
from headgate.engine.hooks.sandbox import sandbox_layers
from headgate.operations.beside import look_at_clock, look_at_file_keys, look_at_store
from headgate.operations.finding import Finding, Level
from headgate.operations.memory import available_memory

SERVER_MEMORY = 512 * 1024**2
"""Bytes that the service needs beside its workers and reviews."""
OPEN_FILES = 4096
PAGES = ("review.html", "dashboard.html")
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "glusterfs", "ceph"})


class Doctor:
    """The checks of one installation. The service may run meanwhile; nothing is changed."""

    def __init__(self, config: Config, environment: Mapping[str, str], pages: Path) -> None:
        self._config = config
        self._environment = environment
        self._pages = pages

    def look(self) -> Iterator[Finding]:
        """All findings, one after the other. A check that fails in a way that nobody foresaw is a finding, too."""
        checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
            ("settings", self._settings),
            ("data directory", self._data_directory),
            ("database", self._database),
            ("store", lambda: look_at_store(self._config)),
            ("memory", self._memory),
            ("open files", self._open_files),
            ("hooks", self._hooks),
            ("web pages", self._web_pages),
            ("address", self._address),
        ]
        for name, check in checks:
            try:
                yield from check()
            except Exception as error:
                yield Finding(name, "problem", f"This could not be looked at: {type(error).__name__}: {error}.")

    def _settings(self) -> Iterator[Finding]:
        unknown = unknown_variables(self._environment)
        for name, near in unknown.items():
            meant = f"Did you mean {near}?" if near else "Remove it."
            yield Finding("settings", "warning", f"The variable {name} is no setting, so it does nothing.", meant)
        if not unknown:
            yield Finding("settings", "ok", "Every setting can be used.")

    def _data_directory(self) -> Iterator[Finding]:
        name, path = "data directory", self._config.data_dir
        if not path.exists():
            yield Finding(name, "warning", f"{path} is not there yet.", "It is made at the first start.")
            return
        if not os.access(path, os.W_OK | os.X_OK):
            advice = "Run this as the user of the service, or give the directory to that user (chown -R)."
            yield Finding(name, "problem", f"The user {os.geteuid()} cannot write to {path}.", advice)
            return
        usage = shutil.disk_usage(path)
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(name, "warning", f"Others on this machine can open {path}.", f"chmod 700 {path}")
        if usage.free < 2 * self._config.max_upload_size:
            advice = "Make room: an import needs about three and a half times the size of its file while it runs."
            yield Finding(name, "problem", f"{_gigabytes(usage.free)} are free on the disk of {path}.", advice)
        else:
            yield Finding(name, "ok", f"{path}, {_gigabytes(usage.free)} of {_gigabytes(usage.total)} free.")

    def _database(self) -> Iterator[Finding]:
        try:
            database = Database(self._config.resolved_database_url)
        except DatabaseUnavailableError as error:
            yield Finding("database", "problem", str(error), "Correct database_url.")
            return
        try:
            if database.is_sqlite and not Path(database.url.database or "").exists():
                yield Finding("database", "warning", "There is no database yet.", "It is made at the first start.")
                return
            database.check()
            yield from self._of_database(database)
        except NewerTablesError as error:
            yield Finding("database", "problem", str(error))
        except DatabaseUnavailableError as error:
            yield Finding(
                "database", "problem", str(error), "Check database_url, and that the server runs and lets us in."
            )
        except SQLAlchemyError as error:
            yield Finding("database", "problem", str(error.__cause__ or error), "See whether the database is whole.")
        finally:
            database.dispose()

    def _of_database(self, database: Database) -> Iterator[Finding]:
        revision = current_revision(database)
        if revision is None:
            yield Finding("database", "warning", "The database has no tables yet.", "They are made at the first start.")
            return
        newest = newest_revision()
        check_revision(database)
        if revision > newest:
            advice = "While that one takes the place of this one nothing is to be done; else install it here too."
            yield Finding("database", "warning", f"Its tables are of a newer headgate (revision {revision}).", advice)
        if revision < newest:
            advice = "They are brought up to date at the next start. Make a backup before."
            yield Finding(
                "database", "warning", f"Its tables are of revision {revision}, this version's are {newest}.", advice
            )
        if database.is_sqlite:
            yield from self._of_sqlite(database)
        with database.read() as session:
            if revision >= newest and session.scalar(select(func.count()).select_from(User)) == 0:
                yield Finding("database", "warning", "Nobody can sign in yet.", "headgate accounts setup-link")
        yield Finding("database", "ok", f"{database.url.get_backend_name()} answers, tables of revision {revision}.")
        yield from look_at_clock(database)
        if revision >= newest:
            yield from look_at_file_keys(self._config, database)

    def _of_sqlite(self, database: Database) -> Iterator[Finding]:
        with database.engine.connect() as connection:
            found = connection.scalar(text("PRAGMA quick_check(1)"))
        if found != "ok":
            advice = "Stop the service, and restore the newest backup (headgate restore)."
            yield Finding("database", "problem", f"The file of the database is damaged: {found}.", advice)
        kind = _file_system(Path(database.url.database or "."))
        if kind in NETWORK_FILE_SYSTEMS:
            advice = "Put the data directory on a local disk, or use PostgreSQL (database_url)."
            yield Finding("database", "problem", f"SQLite's file is on a network file system ({kind}).", advice)

    def _memory(self) -> Iterator[Finding]:
        config, total = self._config, available_memory()
        needed = SERVER_MEMORY + config.workers * config.worker_memory_limit
        text = f"{_gigabytes(total)}, of which {config.workers} workers may take {_gigabytes(needed - SERVER_MEMORY)}."
        if needed > total:
            advice = "Lower workers or worker_memory_limit, or the system may end the service when large files come."
            yield Finding("memory", "warning", text, advice)
        else:
            yield Finding("memory", "ok", text)

    def _open_files(self) -> Iterator[Finding]:
        limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if limit != resource.RLIM_INFINITY and limit < OPEN_FILES:
            advice = f"Allow {OPEN_FILES} or more (systemd: LimitNOFILE, shell: ulimit -n)."
            yield Finding("open files", "warning", f"A process may open {limit} files here.", advice)
        else:
            yield Finding("open files", "ok", f"A process may open {limit} files here.")

    def _hooks(self) -> Iterator[Finding]:
        missing = [layer for layer in sandbox_layers() if not layer.active]
        for layer in missing:
            text = f"The protection {layer.name} round hooks is not active: {layer.reason}."
            level: Level = "problem" if self._config.hook_require_sandbox else "warning"
            yield Finding(
                "hooks", level, text, "Run on a newer kernel, or allow no hooks from people you do not trust."
            )
        if not missing:
            yield Finding("hooks", "ok", "Every protection round hooks is active.")

    def _web_pages(self) -> Iterator[Finding]:
        if all((self._pages / name).is_file() for name in PAGES):
            yield Finding("web pages", "ok", "Review page and dashboard are there.")
        else:
            yield Finding(
                "web pages",
                "problem",
                "The review page or the dashboard is missing.",
                "Install the wheel, or `make ui`.",
            )

    def _address(self) -> Iterator[Finding]:
        public, host = self._config.public_url, self._config.host
        if public is None and not _is_loopback(host):
            advice = (
                "Set public_url to the address that people and programs reach, such as https://imports.example.com."
            )
            yield Finding(
                "address", "warning", "URLs are handed out with whatever address a request was sent to.", advice
            )
        elif public is not None and public.startswith("http://") and not _is_loopback(_host_of(public)):
            advice = "Put a proxy with TLS in front: keys and files would cross the network readable."
            yield Finding("address", "warning", f"{public} is not encrypted.", advice)
        else:
            yield Finding("address", "ok", f"Reached at {public or f'http://{host}:{self._config.port}'}.")


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def _file_system(path: Path) -> str:
    """The kind of file system that holds a path, from its closest mount point."""
    mounts = {Path(one.mountpoint): one.fstype for one in psutil.disk_partitions(all=True)}
    resolved = path.resolve()
    return next((mounts[parent] for parent in (resolved, *resolved.parents) if parent in mounts), "")

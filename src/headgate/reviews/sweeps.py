"""Prepared states of reviews that nobody needs: of imports that are gone or finished, and of reviews long left alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import structlog

from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.processes import is_free
from headgate.imports.states import FINAL

log = structlog.get_logger(__name__)


class ReviewSweeps:
    """May run at any time, and again. `is_open`: whether a review's state is in use. `lifetime`: seconds without use."""

    def __init__(
        self, database: Database, is_open: Callable[[uuid.UUID], bool], directory: Path, lifetime: int
    ) -> None:
        self._database = database
        self._is_open = is_open
        self._directory = directory
        self._lifetime = lifetime

    def remove_unneeded(self) -> None:
        """Remove what can be removed. A state that is needed after all is made again from the source and the log."""
        removed = 0
        with contextlib.suppress(FileNotFoundError):
            for entry in os.scandir(self._directory):
                if self._is_unneeded(entry.name, Path(entry.path)):
                    shutil.rmtree(entry.path, ignore_errors=True)
                    removed += 1
        if removed:
            log.info("review_states_removed", count=removed)

    def _is_unneeded(self, name: str, path: Path) -> bool:
        if not is_free(path):  # open in another process
            return False
        try:
            import_id = uuid.UUID(name.split(".")[0])
        except ValueError:
            # A state that is being built has a name of its own until it is whole.
            return _last_change(path) < time.time() - self._lifetime
        if self._is_open(import_id):
            return False
        with self._database.read() as session:
            row = session.get(Import, import_id)
        if row is None or row.status in FINAL:
            return True
        return row.submitted_seq is None and _last_change(path) < time.time() - self._lifetime


def _last_change(path: Path) -> float:
    """When the newest file of a directory changed, in seconds since 1970; the directory itself at least."""
    newest = 0.0
    with contextlib.suppress(FileNotFoundError):
        newest = path.stat().st_mtime
        for entry in os.scandir(path):
            with contextlib.suppress(FileNotFoundError):
                newest = max(newest, entry.stat(follow_symlinks=False).st_mtime)
    return newest

"""Where a process keeps what it is working on: never in the way of another one that shares the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import select

from headgate.db import Database
from headgate.nodes.models import NodeRow
from headgate.nodes.service import Node


class Scratch:
    """A directory of this process, below one that all of them share; empty at the start."""

    def __init__(self, database: Database, node: Node, shared: Path, leftover_age: float = 3600.0) -> None:
        """`leftover_age`: seconds; a process that was only taken for dead may still come back to its files for a while."""
        self._leftover_age = leftover_age
        self._database = database
        self._shared = shared
        if node.alone:  # what is there was left by a process that was killed
            shutil.rmtree(shared, ignore_errors=True)
        self.directory = shared if node.alone else shared / node.id
        self._alone = node.alone
        self.work = self.directory / "work"
        """For runs: each makes a directory of its own there, and removes it."""
        self.work.mkdir(parents=True, exist_ok=True, mode=0o700)

    def close(self) -> None:
        """Remove it."""
        if not self._alone:
            shutil.rmtree(self.directory, ignore_errors=True)

    def remove_leftovers(self) -> None:
        """Remove the directories of processes that have been gone for long."""
        if self._alone:
            return
        with self._database.read() as session:
            living = set(session.scalars(select(NodeRow.id)))
        self.directory.touch()
        latest = self.directory.stat().st_mtime - self._leftover_age  # the disk's clock, which another machine may keep
        for entry in os.scandir(self._shared):
            if entry.name not in living and entry.stat(follow_symlinks=False).st_mtime < latest:
                shutil.rmtree(entry.path, ignore_errors=True)

"""On what a service of the tests keeps its data: SQLite or PostgreSQL, its own disk or an S3-compatible store.

By itself a service has SQLite and its disk. HEADGATE_TEST_DATABASE=postgresql and HEADGATE_TEST_STORE=s3 put all of them on the others,
whichever test starts them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.postgres import Postgres
from tests.s3_server import BUCKET, S3Server, start_rclone

DATABASE = os.environ.get("HEADGATE_TEST_DATABASE")
STORE = os.environ.get("HEADGATE_TEST_STORE")


class Backends:
    """The servers that all tests of this process share, each started when the first needs it."""

    def __init__(self) -> None:
        self._places: dict[tuple[Path, str], dict[str, Any]] = {}

    @cached_property
    def postgres(self) -> Postgres:
        return Postgres().start()

    @cached_property
    def s3(self) -> S3Server:
        return start_rclone(Path(tempfile.mkdtemp(prefix="headgate-s3-")))

    def settings(self, kind: str | None) -> dict[str, Any]:
        """Of a new and empty place of that kind; `disk` is on the disk whatever the environment says."""
        if kind == "postgresql":
            return {"database_url": self.postgres.database()}
        return self.s3.settings(uuid.uuid4().hex) if kind == "s3" else {"store_url": None} if kind == "disk" else {}

    def of(self, data_dir: Path, given: dict[str, Any]) -> dict[str, Any]:
        """What the environment asks for a service on `data_dir`, where its own settings say nothing about it. Whoever is
        started there later finds the same."""
        found: dict[str, Any] = {}
        for kind, setting in ((DATABASE, "database_url"), (STORE, "store_url")):
            if kind is not None and setting not in given:
                place = (data_dir, setting)
                if place not in self._places:
                    self._places[place] = self.settings(kind)
                found |= self._places[place]
        return found

    def place(self, store_url: str) -> Path:
        """Where the store keeps what is below such a URL."""
        return self.s3.files / store_url.removeprefix(f"s3://{BUCKET}/")

    def close(self) -> None:
        if "postgres" in self.__dict__:
            self.postgres.remove()
        if "s3" in self.__dict__:
            self.s3.stop()
            shutil.rmtree(self.s3.files.parents[1], ignore_errors=True)


backends = Backends()

"""What runs work with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from headgate.db import Database
from headgate.imports.service import ImportService
from headgate.net import AddressGuard
from headgate.records import dataclass
from headgate.schemas import SchemaService
from headgate.sftp.access import AccessBook
from headgate.sftp.runs import RunBook
from headgate.storage import BlobStore

MAX_WAITING = 50
"""Imports in the queue above which a run waits: people's own imports shall not stand behind thousands of files."""


@dataclass(frozen=True)
class Patience:
    """How long a run waits, in seconds. `settle`: between two looks at a file. `reconnect`: before a second connection."""

    settle: float = 10.0
    reconnect: float = 2.0


@dataclass(frozen=True)
class RunParts:
    """What runs work with."""

    database: Database
    store: BlobStore
    imports: ImportService
    schemas: SchemaService
    access: AccessBook
    guard: AddressGuard
    runs: RunBook
    waiting: Callable[[], int]
    """How many imports stand in the queue, counted up to some number above MAX_WAITING."""
    workdir: Path
    patience: Patience = Patience()

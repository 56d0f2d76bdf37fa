"""Keys in a database of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.db import Database
from headgate.storage.encryption import FileKeys, KeyRing


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path)


@pytest.fixture
def keys(database: Database, ring: KeyRing) -> FileKeys:
    return FileKeys(database, ring)

"""Blocks and chunks so small that a few thousand bytes are a large file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.engine.large.imports import hostile_csv, make_blocks_tiny


@pytest.fixture
def tiny_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in blocks of some hundred bytes, into chunks of a few rows."""
    make_blocks_tiny(monkeypatch)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with everything that the end of a part may cut in two."""
    path = tmp_path_factory.mktemp("source") / "file.csv"
    path.write_text(hostile_csv(140), encoding="utf-8", newline="")
    return path

"""Blocks and chunks so small that a few thousand bytes are a large file."""

from __future__ import annotations

import pytest

from tests.unit.engine.large.imports import make_blocks_tiny


@pytest.fixture
def tiny_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in blocks of some hundred bytes, into chunks of a few rows."""
    make_blocks_tiny(monkeypatch)

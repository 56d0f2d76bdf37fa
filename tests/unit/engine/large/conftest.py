"""Blocks and chunks so small that a few thousand bytes are a large file."""

from __future__ import annotations

import pytest

from headgate.engine.read import chunks, delimited

ROWS_PER_CHUNK = 16


@pytest.fixture
def tiny_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in blocks of some hundred bytes, into chunks of a few rows."""
    monkeypatch.setattr(delimited, "STRICT_BLOCK", 512)
    monkeypatch.setattr(delimited, "LARGEST_STRICT_BLOCK", 2048)
    monkeypatch.setattr(delimited, "CAREFUL_BLOCK", 128)
    monkeypatch.setattr(delimited, "LARGEST_CAREFUL_BLOCK", 512)
    monkeypatch.setattr(chunks, "rows_per_chunk", lambda width: ROWS_PER_CHUNK)

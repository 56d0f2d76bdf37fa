"""The pages when they were not built, and what a browser says about compression."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from headgate.server import pages


def test_pages_that_were_not_built_say_how_to_build_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pages, "BUNDLE", tmp_path)
    answer = pages.review()
    assert answer.status_code == 503
    assert b"<code>make ui</code>" in answer.body
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("", False),
        ("gzipped", False),
    ],
)
def test_parts_are_compressed_only_for_a_browser_that_takes_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, accepted: str, packed: bool
) -> None:
    monkeypatch.setattr(pages, "BUNDLE", tmp_path)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a-12345678.js").write_text("export const text = 1;", encoding="utf-8")
    answer = pages.asset("a-12345678.js", accepted)
    assert (answer.headers.get("content-encoding") == "gzip") is packed
    body = bytes(answer.body)
    assert (gzip.decompress(body) if packed else body) == b"export const text = 1;"

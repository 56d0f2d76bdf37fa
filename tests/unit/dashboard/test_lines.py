"""Pages of NDJSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headgate.dashboard import lines
from headgate.dashboard.lines import line_page
from headgate.errors import InvalidError
from headgate.storage import LocalBlobStore

KEY = "imports/one/outcome/errors.ndjson"


@pytest.fixture
def store(tmp_path: Path) -> LocalBlobStore:
    found = LocalBlobStore(tmp_path)
    found.put(KEY, b"".join(json.dumps({"n": n, "text": "ü" * n}).encode() + b"\n" for n in range(25)))
    return found


def test_pages_give_every_line_once_in_order(store: LocalBlobStore) -> None:
    seen, cursor = [], ""
    while True:
        page = line_page(store, KEY, cursor, 10)
        seen += [one["n"] for one in page.results]
        if page.next is None:
            break
        cursor = page.next
    assert seen == list(range(25))


def test_a_page_that_ends_with_the_last_line_has_no_next(store: LocalBlobStore) -> None:
    assert line_page(store, KEY, "", 25).next is None


def test_a_filter_leaves_lines_out_and_goes_on(store: LocalBlobStore) -> None:
    page = line_page(store, KEY, "", 3, lambda one: one["n"] % 7 == 0)
    rest = line_page(store, KEY, page.next or "", 3, lambda one: one["n"] % 7 == 0)
    assert [one["n"] for one in page.results + rest.results] == [0, 7, 14, 21]


def test_a_page_looks_through_only_so_much(store: LocalBlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_READ", 100)
    page = line_page(store, KEY, "", 10, lambda _: False)
    assert page.results == []
    assert page.next is not None


@pytest.mark.parametrize("cursor", ["5", "-1", "1e3", "٣", "x", "999999", "9" * 30])
def test_a_cursor_that_is_no_start_of_a_line_is_refused(store: LocalBlobStore, cursor: str) -> None:
    with pytest.raises(InvalidError):
        line_page(store, KEY, cursor, 10)

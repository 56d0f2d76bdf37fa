"""Memory that does not grow with the rows: a chunk of a file goes when its rows are written, whatever was found in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from headgate.engine import table
from headgate.engine.issues import IssueLog
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.engine.validators.duplicates import DuplicateFinder
from headgate.engine.validators.spilled_duplicates import SpilledDuplicates
from headgate.schema import parse_schema_document

CHUNK_ROWS = 8_192
CHUNKS = 12
AT_WORK = 5
"""One is being typed, one is checked, and of two before that the rows are still to be written; one more may just be going."""
SCHEMA: dict[str, Any] = {
    "name": "Customers",
    "fields": [
        {"label": "Customer number", "key": "id", "validators": [{"validate": "unique", "level": "warning"}]},
        {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
        {"label": "Town", "key": "town"},
        {"label": "Amount", "key": "amount", "type": "number"},
        {"label": "Street", "key": "street"},
    ],
    "settings": {"importIdentifier": "Customers", "invalidDataBehavior": "REMOVE_INVALID_ROWS"},
}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tells by /proc which files are mapped")


def mapped_chunks(directory: Path) -> set[str]:
    """The files of the raw table that this process has mapped."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    return set(re.findall(rf"{re.escape(str(directory))}\S*raw\S*\.arrow", maps))


def source_with(path: Path, wrong: int, repeated: int) -> Path:
    """Rows of texts too long to stand within a column of views. In each chunk so many have no amount, and as many customer numbers
    stand in the first chunk, too."""
    lines = ["Customer number,Name,Town,Amount,Street"]
    for row in range(CHUNK_ROWS * CHUNKS):
        place = row % CHUNK_ROWS
        number = place if place < repeated else row
        amount = "no amount whatever" if CHUNK_ROWS - place <= wrong else "12.50"
        lines.append(
            f"customer number {number},somebody called {row},a town of some size,{amount},a street with a name"
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("part_bytes", [None, 2 << 20], ids=["at once", "in parts"])
@pytest.mark.parametrize(("wrong", "repeated"), [(1, 10), (2_000, 2_000)])
def test_no_more_chunks_are_mapped_than_are_in_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part_bytes: int | None, wrong: int, repeated: int
) -> None:
    monkeypatch.setattr(table, "MAX_ROWS_PER_CHUNK", CHUNK_ROWS)
    source, most = source_with(tmp_path / "rows.csv", wrong, repeated), 0
    work = tmp_path / "work"

    def look(*_: object) -> None:
        nonlocal most
        most = max(most, len(mapped_chunks(work)))

    for finder in (DuplicateFinder, SpilledDuplicates):
        monkeypatch.setattr(finder, "observe", _then(finder.observe, look))
    monkeypatch.setattr(IssueLog, "end_chunk", _then(IssueLog.end_chunk, look))
    request = ImportRequest(source, parse_schema_document(SCHEMA), source.name, part_bytes=part_bytes)
    outcome = run_import(request, work)
    assert outcome.status == "SUCCESSFUL"
    assert outcome.decisions["rows"]["invalid"] == wrong * CHUNKS
    assert most <= AT_WORK


def _then(method: Any, look: Any) -> Any:
    def both(*arguments: Any) -> Any:
        try:
            return method(*arguments)
        finally:
            look()

    return both

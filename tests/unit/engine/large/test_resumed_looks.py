"""Looks at all rows of a large table that a kill cut off go on behind their last note, and nothing that came out is other."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.large import kept_evidence, work
from headgate.engine.streamed_rows import StreamedRows
from tests.unit.engine.large.imports import PART, KilledError, make_blocks_tiny, run

ROOT = Path(__file__).parents[4]
pytestmark = pytest.mark.usefixtures("tiny_blocks")

KILLED_BEHIND = """
import os, signal, sys
from pathlib import Path
import pytest
from headgate.engine.large.work import LargeWork
from tests.unit.engine.large.imports import PART, make_blocks_tiny, run
source, kept, name, left = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], [int(sys.argv[4])]
make_blocks_tiny(pytest.MonkeyPatch())
keep = LargeWork.keep
def killing(work, kept_name, document):
    keep(work, kept_name, document)
    left[0] -= kept_name == name
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
LargeWork.keep = killing
run(source, PART, kept)
"""


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the import ends with that nobody kills."""
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        return run(source, PART, tmp_path_factory.mktemp("undisturbed") / "kept")


def killed_behind(note: str, count: int, source: Path, kept: Path) -> dict[str, Any]:
    """A real process is killed when the note is there for the `count`th time; gives the note."""
    command = [sys.executable, "-c", KILLED_BEHIND, str(source), str(kept), note, str(count)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    found: dict[str, Any] = json.loads((kept / note).read_bytes().partition(b"\n")[2])
    return found


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The chunks in which evidence is looked for, in their order."""
    chunks: list[int] = []
    looked = kept_evidence.KeptEvidence.looked

    def noted(kept: kept_evidence.KeptEvidence, chunk: int, *more: Any) -> None:
        chunks.append(chunk)
        looked(kept, chunk, *more)

    monkeypatch.setattr(kept_evidence.KeptEvidence, "looked", noted)
    return chunks


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first chunks of the parts that are shown to the rules about repeated values, in their order."""
    firsts: list[int] = []
    columns_of_part = StreamedRows.columns_of_part

    def noted(rows: StreamedRows, keys: set[str], span: range, counts: Any) -> Iterator[Any]:
        firsts.append(span.start)
        return columns_of_part(rows, keys, span, counts)

    monkeypatch.setattr(StreamedRows, "columns_of_part", noted)
    return firsts


def test_evidence_of_whole_columns_goes_on_after_a_kill(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], looked: list[int]
) -> None:
    note = killed_behind("evidence.json", 2, source, tmp_path / "kept")
    assert run(source, PART, tmp_path / "kept") == undisturbed
    assert note["chunks"] > 1
    assert looked[0] == note["chunks"]
    assert looked == list(range(looked[0], looked[-1] + 1))


def firsts_of_parts(kept: Path) -> list[int]:
    return [part[0] for part in json.loads((kept / "plan.json").read_bytes().partition(b"\n")[2])["parts"]]


def killed_in_second_pass(source: Path, kept: Path, parts: int) -> None:
    """The import ends when it is noted that so many parts were shown once more."""
    keep = work.LargeWork.keep

    def killing(kept_work: work.LargeWork, name: str, document: dict[str, Any]) -> None:
        keep(kept_work, name, document)
        again = name == "observed.json" and any(finder.get("repeated") for finder in document["finders"])
        if again and document["parts"] == parts:
            raise KilledError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(work.LargeWork, "keep", killing)
        with pytest.raises(KilledError):
            run(source, PART, kept)


def test_the_search_for_repeated_values_goes_on_after_a_kill(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], shown: list[int]
) -> None:
    note = killed_behind("observed.json", 2, source, tmp_path / "kept")
    assert run(source, PART, tmp_path / "kept") == undisturbed
    firsts = firsts_of_parts(tmp_path / "kept")
    assert note["parts"] == 2
    assert shown == firsts[2:] + firsts, "the rest of the first pass, then the second"


def test_a_damaged_file_of_the_search_begins_it_anew(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], shown: list[int]
) -> None:
    killed_in_second_pass(source, tmp_path / "kept", 2)
    damaged = tmp_path / "kept" / "unique" / "1" / "texts-000000"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    shown.clear()
    assert run(source, PART, tmp_path / "kept") == undisturbed
    assert shown == firsts_of_parts(tmp_path / "kept") * 2

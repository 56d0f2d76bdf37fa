"""A file that is imported in parts ends exactly as one that is imported at once, wherever it was cut off on the way."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headgate.engine.held_directory import hold
from headgate.engine.large import assembly, parts, work
from headgate.engine.read import kept_reading
from headgate.engine.review.kept_table import kept_table
from headgate.engine.review.workspace import source_of
from headgate.engine.validators import spilled_duplicates
from headgate.full_disk import is_full
from tests.unit.engine.large.imports import (
    PART,
    KilledError,
    hostile_csv,
    killed_after,
    make_blocks_tiny,
    request,
    run,
)

ROOT = Path(__file__).parents[4]
pytestmark = pytest.mark.usefixtures("tiny_blocks")


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What an import in parts ends with that nothing happens to."""
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        return run(source, PART, tmp_path_factory.mktemp("undisturbed") / "kept")


@pytest.fixture(scope="module")
def at_once(source: Path) -> dict[str, Any]:
    """What an import ends with that takes all rows at once."""
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        return run(source, None)


@pytest.fixture(scope="module")
def finished(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that an import has kept at its end."""
    kept = tmp_path_factory.mktemp("finished") / "kept"
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        run(source, PART, kept)
    return kept


def without_table(found: dict[str, Any]) -> dict[str, Any]:
    """How rows are grouped in the table of rows depends on the chunks, which are cut where a note is made."""
    return {key: value for key, value in found.items() if key != "table"}


def test_an_import_in_parts_equals_one_at_once(undisturbed: dict[str, Any], at_once: dict[str, Any]) -> None:
    assert at_once["status"] == "SUCCESSFUL"
    assert at_once["decisions"]["rows"]["invalid"] > 0
    assert without_table(undisturbed) == without_table(at_once)


@pytest.mark.parametrize(
    "settings",
    [
        {"invalidDataBehavior": "INCLUDE_INVALID_ROWS_AND_VALUES", "passThroughUnmappedColumns": True},
        {"invalidDataBehavior": "INCLUDE_INVALID_ROWS", "maxRecords": 137},
        {"invalidDataBehavior": "BLOCK_SUBMIT"},
    ],
)
def test_settings_mean_the_same_in_parts(source: Path, settings: dict[str, Any]) -> None:
    assert without_table(run(source, PART, **settings)) == without_table(run(source, None, **settings))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "cp1252"])
def test_encodings_and_line_ends_mean_the_same_in_parts(tmp_path: Path, encoding: str) -> None:
    text = hostile_csv(80).replace("😀", "é").replace("\n", "\r\n")
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    assert without_table(run(path, PART)) == without_table(run(path, None))


def test_a_packed_file_that_unfolds_to_a_large_one_is_imported_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(hostile_csv(80).encode(), mtime=0))
    kept = tmp_path / "kept"
    assert without_table(run(path, PART, kept)) == without_table(run(path, None))
    assert len(list((kept / "parts").iterdir())) > 1


@pytest.mark.parametrize("plain", [0, 5000])
def test_however_much_room_there_is_the_result_is_the_same(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch, plain: int
) -> None:
    monkeypatch.setattr(work.LargeWork, "plain_bytes", lambda _: plain)
    with monkeypatch.context() as patched:
        patched.setattr(kept_reading.KeptReading, "note", killed_after(2, kept_reading.KeptReading.note))
        with pytest.raises(KilledError):
            run(source, PART, tmp_path / "kept")
    assert run(source, PART, tmp_path / "kept") == undisturbed


def test_chunks_are_compressed_where_room_is_scarce_or_they_have_a_long_way(tmp_path: Path, source: Path) -> None:
    def plain_bytes(**asked: Any) -> int:
        found = work.LargeWork(tmp_path / "kept", replace(request(source, PART), **asked), PART)
        found.close()
        return found.plain_bytes()

    free = shutil.disk_usage(tmp_path).free
    assert 0 < plain_bytes() < free / 2
    assert plain_bytes(disk_reserve=free) == plain_bytes(lent=True) == 0


def test_what_a_review_keeps_is_compressed_however_much_room_there_was(tmp_path: Path, source: Path) -> None:
    for name, lent in (("plain", False), ("lent", True)):
        run(source, PART, None, tmp_path / name, lent=lent, invalidDataBehavior="BLOCK_SUBMIT")
    sizes = [
        [path.stat().st_size for path in sorted((tmp_path / name).rglob("cells/*.arrow"))] for name in ("plain", "lent")
    ]
    assert sizes[0] == sizes[1] != []


def test_a_small_file_keeps_nothing(tmp_path: Path, source: Path) -> None:
    run(source, source.stat().st_size, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_review_of_a_large_file_has_the_table_that_was_read(tmp_path: Path, source: Path) -> None:
    found = run(source, PART, tmp_path / "kept", tmp_path / "review", invalidDataBehavior="BLOCK_SUBMIT")
    small = run(source, None, None, tmp_path / "other", invalidDataBehavior="BLOCK_SUBMIT")
    assert found["status"] == "NEEDS_REVIEW"
    tables = [kept_table(source_of(tmp_path / name)) for name in ("review", "other")]
    cells = [pl.concat(table.spool.chunks()) for table in tables if table is not None]
    assert cells[0].equals(cells[1])
    assert without_table(found) == without_table(small)


POINTS = [
    ("a note of the reading", kept_reading.KeptReading, "note", 3),
    ("the table", work.LargeWork, "keep_table", 1),
    ("the steps", work.LargeWork, "keep_steps", 1),
    ("a rule about several rows", spilled_duplicates.SpilledDuplicates, "_note_finished", 1),
    ("a part finished", parts.PartFiles, "finish", 3),
    ("a part half taken up", assembly._JsonDocument, "take", 3),
    ("a part taken up", parts.WrittenPart, "empty", 2),
    ("the result", assembly.Assembly, "finish", 1),
]


@pytest.mark.parametrize(("what", "owner", "method", "count"), POINTS, ids=[f"{p[0]}-{p[3]}" for p in POINTS])
def test_an_import_that_was_killed_ends_as_an_undisturbed_one(
    tmp_path: Path,
    source: Path,
    undisturbed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    owner: type,
    method: str,
    count: int,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(owner, method, killed_after(count, getattr(owner, method)))
        with pytest.raises(KilledError):
            run(source, PART, tmp_path / "kept")
    assert run(source, PART, tmp_path / "kept") == undisturbed


def test_what_was_done_before_the_end_is_not_done_again(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = parts.PartFiles.finish
    with monkeypatch.context() as patched:
        patched.setattr(parts.PartFiles, "finish", killed_after(3, finish))
        with pytest.raises(KilledError):
            run(source, PART, tmp_path / "kept")
    made: list[int] = []

    def noted(files: parts.PartFiles, part: Any, *more: Any) -> None:
        made.append(part.number)
        finish(files, part, *more)

    monkeypatch.setattr(parts.PartFiles, "finish", noted)
    monkeypatch.setattr(kept_reading.KeptReading, "note", None)
    run(source, PART, tmp_path / "kept")
    assert made
    assert min(made) == 3


@pytest.mark.parametrize(
    "name", ["parts/000002/table.parquet", "parts/000002/part.json", "raw/cells/narrow/00000009.arrow"]
)
def test_damage_behind_what_the_result_has_is_noticed(
    tmp_path: Path,
    source: Path,
    undisturbed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    with monkeypatch.context() as patched:
        # Killed before the result takes up the part.
        patched.setattr(parts.PartFiles, "finish", killed_after(3, parts.PartFiles.finish))
        with pytest.raises(KilledError):
            run(source, PART, tmp_path / "kept")
    damaged = tmp_path / "kept" / name
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    assert run(source, PART, tmp_path / "kept") == undisturbed


@pytest.mark.parametrize(
    "name", ["rows.parquet", "footers/000001", "parts/000001/part.json", "steps.json", "table.json"]
)
def test_damage_to_anything_else_that_was_kept_is_noticed(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], finished: Path, name: str
) -> None:
    shutil.copytree(finished, tmp_path / "kept")
    path = tmp_path / "kept" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert run(source, PART, tmp_path / "kept") == undisturbed


@pytest.mark.parametrize("damaged", [False, True])
def test_rows_that_stand_in_the_result_before_it_knows_are_believed_only_when_they_are_whole(
    tmp_path: Path, source: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    finish, made = parts.PartFiles.finish, []
    with monkeypatch.context() as patched:
        patched.setattr(parts.PartFiles, "finish", killed_after(3, finish))
        with pytest.raises(KilledError):
            run(source, PART, tmp_path / "kept")
    rows = tmp_path / "kept" / "rows.json"
    content = bytearray(rows.read_bytes())
    content[-2] ^= damaged
    rows.write_bytes(content + b"more of the next part")

    def noted(files: parts.PartFiles, part: Any, *more: Any) -> None:
        made.append(part.number)
        finish(files, part, *more)

    monkeypatch.setattr(parts.PartFiles, "finish", noted)
    assert run(source, PART, tmp_path / "kept") == undisturbed
    assert min(made) == (2 if damaged else 3)


def test_what_the_result_has_stands_nowhere_else(finished: Path) -> None:
    assert {path.name for path in (finished / "parts").rglob("*") if path.is_file()} == {"part.json"}
    chunks = list((finished / "raw").rglob("*.arrow"))
    assert chunks
    assert sum(path.stat().st_size for path in chunks) == 0


def test_the_source_as_it_was_read_stays_as_long_as_a_review_may_need_it(tmp_path: Path, source: Path) -> None:
    kept = tmp_path / "kept"
    run(source, PART, kept, tmp_path / "review", invalidDataBehavior="INCLUDE_INVALID_ROWS")
    assert all(path.stat().st_size == 0 for path in (kept / "raw").rglob("*.arrow")), "rows go out, so nobody is asked"
    clean = tmp_path / "clean.csv"
    clean.write_text("Id,Day\n" + "".join(f"{n},2024-01-02\n" for n in range(400)), encoding="utf-8")
    assert run(clean, PART, kept, tmp_path / "review", invalidDataBehavior="BLOCK_SUBMIT")["status"] == "SUCCESSFUL"
    assert all(path.stat().st_size > 0 for path in (kept / "raw").rglob("*.arrow")), "any row might have been in error"


def test_nothing_of_another_version_file_or_schema_is_taken_up(
    tmp_path: Path,
    source: Path,
    finished: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(finished, kept)
    other = run(source, PART, kept, invalidDataBehavior="INCLUDE_INVALID_ROWS")
    assert without_table(other) == without_table(run(source, None, invalidDataBehavior="INCLUDE_INVALID_ROWS"))
    changed = tmp_path / "changed.csv"
    changed.write_text(source.read_text(encoding="utf-8").replace("ünïcödé", "ANOTHER"), encoding="utf-8", newline="")
    assert without_table(run(changed, PART, kept)) == without_table(run(changed, None))
    (kept / "marker").touch()
    monkeypatch.setattr(work, "FORMAT", work.FORMAT + 1)
    run(changed, PART, kept)
    assert not (kept / "marker").exists()


def test_work_that_another_process_has_in_its_hands_is_left_alone(
    tmp_path: Path,
    source: Path,
    undisturbed: dict[str, Any],
) -> None:
    lock = hold(tmp_path / "kept")
    try:
        assert run(source, PART, tmp_path / "kept") == undisturbed
        assert [path.name for path in (tmp_path / "kept").iterdir()] == ["lock"]
    finally:
        os.close(lock)


def test_a_disk_without_the_room_that_has_to_stay_free_stops_a_large_import(tmp_path: Path, source: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(OSError, match="Too little room") as stopped:
        run(source, PART, tmp_path / "kept", disk_reserve=2 * free)
    assert is_full(stopped.value)


KILLED = """
import os, signal, sys
from pathlib import Path
from headgate.engine.large import parts
from headgate.engine.read import blocks, chunks
from tests.unit.engine.large.imports import PART, run
blocks.STRICT_BLOCK, blocks.CAREFUL_BLOCK = 512, 128
chunks.rows_per_chunk = lambda width: 16
finish, left = parts.PartFiles.finish, [3]
def killing(*arguments):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    finish(*arguments)
parts.PartFiles.finish = killing
run(Path(sys.argv[1]), PART, Path(sys.argv[2]))
"""


def test_a_process_that_was_killed_leaves_work_that_another_takes_up(
    tmp_path: Path,
    source: Path,
    undisturbed: dict[str, Any],
) -> None:
    command = [sys.executable, "-c", KILLED, str(source), str(tmp_path / "kept")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert len([path for path in (tmp_path / "kept" / "parts").iterdir() if path.suffix != ".part"]) == 2
    assert without_table(run(source, PART, tmp_path / "kept")) == without_table(undisturbed)

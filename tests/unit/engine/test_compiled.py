"""Compiled tables are never older than their sources, and never needed: whatever keeps them from being kept, the answer is the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import headgate
from headgate.engine.compiled import CompiledTables, library_folder
from headgate.engine.match.compiling import TABLES
from headgate.engine.types import compiling


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "source.txt"
    file.write_text("first")
    return file


def tables(source: Path, built: list[str] | None = None) -> CompiledTables:
    """A table that holds the text of its source; `built` is told of each time that it is made."""

    def build() -> dict[str, str]:
        if built is not None:
            built.append(source.read_text())
        return {"text": source.read_text()}

    return CompiledTables(source.parent, lambda: [source], {"table": build})


def kept(source: Path) -> list[Path]:
    return sorted((source.parent / "__pycache__").glob("table.*.json"))


def test_a_table_is_made_once_for_all_processes(source: Path) -> None:
    built: list[str] = []
    for _ in range(3):
        assert tables(source, built).load("table") == {"text": "first"}
    assert built == ["first"]


def test_an_edited_source_is_seen_even_when_its_time_and_size_stay(source: Path) -> None:
    assert tables(source).load("table") == {"text": "first"}
    times = source.stat()
    source.write_text("other")
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert tables(source).load("table") == {"text": "other"}
    assert len(kept(source)) == 1, "what nobody will ask for again is removed"


@pytest.mark.parametrize("damage", [b"", b'{"text": "fir', b"\xff\xfe"])
def test_a_kept_table_that_was_cut_off_is_made_anew(source: Path, damage: bytes) -> None:
    tables(source).load("table")
    (file,) = kept(source)
    file.write_bytes(damage)
    assert tables(source).load("table") == {"text": "first"}
    assert json.loads(file.read_bytes()) == {"text": "first"}


def test_where_nothing_can_be_written_each_process_makes_its_own(source: Path) -> None:
    # A file where the folder should be stands in for a read-only disk, which the superuser does not notice.
    (source.parent / "__pycache__").write_text("in the way")
    built: list[str] = []
    for _ in range(2):
        assert tables(source, built).load("table") == {"text": "first"}
    assert built == ["first", "first"]


def test_a_wheels_table_is_taken_as_it_is(source: Path) -> None:
    built: list[str] = []
    shipped = tables(source).shipped("table")
    shipped.parent.mkdir()
    shipped.write_text('{"text": "from the build"}')
    assert tables(source, built).load("table") == {"text": "from the build"}
    assert built == []


def test_a_library_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        library_folder("no_such_library")


@pytest.mark.parametrize(("compiled", "name"), [(t, name) for t in (TABLES, *compiling.TABLES) for name in t.builders])
def test_what_is_loaded_is_what_the_sources_say(compiled: CompiledTables, name: str) -> None:
    assert compiled.load(name) == json.loads(compiled.compiled(name))


def test_an_installation_nobody_can_write_to_has_all_tables_of_types_once_they_were_compiled(tmp_path: Path) -> None:
    copy = tmp_path / "headgate"
    shutil.copytree(Path(headgate.__file__).parent, copy, ignore=shutil.ignore_patterns("ui", "__pycache__"))
    compile_them = [sys.executable, "-m", "headgate.engine.types.compiling"]
    subprocess.run(compile_them, env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True)
    found = {file.name.split(".")[0] for file in (copy / "engine" / "types" / "__pycache__").glob("*.json")}
    used = set[str]()
    for module in (copy / "engine" / "types").glob("*.py"):
        used.update(re.findall(r"""\b(?:LISTS|PLANS|SUFFIXES)\.load\("(\w+)"\)""", module.read_text("utf-8")))
    assert found == used


def test_a_text_added_to_the_vocabulary_is_understood_by_the_next_process(tmp_path: Path) -> None:
    copy = tmp_path / "headgate"
    shutil.copytree(Path(headgate.__file__).parent, copy, ignore=shutil.ignore_patterns("ui", "__pycache__"))
    program = (
        "from headgate.engine.match.vocabulary import vocabulary_for; "
        "print(*vocabulary_for(['Flurbelix']).meaning('Flurbelix').concepts)"
    )

    def meaning() -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert meaning() == "?flurbelix"
    english = copy / "engine" / "match" / "data" / "columns" / "en.toml"
    english.write_text(english.read_text("utf-8").replace("[names]\n", '[names]\nflurb = ["flurbelix"]\n', 1), "utf-8")
    assert meaning() == "flurb"

"""The directory in which a command works on a large file: one import at a time, and nothing left at its end."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from headgate import import_file
from headgate.engine.held_directory import HeldDirectory, WorkInUseError

SCHEMA = {"fields": [{"label": "Name", "key": "name"}]}


def test_a_directory_has_one_import_at_a_time(tmp_path: Path) -> None:
    first = HeldDirectory(tmp_path / "work")
    with pytest.raises(WorkInUseError, match="in use by another import"):
        HeldDirectory(tmp_path / "work")
    first.close()
    HeldDirectory(tmp_path / "work").close()


def test_what_a_killed_run_left_goes_but_what_it_kept_stays(tmp_path: Path) -> None:
    killed = HeldDirectory(tmp_path / "work")
    left = killed.fresh()
    killed.kept.mkdir()
    killed.close()
    following = HeldDirectory(tmp_path / "work")
    fresh = following.fresh()
    assert not left.exists()
    assert fresh.exists()
    assert following.kept.exists()
    following.close()


def test_the_directory_goes_with_the_outcome(tmp_path: Path) -> None:
    outcome = import_file(b"Name\nAda\n", SCHEMA, filename="a.csv", work=tmp_path / "work")
    assert list(outcome.rows()) == [{"name": "Ada"}]
    outcome.write(tmp_path / "out.json", last=True)
    del outcome
    gc.collect()
    assert not (tmp_path / "work").exists()
    assert (tmp_path / "out.json").read_bytes() == b'[\n{"name":"Ada"}\n]\n'


def test_what_else_stands_in_the_directory_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = import_file(b"Name\nAda\n", SCHEMA, filename="a.csv", work=tmp_path / "work", wants_json=False)
    assert outcome.result_json is None
    outcome.write(tmp_path / "out.json")
    del outcome
    gc.collect()
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["notes.txt"]

"""The directory in which a command works on a large file: one import at a time, and nothing left at its end."""

from __future__ import annotations

import gc
import io
from pathlib import Path

import pytest

from headgate import NoResultError, import_file
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


def test_rows_that_are_wanted_as_json_alone_are_kept_as_json_alone(tmp_path: Path) -> None:
    outcome = import_file(b"Name\nAda\n", SCHEMA, filename="a.csv", wants_table=False)
    assert outcome.result is None
    assert outcome.metadata is not None
    assert outcome.metadata["deliveredRows"] == 1
    outcome.write(tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == b'[\n{"name":"Ada"}\n]\n'
    stream = io.BytesIO()
    outcome.write(stream)
    assert stream.getvalue() == (tmp_path / "out.json").read_bytes()
    with pytest.raises(NoResultError, match="as JSON alone"):
        outcome.write(tmp_path / "out.csv", format="csv")
    with pytest.raises(NoResultError, match="as JSON alone"):
        list(outcome.rows())


def test_a_request_for_nothing_leaves_what_all_formats_are_written_of(tmp_path: Path) -> None:
    outcome = import_file(b"Name\nAda\n", SCHEMA, filename="a.csv", wants_json=False, wants_table=False)
    outcome.write(tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == b'[\n{"name":"Ada"}\n]\n'


def test_hooks_read_the_table_even_where_it_is_not_wanted() -> None:
    hooks = {"beforeFinishCallback": "rows => ({cancel: true, message: `${rows.length} rows`})"}
    outcome = import_file(b"Name\nAda\n", {**SCHEMA, "hooks": hooks}, filename="a.csv", wants_table=False)
    assert outcome.status == "NEEDS_REVIEW"
    assert outcome.errors is not None
    assert "1 rows" in outcome.errors[0]["message"]


def test_what_else_stands_in_the_directory_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = import_file(b"Name\nAda\n", SCHEMA, filename="a.csv", work=tmp_path / "work", wants_json=False)
    assert outcome.result_json is None
    outcome.write(tmp_path / "out.json")
    del outcome
    gc.collect()
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["notes.txt"]
